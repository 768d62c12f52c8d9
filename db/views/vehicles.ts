import { sql, type RawBuilder } from 'kysely'
import { chargingReason, type ChargingReason } from '../../domain/charging-reason.ts'
import type { PlannedStay } from '../../domain/plan-view.ts'
import { plannedCapacityWh } from '../../domain/energy/planned-capacity.ts'
import type { RangeLeft } from '../../domain/energy/range-left.ts'
import type { SocEstimate } from '../../domain/energy/soc-estimate.ts'
import { vehicleDay, type VehicleDay } from '../../domain/vehicle-day.ts'
import type { Db } from '../database.ts'
import { vehicleTypes } from '../vehicle-types.ts'
import type { PlanReader, ReadPlan } from './plan-reader.ts'
import { plugsOf } from './plug-of-vehicle.ts'
import { chargeAndRange, type LastSession } from './vehicle-charge.ts'
import { isOld, telemetryView, type TelemetryView } from './vehicle-telemetry.ts'
import type { WorkReader } from './work-reader.ts'

/** As in arrivals: older, and nobody knows how late it is. */
const SEEN_FOR_MS = 5 * 60_000
const TOLD_FOR_MS = 3 * 3_600_000

export interface VehicleView extends VehicleDay {
  vehicleId: string
  label: string
  siteId: string
  typeId: string
  typeLabel: string
  batteryCapacityWh: number
  /** Usable against nominal; null: not learned yet. */
  stateOfHealthPercent: number | null
  bayId: string | null
  inService: boolean
  socPercent: number | null
  socAt: Date | null
  socSource: string | null
  /** The reading is more than 15 minutes old; null: there is none. */
  socOld: boolean | null
  /** What is taken to be in the battery now: no reading. */
  estimate: SocEstimate
  range: RangeLeft
  telemetry: TelemetryView | null
  delaySeconds: number | null
  stationId: string | null
  evseId: number | null
  sessionNumber: number | null
  powerW: number | null
  /** Why it charges or does not; null: it is at no plug. */
  charging: ChargingReason | null
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
  // Which ones is said to each query anew, so that none waits for another's answer.
  const wanted = wantedVehicles(filter)
  const [vehicles, plugOf, sessions, types, sites, currentPlans, blocks] = await Promise.all([
    db
      .selectFrom('vehicle')
      .leftJoin('vehicle_battery', 'vehicle_battery.vehicle_id', 'vehicle.id')
      .leftJoin('vehicle_progress as progress', 'progress.vehicle_id', 'vehicle.id')
      .selectAll('vehicle')
      .select(['usable_wh', 'state_of_health_percent', 'progress.deviation_s', 'progress.at as progress_at'])
      .where(sql<boolean>`vehicle.id in (${wanted})`)
      .orderBy('id')
      .execute(),
    plugsOf(db, wanted),
    lastSessions(db, wanted),
    vehicleTypes(db),
    sitesById(db),
    plans.current(filter.siteId === undefined ? undefined : [filter.siteId]),
    work.around(now),
  ])

  const stays = staysOf(currentPlans)
  const planOf = new Map(currentPlans.map((plan) => [plan.view.siteId, plan.view]))

  return vehicles.flatMap((vehicle) => {
    const type = types.get(vehicle.type_id)
    const site = sites.get(vehicle.site_id)
    if (type === undefined || site === undefined) return []
    const plug = plugOf.get(vehicle.id)
    const delaySeconds = delayNow(vehicle, now)
    const own = blocks.get(vehicle.id) ?? []
    const last = sessions.get(vehicle.id)
    const at = plug?.now ?? null
    const plan = planOf.get(vehicle.site_id)
    const planned = plan === undefined ? null : { plan, stays: stays.get(vehicle.id) ?? [], vehicleId: vehicle.id }
    const day = vehicleDay(
      {
        inService: vehicle.in_service,
        delaySeconds,
        plug: plug ?? null,
        lastAtPlugAt: last?.lastAt ?? null,
      },
      own,
      stays.get(vehicle.id) ?? [],
      now,
    )
    const { estimate, range } = chargeAndRange(
      {
        socPercent: vehicle.soc_percent,
        socAt: vehicle.soc_at,
        delaySeconds,
        outdoorTemperatureC: vehicle.outdoor_temperature_c,
        outdoorTemperatureAt: vehicle.outdoor_temperature_at,
        pluggedIn: plug === undefined ? null : (plug.pluggedIn ?? true),
        lastSession: last ?? null,
      },
      { ...type, batteryCapacityWh: plannedCapacityWh(type.batteryCapacityWh, vehicle.usable_wh) },
      site,
      {
        blocks: own,
        block: own.find((one) => one.blockId === day.block?.blockId && one.date === day.block.date) ?? null,
      },
      now,
    )
    return [
      {
        vehicleId: vehicle.id,
        label: vehicle.label,
        siteId: vehicle.site_id,
        typeId: vehicle.type_id,
        typeLabel: type.label,
        batteryCapacityWh: type.batteryCapacityWh,
        stateOfHealthPercent: vehicle.state_of_health_percent,
        bayId: vehicle.bay_id,
        inService: vehicle.in_service,
        socPercent: vehicle.soc_percent,
        socAt: vehicle.soc_at,
        socSource: vehicle.soc_source,
        socOld: vehicle.soc_at === null ? null : isOld(vehicle.soc_at, now),
        estimate,
        range,
        telemetry: telemetryView(vehicle, now),
        delaySeconds,
        stationId: plug?.stationId ?? null,
        evseId: plug?.evseId ?? null,
        sessionNumber: plug?.sessionNumber ?? null,
        powerW: plug?.powerW ?? null,
        charging: at === null ? null : chargingReason(at, planned, vehicle.soc_percent, now),
        state: day.state,
        block: day.block,
        next: day.next,
      },
    ]
  })
}

