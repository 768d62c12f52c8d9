import type { Tx } from './database.ts'
import { appendEvent } from './events.ts'
import { requestReplan } from './replan-requests.ts'
import { siteOfStation } from './stations.ts'

export interface Plug {
  stationId: string
  evseId: number
  at: Date
}

/** What a station speaks of exists: makes sure that there is a row for the EVSE. */
export async function ensureEvse(tx: Tx, stationId: string, evseId: number): Promise<void> {
  await tx
    .insertInto('evse')
    .values({ station_id: stationId, evse_id: evseId })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Whether the station has said, after an instant, that nothing is plugged in: what it tells of that instant only now is history. */
export async function isFreeSince(tx: Tx, plug: Plug): Promise<boolean> {
  const connectors = await tx
    .selectFrom('connector')
    .select(['status', 'status_at'])
    .where('station_id', '=', plug.stationId)
    .where('evse_id', '=', plug.evseId)
    .execute()
  const free = connectors.filter((one) => one.status === 'available' && one.status_at !== null)
  return (
    free.length > 0 && free.length === connectors.length && free.every((one) => (one.status_at ?? plug.at) > plug.at)
  )
}

/**
 * Notes that something is plugged in, and which vehicle it is if its token said so. A vehicle that a person entered stays unless the token
 * says another. Returns the vehicle that stands there as far as is known.
 */
export async function plugIn(tx: Tx, plug: Plug & { vehicleId: string | null }): Promise<string | null> {
  const evse = await lockEvse(tx, plug)
  if (evse === undefined) return plug.vehicleId
  const other = plug.vehicleId !== null && plug.vehicleId !== evse.vehicle_id
  const vehicleId = plug.vehicleId ?? evse.vehicle_id
  if (evse.plugged_in === true && !other) return vehicleId
  await tx
    .updateTable('evse')
    .set({ plugged_in: true, ...(other ? { vehicle_id: plug.vehicleId, vehicle_source: 'token' as const } : {}) })
    .where('station_id', '=', plug.stationId)
    .where('evse_id', '=', plug.evseId)
    .execute()
  if (other) {
    // It cannot stand in two places; the newer word counts.
    await tx
      .updateTable('evse')
      .set({ vehicle_id: null, vehicle_source: null })
      .where('vehicle_id', '=', plug.vehicleId)
      .where((eb) => eb.not(eb.and({ station_id: plug.stationId, evse_id: plug.evseId })))
      .execute()
  }
  await tell(tx, 'vehiclePlugged', plug, vehicleId)
  return vehicleId
}

/** Notes that nothing is plugged in any more. Who stood there is gone, unless a person entered it before anything was plugged in. */
export async function unplug(tx: Tx, plug: Plug): Promise<void> {
  const evse = await lockEvse(tx, plug)
  if (evse === undefined || (evse.plugged_in === false && evse.vehicle_source !== 'token')) return
  const wasThere = evse.plugged_in === true
  const leaves = wasThere || evse.vehicle_source === 'token'
  await tx
    .updateTable('evse')
    .set({
      plugged_in: false,
      power_w: 0,
      power_at: plug.at,
      ...(leaves ? { vehicle_id: null, vehicle_source: null } : {}),
    })
    .where('station_id', '=', plug.stationId)
    .where('evse_id', '=', plug.evseId)
    .execute()
  if (leaves) await tell(tx, 'vehicleUnplugged', plug, evse.vehicle_id)
}

function lockEvse(tx: Tx, plug: Plug) {
  return tx
    .selectFrom('evse')
    .select(['plugged_in', 'vehicle_id', 'vehicle_source'])
    .where('station_id', '=', plug.stationId)
    .where('evse_id', '=', plug.evseId)
    .forUpdate()
    .executeTakeFirst()
}

async function tell(
  tx: Tx,
  type: 'vehiclePlugged' | 'vehicleUnplugged',
  plug: Plug,
  vehicleId: string | null,
): Promise<void> {
  const { stationId, evseId, at } = plug
  const siteId = await siteOfStation(tx, stationId)
  await appendEvent(tx, { type, at, siteId, stationId, vehicleId, details: { evseId } })
  const kind = type === 'vehiclePlugged' ? 'plugged' : 'unplugged'
  if (siteId !== null) await requestReplan(tx, siteId, { kind, vehicleId, stationId, evseId }, at)
}
