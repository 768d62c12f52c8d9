import type { KnownToken } from '../../db/tokens.ts'
import type { ActionContext } from '../action.ts'
import { AUTHORIZATION_STATUS, authorize } from '../authorization.ts'

interface IdToken {
  idToken: string
  type: string
}

/** The token that identifies somebody, or null: a start button and a station that lets everybody charge name nobody (C02). */
export function identifyingToken(idToken: IdToken | undefined): string | null {
  if (idToken === undefined || idToken.type === 'NoAuthorization') return null
  return idToken.idToken === '' ? null : idToken.idToken
}

export function authorizeIdToken(context: ActionContext, idToken: IdToken): Promise<KnownToken> {
  const token = identifyingToken(idToken)
  if (token === null) return Promise.resolve({ authorization: 'accepted', vehicleId: null, expiresAt: null })
  return authorize(context, token)
}

export function idTokenInfo(known: Pick<KnownToken, 'authorization' | 'expiresAt'>) {
  return {
    status: AUTHORIZATION_STATUS[known.authorization],
    ...(known.expiresAt === null ? {} : { cacheExpiryDateTime: known.expiresAt.toISOString() }),
  }
}
