import type { Db } from './database.ts'
import { hasAdmin, setPassword } from './sign-in-means.ts'
import { insertUser } from './users.ts'

export interface LinkAcceptance {
  tokenHash: string
  /** Of the first admin, who is made by the link; who was invited has them already. */
  name: string
  email: string
  passwordHash: string
  /** For what is new. */
  userId: string
  accountId: string
  at: Date
}

/** Ends the transaction without a trace. */
class Refused extends Error {
  readonly outcome: 'badLink' | 'takenEmail'

  constructor(outcome: 'badLink' | 'takenEmail') {
    super(outcome)
    this.outcome = outcome
  }
}

/** Uses a one-time link up: makes the first admin, or sets the password of who was invited. Of two at the same time one succeeds. */
export async function acceptLink(db: Db, given: LinkAcceptance): Promise<'welcome' | 'badLink' | 'takenEmail'> {
  try {
    await db.transaction().execute(async (tx) => {
      const link = await tx
        .updateTable('auth_link')
        .set({ used_at: given.at })
        .where('token_hash', '=', given.tokenHash)
        .where('used_at', 'is', null)
        .where('expires_at', '>', given.at)
        .returning(['kind', 'user_id'])
        .executeTakeFirst()
      if (link === undefined || (link.kind === 'setup' && (await hasAdmin(tx)))) throw new Refused('badLink')
      const userId = link.user_id ?? given.userId
      if (link.user_id === null) {
        const { name, email, at } = given
        const made = await insertUser(tx, { userId, name, email, role: 'admin', siteId: null, vehicleId: null, at })
        if (!made) throw new Refused('takenEmail')
      }
      await setPassword(tx, { accountId: given.accountId, userId, hash: given.passwordHash, at: given.at })
    })
    return 'welcome'
  } catch (error) {
    if (error instanceof Refused) return error.outcome
    throw error
  }
}
