import { sql } from 'kysely'
import type { TelemetryReading } from '../domain/telemetry.ts'
import type { Db } from './database.ts'
import { requestReplan } from './replan-requests.ts'
import { retryConflicts } from './retry.ts'
import { newestByVehicle, oneAnInstant, socHistory, type KnownVehicle, type NewestValues } from './telemetry-values.ts'
import { surprisingSocs } from './telemetry-surprises.ts'
import { arrayParameter } from './array-parameter.ts'

export interface StoredTelemetry {
  /** Readings that told something new. */
  stored: number
  /** Readings that were there already. */
  repeated: number
  /** Vehicles that nobody entered; their readings are not kept. */
  unknownVehicles: string[]
}

/**
 * Stores what vehicles told, in any order and however often: one statement a batch. History keeps every reading (the same vehicle and instant again only
 * adds what was missing); what stands of a vehicle now changes field by field, and only for what is newer. A plan is asked for when a state of charge is
 * not what was to be expected (`surprisingSocs`), not for every reading.
 */
export async function storeTelemetry(
  db: Db,
  readings: readonly TelemetryReading[],
  receivedAt: Date,
): Promise<StoredTelemetry> {
  if (readings.length === 0) return { stored: 0, repeated: 0, unknownVehicles: [] }
  const rows = oneAnInstant(readings)
  const newest = newestByVehicle(rows)
  const { known, stored } = await retryConflicts(() => writeReadings(db, rows, newest, receivedAt))
  const before = new Map(known.map((one) => [one.id, one]))
  const surprises = await surprisingSocs(db, known, newest, receivedAt)
  for (const [siteId, cause] of surprises) await requestReplan(db, siteId, cause, receivedAt)
  const kept = rows.filter((row) => before.has(row.vehicleId)).length
  return {
    stored,
    repeated: kept - stored,
    unknownVehicles: newest.map((one) => one.vehicleId).filter((id) => !before.has(id)),
  }
}

