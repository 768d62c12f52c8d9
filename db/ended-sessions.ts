import { sql } from 'kysely'
import { arrayParameter } from './array-parameter.ts'
import { json, type Db } from './database.ts'
import type { EnergyInterval } from './energy-intervals.ts'

/** A charging session that is over, with the registers at its ends; no samples of it are kept. */
export interface EndedSession {
  stationId: string
  evseId: number
  idToken: string | null
  vehicleId: string
  startedAt: Date
  endedAt: Date
  meterStartWh: number
  meterStopWh: number
  socStartPercent: number
  socEndPercent: number
  batteryWh: number | null
}

export interface SocReading {
  vehicleId: string
  at: Date
  socPercent: number
  source: string
}

/**
 * Stores sessions from before this database's time, in one statement, and what their registers came to. `origin` stands in their flags: where they are from. Returns their
 * numbers, in the same order. Their energy by the quarter hour is the caller's to store: nothing counts them again (`countOnlySince`).
 */
export async function storeEndedSessions(db: Db, sessions: readonly EndedSession[], origin: string): Promise<number[]> {
  const given = sessions.map((one, place) => ({
    place,
    station: one.stationId,
    evse: one.evseId,
    token: one.idToken,
    vehicle: one.vehicleId,
    started: one.startedAt.toISOString(),
    ended: one.endedAt.toISOString(),
    start_wh: one.meterStartWh,
    stop_wh: one.meterStopWh,
    start_soc: one.socStartPercent,
    end_soc: one.socEndPercent,
    battery: one.batteryWh,
  }))
  const { rows } = await sql<{ number: number }>`
    with given as materialized (select * from jsonb_to_recordset(${json(given)}::jsonb) as r(place int, station text, evse int, token text, vehicle text,
        started timestamptz, ended timestamptz, start_wh bigint, stop_wh bigint, start_soc real, end_soc real, battery bigint)),
    put as (insert into charging_session (station_id, evse_id, connector_id, transaction_id, start_key, protocol, id_token, vehicle_id, "authorization",
        started_at, started_received_at, ended_at, ended_received_at, meter_start_wh, meter_last_wh, meter_stop_wh, energy_wh, soc_start_percent, soc_percent,
        last_sample_at, stop_reason, flags)
      select station, evse, 1, ${origin}::text || '-' || place, ${origin}::text || '-' || place, coalesce(s.protocol, 'ocpp2.0.1'), token, vehicle, 'accepted',
        started, started, ended, ended, start_wh, stop_wh, stop_wh, stop_wh - start_wh, start_soc, end_soc, ended, 'EVDisconnected', jsonb_build_object('origin', ${origin}::text)
      from given join station s on s.id = given.station order by started, place
      returning number, start_key),
    counted as (insert into session_energy (session_number, station_id, evse_id, first_at, first_wh, last_at, last_wh, energy_wh, battery_wh, group_number)
      select p.number, g.station, g.evse, g.started, g.start_wh, g.ended, g.stop_wh, g.stop_wh - g.start_wh, g.battery, p.number
      from put p join given g on p.start_key = ${origin}::text || '-' || g.place)
    select p.number from put p join given g on p.start_key = ${origin}::text || '-' || g.place order by g.place`.execute(
    db,
  )
  return rows.map((row) => row.number)
}

/** Adds intervals of sessions and times of which none stand yet. */
export async function addIntervals(db: Db, intervals: readonly EnergyInterval[]): Promise<void> {
  await sql`insert into energy_interval (station_id, evse_id, start_at, session_number, energy_wh, vehicle_id, complete)
    select * from unnest(${arrayParameter(intervals.map((one) => one.stationId))}::text[], ${arrayParameter(intervals.map((one) => one.evseId))}::int[],
      ${arrayParameter(intervals.map((one) => one.startAt.toISOString()))}::timestamptz[], ${arrayParameter(intervals.map((one) => one.sessionNumber))}::int[],
      ${arrayParameter(intervals.map((one) => one.energyWh))}::int[], ${arrayParameter(intervals.map((one) => one.vehicleId))}::text[],
      ${intervals.map((one) => one.complete)}::boolean[])`.execute(db)
}

export async function addSocReadings(db: Db, readings: readonly SocReading[]): Promise<void> {
  await sql`insert into vehicle_soc (vehicle_id, at, soc_percent, source)
    select * from unnest(${readings.map((one) => one.vehicleId)}::text[], ${readings.map((one) => one.at.toISOString())}::timestamptz[],
      ${readings.map((one) => one.socPercent)}::real[], ${readings.map((one) => one.source)}::text[]) on conflict do nothing`.execute(
    db,
  )
}

/** Sessions that began before `at` are never counted from samples: there are none of theirs. */
export async function countOnlySince(db: Db, at: Date): Promise<void> {
  const value = json(at.toISOString())
  await db
    .insertInto('setting')
    .values({ name: 'samplesKeptSince', value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}