/** The ids of the vehicles of a page. */
function wantedVehicles({ ids, siteId, after, limit }: VehicleFilter): RawBuilder<unknown> {
  const conditions = [
    ...(ids === undefined ? [] : [sql`id = any(${[...ids]}::text[])`]),
    ...(siteId === undefined ? [] : [sql`site_id = ${siteId}`]),
    ...(after === undefined ? [] : [sql`id > ${after}`]),
  ]
  return sql`select id from vehicle where ${conditions.length === 0 ? sql`true` : sql.join(conditions, sql` and `)}
    order by id ${limit === undefined ? sql`` : sql`limit ${limit}`}`
}

/** Where it was seen on its block says best how late it is; a word from the driver holds for three hours, as in planning. null: not known. */
function delayNow(
  vehicle: {
    delay_seconds: number | null
    delay_at: Date | null
    deviation_s: number | null
    progress_at: Date | null
  },
  now: Date,
): number | null {
  const age = (at: Date | null): number => (at === null ? Infinity : now.getTime() - at.getTime())
  if (vehicle.deviation_s !== null && age(vehicle.progress_at) <= SEEN_FOR_MS) return vehicle.deviation_s
  return age(vehicle.delay_at) <= TOLD_FOR_MS ? vehicle.delay_seconds : null
}

/** The last session of each of the `wanted` vehicles (a query of ids), and when it was last seen in it. */
async function lastSessions(db: Db, wanted: RawBuilder<unknown>): Promise<Map<string, LastSession & { lastAt: Date }>> {
  const { rows } = await sql<LastSession & { vehicleId: string; lastAt: Date }>`
    select v.id as "vehicleId", coalesce(s.ended_at, s.started_at) as "lastAt", s.started_at as "startedAt",
      coalesce(s.ended_at, s.last_sample_at) as until, s.energy_wh as "energyWh", coalesce(e.efficiency, 0.95) as efficiency
    from (${wanted}) as v
    cross join lateral (select started_at, ended_at, last_sample_at, energy_wh, station_id, evse_id from charging_session where vehicle_id = v.id order by started_at desc limit 1) s
    left join evse e on e.station_id = s.station_id and e.evse_id = s.evse_id`.execute(db)
  return new Map(rows.map((row) => [row.vehicleId, row]))
}

async function sitesById(db: Db) {
  const rows = await db
    .selectFrom('site')
    .select([
      'id',
      'outdoor_temperature_c as outdoorTemperatureC',
      'outdoor_temperature_at as outdoorTemperatureAt',
      'monthly_temperature_c as monthlyTemperatureC',
    ])
    .execute()
  return new Map(rows.map((row) => [row.id, row]))
}

function staysOf(current: readonly ReadPlan[]): Map<string, readonly PlannedStay[]> {
  return new Map(
    current.flatMap((plan) => plan.view.vehicles.map((vehicle) => [vehicle.vehicleId, vehicle.visits] as const)),
  )
}

export async function vehicleExists(db: Db, vehicleId: string): Promise<boolean> {
  const row = await db.selectFrom('vehicle').select('id').where('id', '=', vehicleId).executeTakeFirst()
  return row !== undefined
}

/** What people call a vehicle; undefined when there is none. */
export async function vehicleLabel(db: Db, vehicleId: string): Promise<string | undefined> {
  const row = await db.selectFrom('vehicle').select('label').where('id', '=', vehicleId).executeTakeFirst()
  return row?.label
}
