import { sql } from 'kysely'
import type { JsonObject } from '../domain/command.ts'
import type { EventType } from '../domain/event.ts'
import type { ReplanCause } from '../domain/replan-cause.ts'
import type { Db, Tx } from './database.ts'
import { appendEvent } from './events.ts'
import { requestReplan } from './replan-requests.ts'

/** What a person says of a vehicle; what is left out stays. */
export interface VehicleChange {
  /** Positive is late; null: unknown. */
  delaySeconds?: number | null
  socPercent?: number
  inService?: boolean
  label?: string
  bayId?: string | null
  /** The plug that it stands at; null: at none. */
  at?: { stationId: string; evseId: number } | null
}

/** Writes down what a person says of a vehicle, with an event for each thing said, and asks for a new plan, in one transaction. */
export function changeVehicle(
  db: Db,
  vehicleId: string,
  change: VehicleChange,
  at: Date,
): Promise<'changed' | 'unknownVehicle' | 'unknownBay' | 'unknownEvse'> {
  return db.transaction().execute(async (tx) => {
    const vehicle = await tx
      .selectFrom('vehicle')
      .select('site_id')
      .where('id', '=', vehicleId)
      .forUpdate()
      .executeTakeFirst()
    if (vehicle === undefined) return 'unknownVehicle'
    if (typeof change.bayId === 'string' && !(await hasBay(tx, vehicle.site_id, change.bayId))) return 'unknownBay'
    if (change.at && !(await hasEvse(tx, change.at))) return 'unknownEvse'
    const said: [EventType, JsonObject, ReplanCause][] = []

    if (change.delaySeconds !== undefined) {
      await tx
        .updateTable('vehicle')
        .set({ delay_seconds: change.delaySeconds, delay_at: at })
        .where('id', '=', vehicleId)
        .execute()
      said.push([
        'vehicleDelayed',
        { delaySeconds: change.delaySeconds },
        { kind: 'vehicleDelay', vehicleId, delaySeconds: change.delaySeconds },
      ])
    }
    if (change.socPercent !== undefined) {
      await tellSoc(tx, vehicleId, change.socPercent, at)
      const { socPercent } = change
      said.push(['vehicleChanged', { socPercent }, { kind: 'vehicleSoc', vehicleId, socPercent }])
    }
    if (change.inService !== undefined) {
      await tx.updateTable('vehicle').set({ in_service: change.inService }).where('id', '=', vehicleId).execute()
      const kind = change.inService ? 'vehicleInService' : 'vehicleOutOfService'
      said.push(['vehicleChanged', { inService: change.inService }, { kind, vehicleId }])
    }
    if (change.label !== undefined) {
      await tx.updateTable('vehicle').set({ label: change.label }).where('id', '=', vehicleId).execute()
      said.push(['vehicleChanged', { label: change.label }, { kind: 'vehicleRenamed', vehicleId }])
    }
    if (change.bayId !== undefined) {
      await tx.updateTable('vehicle').set({ bay_id: change.bayId }).where('id', '=', vehicleId).execute()
      said.push(['vehicleChanged', { bayId: change.bayId }, { kind: 'vehicleBay', vehicleId }])
    }
    if (change.at !== undefined) {
      await place(tx, vehicleId, change.at)
      said.push(
        change.at === null
          ? ['vehicleUnplugged', { by: 'hand' }, { kind: 'vehicleAtNoPlug', vehicleId }]
          : ['vehiclePlugged', { by: 'hand', ...change.at }, { kind: 'vehicleAt', vehicleId, ...change.at }],
      )
    }
    for (const [type, details] of said)
      await appendEvent(tx, {
        type,
        at,
        siteId: vehicle.site_id,
        stationId: change.at?.stationId ?? null,
        vehicleId,
        details,
      })
    const causes = said.map(([, , cause]) => cause)
    if (causes.length > 0) await requestReplan(tx, vehicle.site_id, causes, at)
    return 'changed'
  })
}

async function tellSoc(tx: Tx, vehicleId: string, socPercent: number, at: Date): Promise<void> {
  await tx
    .updateTable('vehicle')
    .set({ soc_percent: socPercent, soc_at: at, soc_source: 'manual' })
    .where('id', '=', vehicleId)
    .execute()
  await tx
    .insertInto('vehicle_soc')
    .values({ vehicle_id: vehicleId, at, soc_percent: socPercent, source: 'manual' })
    .onConflict((conflict) => conflict.columns(['vehicle_id', 'at', 'source']).doUpdateSet({ soc_percent: socPercent }))
    .execute()
}

/** A vehicle stands at one plug at most, and a plug holds one vehicle; what charges there belongs to whoever stands there. */
async function place(tx: Tx, vehicleId: string, at: { stationId: string; evseId: number } | null): Promise<void> {
  await sql`update evse set vehicle_id = null, vehicle_source = null
    where vehicle_id = ${vehicleId} and (station_id, evse_id) is distinct from (${at?.stationId ?? null}::text, ${at?.evseId ?? null}::int)`.execute(
    tx,
  )
  await tx
    .updateTable('charging_session')
    .set({ vehicle_id: null })
    .where('vehicle_id', '=', vehicleId)
    .where('ended_at', 'is', null)
    .$if(at !== null, (query) =>
      query.where(sql<boolean>`(station_id, evse_id) <> (${at?.stationId}::text, ${at?.evseId}::int)`),
    )
    .execute()
  if (at === null) return
  await tx
    .updateTable('evse')
    .set({ vehicle_id: vehicleId, vehicle_source: 'manual' })
    .where('station_id', '=', at.stationId)
    .where('evse_id', '=', at.evseId)
    .execute()
  await tx
    .updateTable('charging_session')
    .set({ vehicle_id: vehicleId })
    .where('station_id', '=', at.stationId)
    .where('evse_id', '=', at.evseId)
    .where('ended_at', 'is', null)
    .execute()
}

async function hasBay(tx: Tx, siteId: string, bayId: string): Promise<boolean> {
  const bay = await tx
    .selectFrom('bay')
    .select('id')
    .where('site_id', '=', siteId)
    .where('id', '=', bayId)
    .executeTakeFirst()
  return bay !== undefined
}

async function hasEvse(tx: Tx, at: { stationId: string; evseId: number }): Promise<boolean> {
  const evse = await tx
    .selectFrom('evse')
    .select('evse_id')
    .where('station_id', '=', at.stationId)
    .where('evse_id', '=', at.evseId)
    .executeTakeFirst()
  return evse !== undefined
}
