import { countAttempt, forgiveAttempts, type AttemptLimit } from '../../db/auth-attempts.ts'
import type { Db } from '../../db/database.ts'
import type { Now } from '../../domain/ports.ts'
import { digestOf } from '../access/sign.ts'

const QUARTER_MS = 900_000
/** Of one account, wherever the tries come from. */
const ACCOUNT: AttemptLimit = { failures: 8, windowMs: QUARTER_MS, lockMs: QUARTER_MS }
/** Of one address, whatever the accounts: a depot is one address, with many people behind it. */
const ADDRESS: AttemptLimit = { failures: 50, windowMs: QUARTER_MS, lockMs: QUARTER_MS }

export interface SignInGuard {
  /** Counts one try before it is made; how many seconds to wait, 0 when it may be made. */
  begin(email: string, address: string): Promise<number>
  /** Takes the try back: the password was right. */
  succeed(email: string, address: string): Promise<void>
}

/** Wrong passwords by account and by address, in the database. An account that does not exist locks like one that does, so that nobody learns which do. */
export function createSignInGuard(db: Db, now: Now): SignInGuard {
  const accountKey = async (email: string) => `account ${await digestOf(email.trim().toLowerCase())}`
  const addressKey = (address: string) => `password from ${address}`
  return {
    async begin(email, address) {
      return countAttempt(
        db,
        [
          { key: await accountKey(email), limit: ACCOUNT },
          { key: addressKey(address), limit: ADDRESS },
        ],
        now(),
      )
    },
    async succeed(email, address) {
      await forgiveAttempts(db, [await accountKey(email)], [addressKey(address)])
    },
  }
}
