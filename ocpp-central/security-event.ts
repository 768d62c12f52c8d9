import { appendEvent } from '../db/events.ts'
import { siteOfStation } from '../db/stations.ts'
import type { ActionContext } from './action.ts'

/** Both versions tell security events in the same words. */
export async function noteSecurityEvent(
  context: ActionContext,
  told: { type: string; timestamp: string; techInfo?: string },
): Promise<void> {
  await appendEvent(context.db, {
    type: 'securityEvent',
    at: context.time(told.timestamp).at,
    siteId: await siteOfStation(context.db, context.stationId),
    stationId: context.stationId,
    details: { type: told.type, techInfo: told.techInfo ?? null },
  })
}
