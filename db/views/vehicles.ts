import { sql } from 'kysely'
import type { PlannedStay } from '../../domain/plan-view.ts'
import { vehicleDay, type VehicleDay } from '../../domain/vehicle-day.ts'
import type { Db } from '../database.ts'
import type { PlanReader } from './plan-reader.ts'
import type { WorkReader } from './work-reader.ts'

export interface VehicleView extends VehicleDay {
  vehicleId: string
  label: string
  siteId: string
  typeId: string
  typeLabel: string
  batteryCapacityWh: number
  bayId: string | null
  inService: boolean
  socPercent: number | null
  socAt: Date | null
  socSource: string | null
  delaySeconds: number | null
  stationId: string | null
  evseId: number | null
  sessionNumber: number | null
  powerW: number | null
}

export interface VehicleFilter {
  ids?: readonly string[]
  siteId?: string | undefined
  after?: string | undefined
  limit?: number
}

/** Vehicles with where they stand, what they do and what the current plan says, ordered by id; a handful of queries, however many there are. */
export async function vehicleViews(
  db: Db,
  { plans, work }: { plans: PlanReader; work: WorkReader },
  filter: VehicleFilter,
  now: Date,
): Promise<VehicleView[]> {
  let query = db
    .selectFrom('vehicle')
    .innerJoin('vehicle_type', 'vehicle_type.id', 'vehicle.type_id')
    .selectAll('vehicle')
    .select(['vehicle_type.label as type_label', 'vehicle_type.battery_capacity_wh'])
    .orderBy('vehicle.id')
  if (filter.ids !== undefined) query = query.where(sql<boolean>`vehicle.id = any(${[...filter.ids]}::text[])`)
  if (filter.siteId !== undefined) query = query.where('vehicle.site_id', '=', filter.siteId)
  if (filter.after !== undefined) query = query.where('vehicle.id', '>', filter.after)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  const vehicles = await query.execute()
  if (vehicles.length === 0) return []
  const ids = vehicles.map((vehicle) => vehicle.id)

  const plugs = await db
    .selectFrom('evse')
    .leftJoin('charging_session as session', (join) =>
      join
        .onRef('session.station_id', '=', 'evse.station_id')
        .onRef('session.evse_id', '=', 'evse.evse_id')
        .on('session.ended_at', 'is', null)
        .on('session.orphan', '=', false),
    )
    .select([
      'evse.station_id',
      'evse.evse_id',
      'evse.vehicle_id',
      'plugged_in',
      'evse.power_w',
      'power_at',
      'session.number',
    ])
    .where(sql<boolean>`evse.vehicle_id = any(${ids}::text[])`)
    .orderBy('session.number')
    .execute()
  const plugOf = new Map(plugs.map((plug) => [plug.vehicle_id, plug]))
  const { rows: lastSessions } = await sql<{ vehicle_id: string; last_at: Date }>`
    select v.id as vehicle_id, coalesce(s.ended_at, s.started_at) as last_at from unnest(${ids}::text[]) as v(id)
    cross join lateral (select ended_at, started_at from charging_session where vehicle_id = v.id order by started_at desc limit 1) s`.execute(
    db,
  )
  const lastAt = new Map(lastSessions.map((row) => [row.vehicle_id, row.last_at]))
  const stays = await staysOf(plans, [...new Set(vehicles.map((vehicle) => vehicle.site_id))])
  const blocks = await work.around(now)

  return vehicles.map((vehicle) => {
    const plug = plugOf.get(vehicle.id)
    const day = vehicleDay(
      {
        inService: vehicle.in_service,
        delaySeconds: vehicle.delay_seconds,
        plug: plug === undefined ? null : { pluggedIn: plug.plugged_in, powerW: plug.power_w, powerAt: plug.power_at },
        lastAtPlugAt: lastAt.get(vehicle.id) ?? null,
      },
      blocks.get(vehicle.id) ?? [],
      stays.get(vehicle.id) ?? [],
      now,
    )
    return {
      vehicleId: vehicle.id,
      label: vehicle.label,
      siteId: vehicle.site_id,
      typeId: vehicle.type_id,
      typeLabel: vehicle.type_label,
      batteryCapacityWh: vehicle.battery_capacity_wh,
      bayId: vehicle.bay_id,
      inService: vehicle.in_service,
      socPercent: vehicle.soc_percent,
      socAt: vehicle.soc_at,
      socSource: vehicle.soc_source,
      delaySeconds: vehicle.delay_seconds,
      stationId: plug?.station_id ?? null,
      evseId: plug?.evse_id ?? null,
      sessionNumber: plug?.number ?? null,
      powerW: plug?.power_w ?? null,
      state: day.state,
      block: day.block,
      next: day.next,
    }
  })
}

async function staysOf(plans: PlanReader, siteIds: readonly string[]): Promise<Map<string, readonly PlannedStay[]>> {
  const current = await plans.current(siteIds)
  return new Map(
    current.flatMap((plan) => plan.view.vehicles.map((vehicle) => [vehicle.vehicleId, vehicle.visits] as const)),
  )
}

export async function vehicleExists(db: Db, vehicleId: string): Promise<boolean> {
  const row = await db.selectFrom('vehicle').select('id').where('id', '=', vehicleId).executeTakeFirst()
  return row !== undefined
}
