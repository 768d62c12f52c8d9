import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { ensureMonthPartitions } from '../../db/partitions.ts'

export interface FillOptions {
  vehicles: number
  /** The last whole day that is filled, `YYYY-MM-DD`, in UTC: the site of the bench lies there. */
  lastDate: string
  days: number
  say(line: string): void
}

const LINES = 25
const STOPS_EACH_WAY = 20
const TRIPS_A_BLOCK = 24

/**
 * Fills an empty database with what a fleet leaves behind in `days`: every quarter hour of every charger, a charging session a vehicle and
 * night, hourly states of charge, drives by line, a timetable of 25 lines with predictions for today, and 10,000 places. In SQL, because it is much.
 */
export async function fill(db: Db, options: FillOptions): Promise<void> {
  const { vehicles, days, lastDate, say } = options
  const first = new Date(Date.parse(`${lastDate}T00:00:00Z`) - (days - 1) * 86_400_000)
  const timed = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    const begun = performance.now()
    await work()
    say(`  ${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
  }
  for (let month = first.getTime(); month < Date.parse(`${lastDate}T00:00:00Z`) + 86_400_000; month += 28 * 86_400_000)
    await ensureMonthPartitions(db, new Date(month))
  await timed('depot', () => fillDepot(db, vehicles))
  await timed(`${(vehicles * days).toLocaleString('en')} sessions`, () => fillSessions(db, { vehicles, days, first }))
  await timed(`${(vehicles * days * 96).toLocaleString('en')} quarter hours`, () =>
    fillIntervals(db, { vehicles, days, first }),
  )
  await timed('states of charge, drives', () => fillHistory(db, { vehicles, days, first }))
  await timed('timetable, predictions', () => fillTimetable(db, vehicles, lastDate))
  await timed('places', () => fillPlaces(db))
  await timed('statistics', () => sql`analyze`.execute(db))
}

/** Readings of places and vehicles grow old while the rest is filled. */
export async function freshen(db: Db): Promise<void> {
  await sql`update place set as_of = now() - (capacity + free) % 20 * interval '30 seconds'`.execute(db)
  await sql`update vehicle set soc_at = now(), position_at = now(), telemetry_at = now()`.execute(db)
  await sql`update block_prediction set position_at = now(), computed_at = now()`.execute(db)
}

async function fillDepot(db: Db, vehicles: number): Promise<void> {
  const tariff = JSON.stringify({
    zones: [
      { from: '22:00', to: '06:00', eurPerKwh: 0.09 },
      { from: '00:00', to: '24:00', eurPerKwh: 0.16 },
    ],
    networkEurPerKwh: 0.03,
    peakEurPerKw: 5,
  })
  await sql`insert into site (id, name, time_zone, latitude, longitude, tariff) values ('depot', 'Depot', 'UTC', 42.5, 27.46, ${tariff}::jsonb)`.execute(
    db,
  )
  await sql`insert into limit_node (site_id, id, limit_w, base_load_w) values ('depot', 'grid', ${vehicles * 50_000}, 20000)`.execute(
    db,
  )
  await sql`insert into station (id, site_id, node_id, registration, connected, protocol, last_message_at)
    select 'st-' || n, 'depot', 'grid', 'accepted', true, 'ocpp2.0.1', now() from generate_series(1, ${vehicles}) n`.execute(
    db,
  )
  await sql`insert into evse (station_id, evse_id, max_power_w, vehicle_id, plugged_in) select 'st-' || n, 1, 150000, 'bus-' || n, false from generate_series(1, ${vehicles}) n`.execute(
    db,
  )
  await sql`insert into connector (station_id, evse_id, connector_id, type, status, status_at) select 'st-' || n, 1, 1, 'cCCS2', 'available', now() from generate_series(1, ${vehicles}) n`.execute(
    db,
  )
  await sql`insert into vehicle_type (id, label, battery_capacity_wh, max_power_w, min_soc_percent, max_soc_percent, reserve_soc_percent, taper, consumption)
    select 'type-' || n, 'Type ' || n, 350000, 150000, 10, 100, 10, '[[0,150],[80,150],[100,20]]', '[[-10,1.5],[15,1.0],[35,1.2]]' from generate_series(1, 3) n`.execute(
    db,
  )
  await sql`insert into vehicle (id, label, site_id, type_id, soc_percent, soc_at, soc_source, latitude, longitude, position_at, telemetry_at)
    select 'bus-' || n, 'Bus ' || n, 'depot', 'type-' || (1 + n % 3), 40 + n % 50, now(), 'telemetry', 42.45 + random() * 0.1, 27.4 + random() * 0.1, now(), now()
    from generate_series(1, ${vehicles}) n`.execute(db)
}

interface Span {
  vehicles: number
  days: number
  first: Date
}

/** A vehicle charges from 22:00 to 02:00: sixteen quarters of 7 to 13 kWh. */
async function fillSessions(db: Db, { vehicles, days, first }: Span): Promise<void> {
  await sql`insert into charging_session (station_id, evse_id, connector_id, transaction_id, start_key, protocol, vehicle_id, "authorization",
      started_at, started_received_at, ended_at, ended_received_at, meter_start_wh, meter_last_wh, meter_stop_wh, energy_wh, soc_start_percent, soc_percent, stop_reason)
    select 'st-' || n, 1, 1, 'tx-' || n || '-' || d, 'key-' || n || '-' || d, 'ocpp2.0.1', 'bus-' || n, 'accepted', t.at, t.at, t.at + interval '4 hours', t.at + interval '4 hours',
      d * 160000, d * 160000 + 160000, d * 160000 + 160000, 160000, 45, 89, 'EVDisconnected'
    from generate_series(0, ${days - 1}) d cross join generate_series(1, ${vehicles}) n
    cross join lateral (select ${first.toISOString()}::timestamptz + d * interval '1 day' + interval '22 hours' as at) t
    order by d, n`.execute(db)
  await sql`insert into session_energy (session_number, station_id, evse_id, first_at, first_wh, last_at, last_wh, energy_wh, battery_wh, group_number)
    select number, station_id, evse_id, started_at, meter_start_wh, ended_at, meter_stop_wh, energy_wh, energy_wh * 0.94, number from charging_session`.execute(
    db,
  )
}

/** In portions of a month, so that no statement holds millions of rows. Outside a session a charger draws 10 to 20 Wh a quarter hour. */
async function fillIntervals(db: Db, { vehicles, days, first }: Span): Promise<void> {
  for (let from = 0; from < days; from += 28) {
    const to = Math.min(days, from + 28)
    await sql`insert into energy_interval (station_id, evse_id, start_at, session_number, energy_wh, vehicle_id, complete)
      select 'st-' || n, 1, ${first.toISOString()}::timestamptz + d * interval '1 day' + q * interval '15 minutes',
        case when q >= 88 and d < ${days} then d * ${vehicles} + n when q < 8 and d > 0 then (d - 1) * ${vehicles} + n else 0 end,
        case when q >= 88 or (q < 8 and d > 0) then 7000 + (n * 37 + d * 11 + q * 97) % 6000 else 10 + (n + q) % 10 end,
        case when q >= 88 or (q < 8 and d > 0) then 'bus-' || n end, true
      from generate_series(${from}::int, ${to - 1}::int) d cross join generate_series(1, ${vehicles}) n cross join generate_series(0, 95) q`.execute(
      db,
    )
  }
}

async function fillHistory(db: Db, { vehicles, days, first }: Span): Promise<void> {
  await sql`insert into vehicle_soc (vehicle_id, at, soc_percent, source)
    select 'bus-' || n, ${first.toISOString()}::timestamptz + h * interval '1 hour', 40 + (n * 7 + h * 13) % 55, 'telemetry'
    from generate_series(1, ${vehicles}) n cross join generate_series(0, ${days * 24 - 1}) h`.execute(db)
  await sql`insert into drive_day (date, vehicle_id, block_id, route, distance_m, drive_seconds, energy_wh, temperature_c, passengers_km)
    select (${first.toISOString()}::timestamptz + d * interval '1 day')::date, 'bus-' || n, 'block-' || n, 'L' || (1 + n % ${LINES}),
      180000 + (n * 31 + d * 17) % 40000, 36000, (180000 + (n * 31 + d * 17) % 40000) * 0.95, 12 + 12 * sin(d / 58.0), 40000
    from generate_series(0, ${days - 1}) d cross join generate_series(1, ${vehicles}) n`.execute(db)
}

/** A block is a vehicle's day round the clock, so that there are arrivals whenever one measures: 24 trips of an hour along a line of twenty stops each way. Predicted calls are as `db/stored-stops.ts` has them. */
async function fillTimetable(db: Db, blocks: number, date: string): Promise<void> {
  const feed = 'bench'
  await sql`insert into feed (id, file_name, sha256, imported_at, time_zone) values (${feed}, 'bench.zip', 'none', now(), 'UTC')`.execute(
    db,
  )
  await sql`insert into service_day (feed_id, service_id, date) select ${feed}, 'daily', ${date}::date + n from generate_series(-1, 2) n`.execute(
    db,
  )
  await sql`insert into route (feed_id, id, short_name, type) select ${feed}, 'r' || n, 'L' || n, 3 from generate_series(1, ${LINES}) n`.execute(
    db,
  )
  await sql`insert into stop (feed_id, id, name, latitude, longitude)
    select ${feed}, 's-' || l || '-' || w || '-' || s, 'Stop ' || l || '/' || s, 42.4 + l * 0.01, 27.3 + s * 0.005 + w * 0.0005
    from generate_series(1, ${LINES}) l cross join generate_series(0, 1) w cross join generate_series(1, ${STOPS_EACH_WAY}) s`.execute(
    db,
  )
  const start = (n: string, t: string) => sql.raw(`(${n} % 60) * 60 + ${t} * 3600`)
  await sql`insert into trip (feed_id, id, route_id, service_id, block_id, headsign, direction_id, distance_m, start_s, end_s, start_stop_id, end_stop_id)
    select ${feed}, 't-' || n || '-' || t, 'r' || (1 + n % ${LINES}), 'daily', 'block-' || n, 'Terminus ' || (t % 2), t % 2, 12000, ${start('n', 't')}, ${start('n', 't')} + 3420,
      's-' || (1 + n % ${LINES}) || '-' || t % 2 || '-1', 's-' || (1 + n % ${LINES}) || '-' || t % 2 || '-' || ${STOPS_EACH_WAY}::int
    from generate_series(1, ${blocks}) n cross join generate_series(0, ${TRIPS_A_BLOCK - 1}) t`.execute(db)
  await sql`insert into stop_time (feed_id, trip_id, sequence, stop_id, arrival_s, departure_s)
    select ${feed}, 't-' || n || '-' || t, s, 's-' || (1 + n % ${LINES}) || '-' || t % 2 || '-' || s, ${start('n', 't')} + (s - 1) * 180, ${start('n', 't')} + (s - 1) * 180
    from generate_series(1, ${blocks}) n cross join generate_series(0, ${TRIPS_A_BLOCK - 1}) t cross join generate_series(1, ${STOPS_EACH_WAY}) s`.execute(
    db,
  )
  await sql`insert into block_vehicle_rule (feed_id, service_id, block_id, date, vehicle_id) select ${feed}, 'daily', 'block-' || n, null, 'bus-' || n from generate_series(1, ${blocks}) n`.execute(
    db,
  )
  await sql`insert into block_prediction (date, block_id, feed_id, vehicle_id, computed_at, position_at, deviation_s, basis, end_at, stops)
    select ${date}::date, block_id, ${feed}, 'bus-' || substr(block_id, 7), now(), now(), 120, 'live', max(d.midnight + (arrival_s + 120) * interval '1 second'),
      jsonb_agg(jsonb_build_array(trip.id, sequence, stop_id, extract(epoch from d.midnight)::bigint + arrival_s, departure_s - arrival_s, 120, departure_s - arrival_s + 120, 60,
        case when d.midnight + arrival_s * interval '1 second' < now() then 2 else 0 end) order by arrival_s)
    from trip join stop_time on stop_time.feed_id = trip.feed_id and stop_time.trip_id = trip.id
    cross join (select ${date}::date::timestamp at time zone 'UTC' as midnight) d
    where trip.feed_id = ${feed} group by block_id`.execute(db)
}

async function fillPlaces(db: Db): Promise<void> {
  await sql`insert into place_source (id, name, kind, public, updated_at) values ('bench', 'Bench', 'parking', true, now())`.execute(
    db,
  )
  await sql`insert into place (id, source, kind, name, latitude, longitude, capacity, free, as_of, updated_at)
    select 'bench:' || n, 'bench', (array['parking', 'charger', 'wifi', 'air', 'building'])[1 + n % 5], 'Place ' || n, 42.3 + random() * 0.4, 27.2 + random() * 0.5,
      20, n % 21, now() - (n % 40) * interval '1 minute', now() from generate_series(1, 10000) n`.execute(db)
}
