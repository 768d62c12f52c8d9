import { findToken, type KnownToken } from '../db/tokens.ts'
import type { Authorization } from '../domain/status.ts'
import type { ActionContext } from './action.ts'

/** 1.6 §7.2 and 2.0.1 AuthorizationStatusEnumType have these words in common. */
export const AUTHORIZATION_STATUS = {
  accepted: 'Accepted',
  blocked: 'Blocked',
  expired: 'Expired',
  invalid: 'Invalid',
} as const satisfies Record<Authorization, string>

export function authorize(context: ActionContext, idToken: string): Promise<KnownToken> {
  return findToken(context.db, { idToken, at: context.receivedAt, acceptUnknown: context.policy === 'open' })
}
