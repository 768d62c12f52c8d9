import type { Registration } from '../domain/status.ts'
import type { ActionContext } from './action.ts'
import type { StationPolicy } from './central.ts'

/** How long a station that is not accepted waits before it asks again, and by how much that varies, so that they do not all ask at once. */
const RETRY_SECONDS = 60
const RETRY_SPREAD = 0.2

export const REGISTRATION_STATUS = { accepted: 'Accepted', pending: 'Pending', rejected: 'Rejected' } as const

export function registerUnknownAs(policy: StationPolicy): Registration {
  return policy === 'open' ? 'accepted' : 'pending'
}

/** Seconds for the answer to BootNotification: between heartbeats when accepted, until the next try otherwise. */
export function bootInterval(context: ActionContext, registration: Registration): number {
  if (registration === 'accepted') return context.heartbeatSeconds
  return Math.round(RETRY_SECONDS * (1 + RETRY_SPREAD * (Math.random() * 2 - 1)))
}
