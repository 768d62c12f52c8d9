import type { Selectable } from 'kysely'
import type { JsonObject } from '../domain/command.ts'
import type { ChargingSessionTable, Tx } from './database.ts'
import { appendEvent } from './events.ts'
import { requestReplan } from './replan-requests.ts'
import { siteOfStation } from './stations.ts'

/** Writes down that a session has begun or ended, and asks for a new plan: the profile of a session is its own. */
export async function tellOfSession(
  tx: Tx,
  type: 'sessionStarted' | 'sessionEnded',
  row: Selectable<ChargingSessionTable>,
  at: Date,
  details: JsonObject,
): Promise<void> {
  const siteId = await siteOfStation(tx, row.station_id)
  await appendEvent(tx, {
    type,
    at,
    siteId,
    stationId: row.station_id,
    vehicleId: row.vehicle_id,
    details: { sessionNumber: row.number, evseId: row.evse_id, ...details },
  })
  if (siteId === null) return
  const kind = type === 'sessionStarted' ? 'chargingBegan' : 'chargingEnded'
  const { vehicle_id: vehicleId, station_id: stationId, evse_id: evseId } = row
  await requestReplan(tx, siteId, { kind, vehicleId, stationId, evseId }, at)
}
