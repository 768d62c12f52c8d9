import { sql } from 'kysely'
import type { SessionSpan } from '../domain/energy/outside-quarters.ts'
import type { RegisterReading } from '../domain/energy/register-step.ts'
import type { SessionRegister } from '../domain/energy/session-quarters.ts'
import { json, type Db } from './database.ts'
import type { OutsideChange } from './energy-changes.ts'

/** A session with everything that its register told. */
export interface CountableSession {
  number: number
  stationId: string
  evseId: number
  vehicleId: string | null
  idToken: string | null
  ended: boolean
  /** As the session has it now. */
  energyWh: number | null
  socStartPercent: number | null
  socEndPercent: number | null
  /** Learned, else nominal; null: nobody knows whose battery it was. */
  usableWh: number | null
  register: SessionRegister
}

/** The sessions of these numbers with their samples, by EVSE and number. */
export async function countableSessions(db: Db, numbers: readonly number[]): Promise<CountableSession[]> {
  const { rows: sessions } = await sql<{
    number: number
    station_id: string
    evse_id: number
    vehicle_id: string | null
    id_token: string | null
    started_at: Date
    ended_at: Date | null
    meter_start_wh: number | null
    meter_stop_wh: number | null
    energy_wh: number | null
    soc_start_percent: number | null
    soc_percent: number | null
    usable_wh: number | null
  }>`select s.number, s.station_id, s.evse_id, s.vehicle_id, s.id_token, s.started_at, s.ended_at, s.meter_start_wh, s.meter_stop_wh, s.energy_wh,
      s.soc_start_percent, s.soc_percent, coalesce(b.usable_wh, t.battery_capacity_wh) as usable_wh
    from charging_session s left join vehicle v on v.id = s.vehicle_id left join vehicle_type t on t.id = v.type_id
    left join vehicle_battery b on b.vehicle_id = v.id
    where s.number = any(${[...numbers]}::int[]) order by s.station_id, s.evse_id, s.number`.execute(db)
  const samples = await samplesOf(db, numbers, sessions)
  return sessions.map((row) => ({
    number: row.number,
    stationId: row.station_id,
    evseId: row.evse_id,
    vehicleId: row.vehicle_id,
    idToken: row.id_token,
    ended: row.ended_at !== null,
    energyWh: row.energy_wh,
    socStartPercent: row.soc_start_percent,
    socEndPercent: row.soc_percent,
    usableWh: row.usable_wh === null ? null : Number(row.usable_wh),
    register: {
      start: { atMs: row.started_at.getTime(), registerWh: row.meter_start_wh },
      stop: row.ended_at === null ? null : { atMs: row.ended_at.getTime(), registerWh: row.meter_stop_wh },
      samples: samples.get(row.number) ?? [],
    },
  }))
}

const DAY_MS = 24 * 3_600_000

async function samplesOf(
  db: Db,
  numbers: readonly number[],
  sessions: readonly { started_at: Date; ended_at: Date | null }[],
): Promise<Map<number, RegisterReading[]>> {
  if (sessions.length === 0) return new Map()
  // Bounds, so that the months in question are looked at and no others.
  const from = new Date(sessions.reduce((least, one) => Math.min(least, one.started_at.getTime()), Infinity) - DAY_MS)
  const open = sessions.some((one) => one.ended_at === null)
  const last = sessions.reduce((most, one) => Math.max(most, one.ended_at?.getTime() ?? 0), 0) + DAY_MS
  const { rows } = await sql<{ session_number: number; at: Date; register_wh: number }>`
    select session_number, at, register_wh from meter_sample
    where session_number = any(${[...numbers]}::int[]) and register_wh is not null and at >= ${from}::timestamptz
      and at <= coalesce(${open ? null : new Date(last)}::timestamptz, 'infinity')`.execute(db)
  const grouped = new Map<number, RegisterReading[]>()
  for (const row of rows) {
    const reading = { atMs: row.at.getTime(), registerWh: Number(row.register_wh) }
    const found = grouped.get(row.session_number)
    if (found === undefined) grouped.set(row.session_number, [reading])
    else found.push(reading)
  }
  return grouped
}

/** Everything that the energy outside sessions at an EVSE hangs on, around a change. */
export interface OutsideWindow {
  stationId: string
  evseId: number
  /** Quarter hours to count anew: from inclusive, to exclusive. */
  from: Date
  to: Date
  readings: RegisterReading[]
  sessions: SessionSpan[]
  /** The EVSE's latest reading of all. */
  knownUntil: Date | null
}

/**
 * Readings outside sessions and sessions' first and last ones around each change: as far as they hang together with it (an outlier is told by its neighbours),
 * to whole quarter hours, and as far as those hang together with more.
 */
