import { sql } from 'kysely'
import type { Tx } from './database.ts'
import { requestReplan } from './replan-requests.ts'
import { toState, type SessionState } from './sessions.ts'
import { siteOfStation } from './stations.ts'

/** What shows that a session must be over: a newer one at the same EVSE, or a connector that is free. */
export interface SignOfEnd {
  stationId: string
  evseId: number
  at: Date
  receivedAt: Date
  reason: 'Superseded' | 'ConnectorAvailable'
}

/**
 * Ends the sessions that are still open at an EVSE though they must be over: their stop was lost or comes later. They end with their last sample; a stop
 * that comes after all says better (`flags.presumedEnd` is set until then). Sessions that began after the sign, and `except`, go on.
 */
export async function presumeEnded(tx: Tx, sign: SignOfEnd, except?: number): Promise<SessionState[]> {
  const rows = await tx
    .updateTable('charging_session')
    .set({
      ended_at: sql`greatest(started_at, least(coalesce(last_sample_at, ${sign.at}::timestamptz), ${sign.at}::timestamptz))`,
      ended_received_at: sign.receivedAt,
      power_w: 0,
      stop_reason: sign.reason,
      flags: sql<string>`flags || '{"presumedEnd": true}'::jsonb`,
    })
    .where('station_id', '=', sign.stationId)
    .where('evse_id', '=', sign.evseId)
    .where('ended_at', 'is', null)
    .where('started_at', '<=', sign.at)
    .$if(except !== undefined, (query) => query.where('number', '<', except ?? 0))
    // A transaction of 2.0.1 may begin before the cable is in, so a free connector ends only those of 1.6.
    .$if(sign.reason === 'ConnectorAvailable', (query) => query.where('protocol', '=', 'ocpp1.6'))
    .returningAll()
    .execute()
  return rows.map(toState)
}

/** A connector without a cable charges nobody. Asks for a new plan when that ends a session. */
export async function endSessionsOfFreeEvse(tx: Tx, free: Omit<SignOfEnd, 'reason'>): Promise<SessionState[]> {
  const ended = await presumeEnded(tx, { ...free, reason: 'ConnectorAvailable' })
  const siteId = ended.length === 0 ? null : await siteOfStation(tx, free.stationId)
  if (siteId !== null) {
    const { stationId, evseId, at } = free
    await requestReplan(tx, siteId, { kind: 'evseFree', stationId, evseId }, at)
  }
  return ended
}
