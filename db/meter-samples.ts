import { sql, type RawBuilder } from 'kysely'
import type { Db } from './database.ts'
import { arrayParameter } from './array-parameter.ts'

/** What a station measured at one EVSE at one instant. null: not told. */
export interface MeterSample {
  stationId: string
  /** 0: the station's main meter. */
  evseId: number
  connectorId: number | null
  sessionNumber: number | null
  at: Date
  /** What the station wrote, when it was not believed. */
  stationAt: Date | null
  receivedAt: Date
  context: string
  registerWh: number | null
  powerW: number | null
  offeredW: number | null
  socPercent: number | null
  currentA: number | null
  voltageV: number | null
}

/** The newest that is known of an EVSE and of the session at it. null: nothing new. */
export interface LatestReading {
  stationId: string
  evseId: number
  sessionNumber: number | null
  at: Date
  meterStartWh: number | null
  meterLastWh: number | null
  energyWh: number | null
  socPercent: number | null
  /** The SoC of the first of several readings that were put together into this one. Absent: this is one reading. */
  firstSocPercent?: number | null
  powerW: number | null
  seqNo: number | null
}

/** The statement that writes samples. A sample that is there already (the station resent it) stays as it is. */
export function samplesInsert(samples: readonly MeterSample[]): RawBuilder<unknown> {
  return sql`insert into meter_sample (station_id, evse_id, connector_id, session_number, at, station_at, received_at, context,
      register_wh, power_w, offered_w, soc_percent, current_a, voltage_v)
    select * from unnest(
      ${arrayParameter(samples.map((one) => one.stationId))}::text[], ${arrayParameter(samples.map((one) => one.evseId))}::int[],
      ${arrayParameter(samples.map((one) => one.connectorId))}::int[], ${arrayParameter(samples.map((one) => one.sessionNumber))}::int[],
      ${arrayParameter(samples.map((one) => one.at.toISOString()))}::timestamptz[],
      ${arrayParameter(samples.map((one) => one.stationAt?.toISOString() ?? null))}::timestamptz[],
      ${arrayParameter(samples.map((one) => one.receivedAt.toISOString()))}::timestamptz[], ${arrayParameter(samples.map((one) => one.context))}::text[],
      ${arrayParameter(samples.map((one) => one.registerWh))}::bigint[], ${arrayParameter(samples.map((one) => one.powerW))}::int[],
      ${arrayParameter(samples.map((one) => one.offeredW))}::int[], ${arrayParameter(samples.map((one) => one.socPercent))}::real[],
      ${arrayParameter(samples.map((one) => one.currentA))}::real[], ${arrayParameter(samples.map((one) => one.voltageV))}::real[])
    on conflict do nothing`
}

/** Writes samples, in one statement. */
export async function insertSamples(db: Db, samples: readonly MeterSample[]): Promise<void> {
  if (samples.length > 0) await samplesInsert(samples).execute(db)
}

/**
 * Brings sessions, EVSEs and vehicles up to the newest readings, one statement each. Order does not matter: a reading older than what stands
 * changes nothing, and none revives the power or the energy of a session that has ended; where the end is only presumed, energy that the station
 * had stored still counts. Locks sessions before EVSEs before vehicles, as
 * every transaction does.
 */
export async function applyLatestReadings(db: Db, readings: readonly LatestReading[]): Promise<void> {
  const ofSessions = readings.filter((one) => one.sessionNumber !== null)
  if (ofSessions.length > 0) await updateSessions(db, ofSessions)
  const withPower = readings.filter((one) => one.powerW !== null)
  if (withPower.length > 0) await updateEvses(db, withPower)
  const withSoc = readings.filter((one) => one.socPercent !== null)
  if (withSoc.length > 0) await updateVehicles(db, withSoc)
}

async function updateSessions(db: Db, readings: readonly LatestReading[]): Promise<void> {
  await sql`update charging_session s set
      meter_start_wh = coalesce(s.meter_start_wh, v.meter_start), meter_last_wh = coalesce(v.meter_last, s.meter_last_wh),
      energy_wh = case when s.ended_at is null or s.flags ? 'presumedEnd' then coalesce(v.energy, s.energy_wh) else s.energy_wh end,
      soc_start_percent = coalesce(s.soc_start_percent, v.first_soc), soc_percent = coalesce(v.soc, s.soc_percent),
      power_w = case when s.ended_at is null then coalesce(v.power, s.power_w) else s.power_w end,
      last_sample_at = v.at, last_seq_no = greatest(s.last_seq_no, v.seq_no)
    from unnest(
      ${readings.map((one) => one.sessionNumber)}::int[], ${readings.map((one) => one.at.toISOString())}::timestamptz[],
      ${readings.map((one) => one.meterStartWh)}::bigint[], ${readings.map((one) => one.meterLastWh)}::bigint[],
      ${readings.map((one) => one.energyWh)}::bigint[], ${readings.map((one) => one.socPercent)}::real[],
      ${readings.map((one) => one.firstSocPercent ?? one.socPercent)}::real[],
      ${readings.map((one) => one.powerW)}::int[], ${readings.map((one) => one.seqNo)}::int[])
      as v(number, at, meter_start, meter_last, energy, soc, first_soc, power, seq_no)
    where s.number = v.number and (s.last_sample_at is null or s.last_sample_at <= v.at)`.execute(db)
}

async function updateEvses(db: Db, readings: readonly LatestReading[]): Promise<void> {
  await sql`update evse e set power_w = v.power, power_at = v.at
    from unnest(
      ${readings.map((one) => one.stationId)}::text[], ${readings.map((one) => one.evseId)}::int[],
      ${readings.map((one) => one.at.toISOString())}::timestamptz[], ${readings.map((one) => one.powerW)}::int[])
      as v(station_id, evse_id, at, power)
    where e.station_id = v.station_id and e.evse_id = v.evse_id and (e.power_at is null or e.power_at < v.at)`.execute(
    db,
  )
}

async function updateVehicles(db: Db, readings: readonly LatestReading[]): Promise<void> {
  // Whoever stands at the plug now is who charges in a session that goes on; a session that has ended keeps who it was for.
  await sql`with told as (
      select distinct on (vehicle_id) vehicle_id, at, soc from (
        select case when s.number is not null and s.ended_at is not null then s.vehicle_id else coalesce(e.vehicle_id, s.vehicle_id) end as vehicle_id,
          v.at, v.soc
        from unnest(
          ${readings.map((one) => one.stationId)}::text[], ${readings.map((one) => one.evseId)}::int[],
          ${readings.map((one) => one.sessionNumber)}::int[], ${readings.map((one) => one.at.toISOString())}::timestamptz[],
          ${readings.map((one) => one.socPercent)}::real[]) as v(station_id, evse_id, number, at, soc)
        left join evse e on e.station_id = v.station_id and e.evse_id = v.evse_id
        left join charging_session s on s.number = v.number) as each_reading
      where vehicle_id is not null order by vehicle_id, at desc),
    remembered as (
      insert into vehicle_soc (vehicle_id, at, soc_percent, source) select vehicle_id, at, soc, 'ocpp' from told on conflict do nothing)
    update vehicle set soc_percent = told.soc, soc_at = told.at, soc_source = 'ocpp' from told
    where vehicle.id = told.vehicle_id and (vehicle.soc_at is null or vehicle.soc_at <= told.at)`.execute(db)
}