async function writeReadings(
  db: Db,
  rows: readonly TelemetryReading[],
  newest: readonly NewestValues[],
  receivedAt: Date,
): Promise<{ known: KnownVehicle[]; stored: number }> {
  const column = (value: (row: TelemetryReading) => string | number | null) => arrayParameter(rows.map(value))
  const now = (value: (row: NewestValues) => string | number | null) => arrayParameter(newest.map(value))
  const socs = socHistory(rows)
  const { rows: result } = await sql<KnownVehicle & { stored: number }>`
    with known as (
      select id, label, site_id, type_id, in_service, soc_percent, soc_at from vehicle
      where id = any(${arrayParameter(newest.map((one) => one.vehicleId))}::text[]) order by id for update),
    stored as (
      insert into telemetry (vehicle_id, at, received_at, source, soc_percent, odometer_m, speed_kmh, latitude, longitude, heading_deg,
        outdoor_temperature_c, battery_temperature_c, doors_open, passengers)
      select r.vehicle_id, r.at, ${receivedAt}, r.source, r.soc, r.odometer, r.speed, r.latitude, r.longitude, r.heading, r.outdoor, r.battery, r.doors, r.passengers
      from unnest(
        ${column((row) => row.vehicleId)}::text[], ${column((row) => row.at.toISOString())}::timestamptz[], ${column((row) => row.source)}::text[],
        ${column((row) => row.socPercent)}::real[], ${column((row) => row.odometerM)}::bigint[], ${column((row) => row.speedKmh)}::real[],
        ${column((row) => row.latitude)}::double precision[], ${column((row) => row.longitude)}::double precision[], ${column((row) => row.headingDeg)}::real[],
        ${column((row) => row.outdoorTemperatureC)}::real[], ${column((row) => row.batteryTemperatureC)}::real[],
        ${column((row) => flag(row.doorsOpen))}::boolean[], ${column((row) => row.passengers)}::int[])
        as r(vehicle_id, at, source, soc, odometer, speed, latitude, longitude, heading, outdoor, battery, doors, passengers)
      where r.vehicle_id in (select id from known)
      on conflict (vehicle_id, at) do update set
        soc_percent = coalesce(telemetry.soc_percent, excluded.soc_percent), odometer_m = coalesce(telemetry.odometer_m, excluded.odometer_m),
        speed_kmh = coalesce(telemetry.speed_kmh, excluded.speed_kmh), latitude = coalesce(telemetry.latitude, excluded.latitude),
        longitude = coalesce(telemetry.longitude, excluded.longitude), heading_deg = coalesce(telemetry.heading_deg, excluded.heading_deg),
        outdoor_temperature_c = coalesce(telemetry.outdoor_temperature_c, excluded.outdoor_temperature_c),
        battery_temperature_c = coalesce(telemetry.battery_temperature_c, excluded.battery_temperature_c),
        doors_open = coalesce(telemetry.doors_open, excluded.doors_open), passengers = coalesce(telemetry.passengers, excluded.passengers)
      where (telemetry.soc_percent is null and excluded.soc_percent is not null) or (telemetry.odometer_m is null and excluded.odometer_m is not null)
        or (telemetry.speed_kmh is null and excluded.speed_kmh is not null) or (telemetry.latitude is null and excluded.latitude is not null)
        or (telemetry.heading_deg is null and excluded.heading_deg is not null)
        or (telemetry.outdoor_temperature_c is null and excluded.outdoor_temperature_c is not null)
        or (telemetry.battery_temperature_c is null and excluded.battery_temperature_c is not null)
        or (telemetry.doors_open is null and excluded.doors_open is not null) or (telemetry.passengers is null and excluded.passengers is not null)
      returning 1),
    remembered as (
      insert into vehicle_soc (vehicle_id, at, soc_percent, source)
      select s.vehicle_id, s.at, s.soc, 'telemetry' from unnest(
        ${arrayParameter(socs.map((one) => one.vehicleId))}::text[], ${arrayParameter(socs.map((one) => one.at.toISOString()))}::timestamptz[],
        ${arrayParameter(socs.map((one) => one.socPercent))}::real[]) as s(vehicle_id, at, soc)
      where s.vehicle_id in (select id from known) and not coalesce((
        select abs(b.soc_percent - s.soc) < 0.05 from vehicle_soc b where b.vehicle_id = s.vehicle_id and b.source = 'telemetry'
          and b.at <= s.at and b.at > s.at - interval '5 minutes' order by b.at desc limit 1), false)
      on conflict do nothing),
    moved as (
      update vehicle v set
        soc_percent = case when n.soc_at > coalesce(v.soc_at, '-infinity') then n.soc else v.soc_percent end,
        soc_source = case when n.soc_at > coalesce(v.soc_at, '-infinity') then 'telemetry' else v.soc_source end,
        soc_at = greatest(v.soc_at, n.soc_at),
        odometer_m = case when n.odometer_at > coalesce(v.odometer_at, '-infinity') then n.odometer else v.odometer_m end,
        odometer_at = greatest(v.odometer_at, n.odometer_at),
        speed_kmh = case when n.speed_at > coalesce(v.speed_at, '-infinity') then n.speed else v.speed_kmh end,
        speed_at = greatest(v.speed_at, n.speed_at),
        latitude = case when n.position_at > coalesce(v.position_at, '-infinity') then n.latitude else v.latitude end,
        longitude = case when n.position_at > coalesce(v.position_at, '-infinity') then n.longitude else v.longitude end,
        heading_deg = case when n.position_at > coalesce(v.position_at, '-infinity') then n.heading else v.heading_deg end,
        position_at = greatest(v.position_at, n.position_at),
        outdoor_temperature_c = case when n.outdoor_at > coalesce(v.outdoor_temperature_at, '-infinity') then n.outdoor else v.outdoor_temperature_c end,
        outdoor_temperature_at = greatest(v.outdoor_temperature_at, n.outdoor_at),
        battery_temperature_c = case when n.battery_at > coalesce(v.battery_temperature_at, '-infinity') then n.battery else v.battery_temperature_c end,
        battery_temperature_at = greatest(v.battery_temperature_at, n.battery_at),
        doors_open = case when n.doors_at > coalesce(v.doors_at, '-infinity') then n.doors else v.doors_open end,
        doors_at = greatest(v.doors_at, n.doors_at),
        passengers = case when n.passengers_at > coalesce(v.passengers_at, '-infinity') then n.passengers else v.passengers end,
        passengers_at = greatest(v.passengers_at, n.passengers_at),
        telemetry_source = case when n.at > coalesce(v.telemetry_at, '-infinity') then n.source else v.telemetry_source end,
        telemetry_at = greatest(v.telemetry_at, n.at)
      from known, unnest(
        ${now((one) => one.vehicleId)}::text[], ${now((one) => one.at.toISOString())}::timestamptz[], ${now((one) => one.source)}::text[],
        ${now((one) => one.soc?.value ?? null)}::real[], ${now((one) => time(one.soc))}::timestamptz[],
        ${now((one) => one.odometer?.value ?? null)}::bigint[], ${now((one) => time(one.odometer))}::timestamptz[],
        ${now((one) => one.speed?.value ?? null)}::real[], ${now((one) => time(one.speed))}::timestamptz[],
        ${now((one) => one.position?.value.latitude ?? null)}::double precision[], ${now((one) => one.position?.value.longitude ?? null)}::double precision[],
        ${now((one) => one.position?.value.headingDeg ?? null)}::real[], ${now((one) => time(one.position))}::timestamptz[],
        ${now((one) => one.outdoor?.value ?? null)}::real[], ${now((one) => time(one.outdoor))}::timestamptz[],
        ${now((one) => one.battery?.value ?? null)}::real[], ${now((one) => time(one.battery))}::timestamptz[],
        ${now((one) => flag(one.doors?.value ?? null))}::boolean[], ${now((one) => time(one.doors))}::timestamptz[],
        ${now((one) => one.passengers?.value ?? null)}::int[], ${now((one) => time(one.passengers))}::timestamptz[])
        as n(id, at, source, soc, soc_at, odometer, odometer_at, speed, speed_at, latitude, longitude, heading, position_at, outdoor, outdoor_at,
          battery, battery_at, doors, doors_at, passengers, passengers_at)
      where n.id = v.id and known.id = v.id and (
        n.at > coalesce(v.telemetry_at, '-infinity') or n.soc_at > coalesce(v.soc_at, '-infinity') or n.odometer_at > coalesce(v.odometer_at, '-infinity')
        or n.speed_at > coalesce(v.speed_at, '-infinity') or n.position_at > coalesce(v.position_at, '-infinity')
        or n.outdoor_at > coalesce(v.outdoor_temperature_at, '-infinity') or n.battery_at > coalesce(v.battery_temperature_at, '-infinity')
        or n.doors_at > coalesce(v.doors_at, '-infinity') or n.passengers_at > coalesce(v.passengers_at, '-infinity')))
    select id, label, site_id as "siteId", type_id as "typeId", in_service as "inService", soc_percent as "socPercent", soc_at as "socAt",
      (select count(*)::int from stored) as stored from known`.execute(db)
  return { known: result, stored: result[0]?.stored ?? 0 }
}

function flag(value: boolean | null): string | null {
  return value === null ? null : value ? 't' : 'f'
}

function time(told: { at: Date } | null): string | null {
  return told?.at.toISOString() ?? null
}
