import { countAttempt, lockedSeconds, type AttemptLimit } from '../../db/auth-attempts.ts'
import type { Db } from '../../db/database.ts'
import type { Now } from '../../domain/ports.ts'
import { sameText } from './sign.ts'

/** After 20 wrong keys a minute from one address every further one is turned away unseen. */
const WRONG_KEYS: AttemptLimit = { failures: 20, windowMs: 60_000, lockMs: 60_000 }

export interface KeyGuard {
  /** Compares a presented key with the admin key, in time that does not depend on it. */
  isAdminKey(presented: string): Promise<boolean>
  /** For how many seconds no key is looked at from this address; 0: it is. */
  waitSeconds(address: string): Promise<number>
  countWrong(address: string): Promise<void>
}

/** Wrong keys are counted in the database, so that several processes count together. */
export function createKeyGuard(db: Db, adminKey: string | null, now: Now): KeyGuard {
  const keyOf = (address: string) => `key from ${address}`
  return {
    isAdminKey: async (presented) => adminKey !== null && (await sameText(adminKey, presented)),
    waitSeconds: (address) => lockedSeconds(db, keyOf(address), now()),
    async countWrong(address) {
      await countAttempt(db, [{ key: keyOf(address), limit: WRONG_KEYS }], now(), 'whenReached')
    },
  }
}