export async function outsideWindows(db: Db, changes: readonly OutsideChange[]): Promise<OutsideWindow[]> {
  if (changes.length === 0) return []
  const asked = changes.map((one, id) => ({
    id,
    station_id: one.stationId,
    evse_id: one.evseId,
    low: one.from,
    high: one.to,
  }))
  const { rows: windows } = await sql<{
    id: number
    from_at: Date
    to_at: Date
    load_from: Date
    load_to: Date
    known_until: Date | null
  }>`with asked as (select * from jsonb_to_recordset(${json(asked)}::jsonb) as r(id int, station_id text, evse_id int, low timestamptz, high timestamptz)),
    touched as (select a.id, a.station_id, a.evse_id, date_bin('15 minutes', coalesce(${reachBefore('a.low')}, a.low), 'epoch') as from_at,
      date_bin('15 minutes', coalesce(${reachAfter('a.high')}, a.high), 'epoch') + interval '15 minutes' as to_at from asked a)
    select a.id, a.from_at, a.to_at, coalesce(${reachBefore('a.from_at')}, a.from_at) as load_from, coalesce(${reachAfter('a.to_at')}, a.to_at) as load_to,
      greatest((select max(m.at) from meter_sample m where m.station_id = a.station_id and m.evse_id = a.evse_id and m.session_number is null and m.register_wh is not null),
        (select max(e.last_at) from session_energy e where e.station_id = a.station_id and e.evse_id = a.evse_id)) as known_until
    from touched a order by a.id`.execute(db)
  const spans = json(
    windows.map((one) => ({
      id: one.id,
      station_id: changes[one.id]?.stationId,
      evse_id: changes[one.id]?.evseId,
      low: one.load_from,
      high: one.load_to,
    })),
  )
  const span = sql`jsonb_to_recordset(${spans}::jsonb) as r(id int, station_id text, evse_id int, low timestamptz, high timestamptz)`
  const { rows: readings } = await sql<{ id: number; at: Date; register_wh: number }>`
    select r.id, m.at, m.register_wh from ${span} cross join lateral (select at, max(register_wh) as register_wh from meter_sample
      where station_id = r.station_id and evse_id = r.evse_id and at >= r.low and at <= r.high and session_number is null and register_wh is not null
      group by at) m`.execute(db)
  const { rows: sessions } = await sql<{
    id: number
    first_at: Date
    first_wh: number
    last_at: Date
    last_wh: number
  }>`select r.id, e.first_at, e.first_wh, e.last_at, e.last_wh from ${span} cross join lateral (select * from session_energy
      where station_id = r.station_id and evse_id = r.evse_id and last_at >= r.low and first_at <= r.high and evse_id > 0 order by last_at offset 0) e`.execute(
    db,
  )
  const readingsOf = Map.groupBy(readings, (row) => row.id)
  const sessionsOf = Map.groupBy(sessions, (row) => row.id)
  return windows.flatMap((window) => {
    const change = changes[window.id]
    if (change === undefined) return []
    return {
      stationId: change.stationId,
      evseId: change.evseId,
      from: window.from_at,
      to: window.to_at,
      readings: (readingsOf.get(window.id) ?? []).map((row) => reading(row.at, row.register_wh)),
      sessions: (sessionsOf.get(window.id) ?? []).map((row) => ({
        first: reading(row.first_at, row.first_wh),
        last: reading(row.last_at, row.last_wh),
      })),
      knownUntil: window.known_until,
    }
  })
}

function reading(at: Date, registerWh: number): RegisterReading {
  return { atMs: at.getTime(), registerWh: Number(registerWh) }
}

/**
 * How far before a bound anything can hang together with it: the nearest end of a session, since nothing outside crosses it, or six readings, whichever is
 * nearer.
 */
function reachBefore(bound: 'a.low' | 'a.from_at') {
  const at = sql.ref(bound)
  const outside = sql`from meter_sample m where m.station_id = a.station_id and m.evse_id = a.evse_id and m.session_number is null
    and m.register_wh is not null and m.at < ${at} order by m.at desc`
  const ofEvse = sql`from session_energy e where e.station_id = a.station_id and e.evse_id = a.evse_id and e.evse_id > 0`
  return sql`coalesce(greatest((select m.at ${outside} offset 5 limit 1),
      (select max(e.first_at) ${ofEvse} and e.first_at < ${at}), (select max(e.last_at) ${ofEvse} and e.last_at < ${at})),
    (select min(at) from (select m.at ${outside} limit 5) few))`
}

function reachAfter(bound: 'a.high' | 'a.to_at') {
  const at = sql.ref(bound)
  const outside = sql`from meter_sample m where m.station_id = a.station_id and m.evse_id = a.evse_id and m.session_number is null
    and m.register_wh is not null and m.at > ${at} order by m.at`
  const ofEvse = sql`from session_energy e where e.station_id = a.station_id and e.evse_id = a.evse_id and e.evse_id > 0`
  return sql`coalesce(least((select m.at ${outside} offset 5 limit 1),
      (select min(e.first_at) ${ofEvse} and e.first_at > ${at}), (select min(e.last_at) ${ofEvse} and e.last_at > ${at})),
    (select max(at) from (select m.at ${outside} limit 5) few))`
}
