import { sql } from 'kysely'
import type { LearnedCapacity, ObservedSession } from '../domain/energy/learn-battery.ts'
import type { BatteryEvidence } from '../domain/energy/learned-battery.ts'
import { BUCKET_PERCENT, type PowerBucket, type seenPower } from '../domain/energy/seen-power.ts'
import { json, type Db } from './database.ts'

/** Vehicles in service whose battery was not learned since `before`, the longest unlearned first. */
export async function vehiclesToLearn(
  db: Db,
  before: Date,
  limit: number,
): Promise<{ vehicleId: string; nominalWh: number }[]> {
  const { rows } = await sql<{ vehicleId: string; nominalWh: number }>`
    select v.id as "vehicleId", t.battery_capacity_wh as "nominalWh" from vehicle v
    join vehicle_type t on t.id = v.type_id left join vehicle_battery b on b.vehicle_id = v.id
    where v.in_service and (b.learned_at is null or b.learned_at < ${before})
    order by b.learned_at nulls first, v.id limit ${limit}`.execute(db)
  return rows
}

/**
 * A vehicle's charging sessions that ended since `since`, each with the temperatures that were told around its start: the battery's and the weather's by the vehicle, else the
 * weather at the site.
 */
export async function observedSessions(db: Db, vehicleId: string, since: Date): Promise<ObservedSession[]> {
  const around = (column: string) => sql`(select ${sql.ref(column)} from telemetry where vehicle_id = s.vehicle_id
    and at > s.started_at - interval '2 hours' and at <= s.started_at + interval '1 hour' and ${sql.ref(column)} is not null order by at desc limit 1)`
  const { rows } = await sql<ObservedSession>`
    select s.started_at as "startedAt", s.energy_wh as "gridWh", coalesce(e.efficiency, 0.95) as efficiency,
      s.soc_start_percent as "socStartPercent", s.soc_percent as "socEndPercent",
      ${around('battery_temperature_c')} as "batteryTemperatureC",
      coalesce(${around('outdoor_temperature_c')}, (select temperature_c from weather w where w.site_id = v.site_id
        and w.at > s.started_at - interval '2 hours' and w.at <= s.started_at + interval '1 hour' order by w.at desc limit 1)) as "outdoorTemperatureC",
      (s.flags ? 'presumedEnd') as "endUnknown"
    from charging_session s join vehicle v on v.id = s.vehicle_id
    left join evse e on e.station_id = s.station_id and e.evse_id = s.evse_id
    where s.vehicle_id = ${vehicleId} and s.started_at >= ${since} and s.ended_at is not null and not s.orphan
    order by s.started_at`.execute(db)
  return rows
}

const POWER_SESSIONS = 30

/** What chargers measured at each state of charge in the vehicle's last sessions. */
export async function powerBuckets(db: Db, vehicleId: string): Promise<PowerBucket[]> {
  const { rows } = await sql<PowerBucket>`
    select (floor(m.soc_percent / ${BUCKET_PERCENT}::int) * ${BUCKET_PERCENT}::int)::int as "socPercent", count(*)::int as samples,
      percentile_disc(0.98) within group (order by m.power_w) as "highPowerW"
    from (select number from charging_session where vehicle_id = ${vehicleId} order by started_at desc limit ${POWER_SESSIONS}) s
    join meter_sample m on m.session_number = s.number
    where m.soc_percent is not null and m.power_w > 0 group by 1 order by 1`.execute(db)
  return rows
}

/** Stores what was learned of a battery, in place of what was learned before. */
export async function storeLearnedBattery(
  db: Db,
  vehicleId: string,
  capacity: LearnedCapacity,
  power: ReturnType<typeof seenPower>,
  at: Date,
): Promise<void> {
  const evidence: BatteryEvidence = { ...capacity.evidence, powerSamples: power.samples }
  const values = {
    usable_wh: capacity.usableWh,
    usable_low_wh: capacity.lowWh,
    usable_high_wh: capacity.highWh,
    state_of_health_percent: capacity.stateOfHealthPercent,
    max_power_w: power.maxPowerW,
    taper: json(power.taper),
    evidence: json(evidence),
    learned_at: at,
  }
  await db
    .insertInto('vehicle_battery')
    .values({ vehicle_id: vehicleId, ...values })
    .onConflict((conflict) => conflict.column('vehicle_id').doUpdateSet(values))
    .execute()
}
