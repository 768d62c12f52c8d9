import { sql } from 'kysely'
import type { Authorization } from '../domain/status.ts'
import type { Db } from './database.ts'

export interface KnownToken {
  authorization: Authorization
  vehicleId: string | null
  /** Until when the answer holds; null: until changed. */
  expiresAt: Date | null
}

export interface TokenQuestion {
  idToken: string
  at: Date
  /** Accept what nobody has entered. */
  acceptUnknown: boolean
}

/**
 * What is known of a token. Upper and lower case are one (1.6 §7.28 IdToken is a CiString); a vehicle's MAC address is found with and without the
 * `VID:` that Autocharge puts before it and the separators between its bytes.
 */
export async function findToken(db: Db, question: TokenQuestion): Promise<KnownToken> {
  const token = await db
    .selectFrom('token')
    .select(['vehicle_id', 'blocked', 'expires_at'])
    .where(sql`lower(value)`, 'in', spellings(question.idToken))
    .orderBy('value')
    .executeTakeFirst()
  if (token === undefined) {
    return { authorization: question.acceptUnknown ? 'accepted' : 'invalid', vehicleId: null, expiresAt: null }
  }
  const expired = token.expires_at !== null && token.expires_at <= question.at
  return {
    authorization: token.blocked ? 'blocked' : expired ? 'expired' : 'accepted',
    vehicleId: token.vehicle_id,
    expiresAt: token.expires_at,
  }
}

function spellings(idToken: string): string[] {
  const lower = idToken.toLowerCase()
  const hex = lower.replace(/^vid:/, '').replaceAll(/[:-]/g, '')
  if (!/^[\da-f]{12}$/.test(hex)) return [lower]
  const pairs = hex.match(/../g) ?? []
  return [...new Set([lower, hex, `vid:${hex}`, pairs.join(':'), pairs.join('-')])]
}
