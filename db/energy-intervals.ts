import { sql } from 'kysely'
import { slotStart } from '../domain/slots.ts'
import { json, type Db } from './database.ts'

/** Readings of one EVSE's register that newly arrived ones have an influence on. */
export interface RegisterHistory {
  stationId: string
  evseId: number
  /** Quarter hours that begin before this have not changed. */
  from: Date
  /** Ascending, one for each instant. */
  readings: { at: Date; registerWh: number; sessionNumber: number | null; vehicleId: string | null }[]
}

/**
 * The readings of every EVSE that has sent some since `receivedAfter`, with those around them: back to the reading before, because what flowed in
 * between is spread over the quarters up to the first new one, and on to the reading after, when an outage's backlog came late.
 */
export async function registerHistories(db: Db, receivedAfter: Date): Promise<RegisterHistory[]> {
  const changed = await db
    .selectFrom('meter_sample')
    .where('received_at', '>', receivedAfter)
    .where('register_wh', 'is not', null)
    .groupBy(['station_id', 'evse_id'])
    .select((eb) => ['station_id', 'evse_id', eb.fn.min('at').as('first_at'), eb.fn.max('at').as('last_at')])
    .execute()
  if (changed.length === 0) return []
  const spans = changed.map((row) => ({
    station_id: row.station_id,
    evse_id: row.evse_id,
    first_at: slotStart(row.first_at),
    last_at: row.last_at,
  }))
  const { rows } = await sql<{
    station_id: string
    evse_id: number
    from_at: Date
    at: Date
    register_wh: number
    session_number: number | null
    vehicle_id: string | null
  }>`with span as (
      select r.station_id, r.evse_id, r.last_at, date_bin('15 minutes', coalesce(before.at, r.first_at), 'epoch') as from_at
      from jsonb_to_recordset(${json(spans)}::jsonb) as r(station_id text, evse_id int, first_at timestamptz, last_at timestamptz)
      left join lateral (select max(m.at) as at from meter_sample m where m.station_id = r.station_id and m.evse_id = r.evse_id
        and m.at < r.first_at and m.register_wh is not null) before on true)
    select s.station_id, s.evse_id, s.from_at, m.at, max(m.register_wh) as register_wh, max(m.session_number) as session_number,
      max(session.vehicle_id) as vehicle_id
    from span s
    left join lateral (select max(p.at) as at from meter_sample p where p.station_id = s.station_id and p.evse_id = s.evse_id
      and p.at < s.from_at and p.register_wh is not null) earlier on true
    left join lateral (select min(n.at) as at from meter_sample n where n.station_id = s.station_id and n.evse_id = s.evse_id
      and n.at > s.last_at and n.register_wh is not null) later on true
    join meter_sample m on m.station_id = s.station_id and m.evse_id = s.evse_id and m.register_wh is not null
      and m.at >= coalesce(earlier.at, s.from_at) and m.at <= coalesce(later.at, s.last_at)
    left join charging_session session on session.number = m.session_number
    group by s.station_id, s.evse_id, s.from_at, m.at
    order by s.station_id, s.evse_id, m.at`.execute(db)
  const histories = new Map<string, RegisterHistory>()
  for (const row of rows) {
    const key = `${row.station_id}/${row.evse_id}`
    const history = histories.get(key) ?? {
      stationId: row.station_id,
      evseId: row.evse_id,
      from: row.from_at,
      readings: [],
    }
    history.readings.push({
      at: row.at,
      registerWh: Number(row.register_wh),
      sessionNumber: row.session_number,
      vehicleId: row.vehicle_id,
    })
    histories.set(key, history)
  }
  return [...histories.values()]
}

export interface EnergyInterval {
  stationId: string
  evseId: number
  startAt: Date
  energyWh: number
  sessionNumber: number | null
  vehicleId: string | null
  complete: boolean
}

/** Stores intervals, in place of what stood there. */
export async function storeEnergyIntervals(db: Db, intervals: readonly EnergyInterval[]): Promise<void> {
  if (intervals.length === 0) return
  await sql`insert into energy_interval (station_id, evse_id, start_at, energy_wh, session_number, vehicle_id, complete)
    select * from unnest(${intervals.map((one) => one.stationId)}::text[], ${intervals.map((one) => one.evseId)}::int[],
      ${intervals.map((one) => one.startAt.toISOString())}::timestamptz[], ${intervals.map((one) => one.energyWh)}::int[],
      ${intervals.map((one) => one.sessionNumber)}::int[], ${intervals.map((one) => one.vehicleId)}::text[],
      ${intervals.map((one) => one.complete)}::boolean[])
    on conflict (station_id, evse_id, start_at) do update set energy_wh = excluded.energy_wh, session_number = excluded.session_number,
      vehicle_id = excluded.vehicle_id, complete = excluded.complete`.execute(db)
}

/** What all EVSEs of each site drew together in each quarter hour of `[from, to)`, ascending. */
export async function siteEnergy(
  db: Db,
  from: Date,
  to: Date,
): Promise<{ siteId: string; startAt: Date; energyWh: number }[]> {
  const rows = await db
    .selectFrom('energy_interval')
    .innerJoin('station', 'station.id', 'energy_interval.station_id')
    .where('start_at', '>=', from)
    .where('start_at', '<', to)
    .where('station.site_id', 'is not', null)
    .groupBy(['station.site_id', 'start_at'])
    .orderBy('station.site_id')
    .orderBy('start_at')
    .select((eb) => ['station.site_id', 'start_at', eb.fn.sum<string | number>('energy_wh').as('energy_wh')])
    .execute()
  return rows.flatMap((row) =>
    row.site_id === null ? [] : [{ siteId: row.site_id, startAt: row.start_at, energyWh: Number(row.energy_wh) }],
  )
}

/** The instant up to which received samples have been counted; null: never run. */
export async function energyCountedUntil(db: Db): Promise<Date | null> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', COUNTED).executeTakeFirst()
  return typeof row?.value === 'string' ? new Date(row.value) : null
}

export async function noteEnergyCountedUntil(db: Db, until: Date): Promise<void> {
  await db
    .insertInto('setting')
    .values({ name: COUNTED, value: json(until.toISOString()) })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: json(until.toISOString()) }))
    .execute()
}

const COUNTED = 'energyCountedUntil'
