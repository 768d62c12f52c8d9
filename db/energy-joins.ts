import { sql } from 'kysely'
import { carriesOn, type SessionPart } from '../domain/energy/join-sessions.ts'
import type { Db } from './database.ts'

/**
 * Finds out which of these sessions carry on the one before them at their EVSE, and which of those after them carry them on, and numbers each group by
 * its first part. Call it when they have been counted.
 */
export async function joinSessions(db: Db, numbers: readonly number[]): Promise<void> {
  if (numbers.length === 0) return
  const { rows } = await sql<PairRow>`
    with touched as (select station_id, evse_id, first_at, session_number from session_energy where session_number = any(${[...numbers]}::int[]) and evse_id > 0),
    later as (
      select t.session_number from touched t
      union select n.session_number from touched t cross join lateral (select e.session_number from session_energy e where e.station_id = t.station_id
        and e.evse_id = t.evse_id and (e.first_at, e.session_number) > (t.first_at, t.session_number) order by e.first_at, e.session_number limit 1) n)
    select a.session_number as number, a.continues_number, a.first_at, a.first_wh, a.last_at, a.last_wh, s.vehicle_id, s.id_token, s.soc_start_percent, s.soc_percent,
      s.ended_at is not null as ended, b.session_number as before_number, b.first_at as before_first_at, b.first_wh as before_first_wh,
      b.last_at as before_last_at, b.last_wh as before_last_wh, p.vehicle_id as before_vehicle_id, p.id_token as before_id_token,
      p.soc_start_percent as before_soc_start_percent, p.soc_percent as before_soc_percent, p.ended_at is not null as before_ended
    from later join session_energy a on a.session_number = later.session_number join charging_session s on s.number = a.session_number
    left join lateral (select e.* from session_energy e where e.station_id = a.station_id and e.evse_id = a.evse_id
      and (e.first_at, e.session_number) < (a.first_at, a.session_number) order by e.first_at desc, e.session_number desc limit 1) b on true
    left join charging_session p on p.number = b.session_number`.execute(db)
  const found = rows.map((row) => ({ number: row.number, before: row.continues_number, after: predecessorOf(row) }))
  const changed = found.filter((one) => one.before !== one.after)
  if (changed.length > 0) {
    await sql`update session_energy e set continues_number = v.continues
      from unnest(${changed.map((one) => one.number)}::int[], ${changed.map((one) => one.after)}::int[]) as v(number, continues)
      where e.session_number = v.number`.execute(db)
  }
  await numberGroups(db, [...new Set(found.map((one) => one.number))])
}

interface PairRow {
  number: number
  continues_number: number | null
  first_at: Date
  first_wh: number
  last_at: Date
  last_wh: number
  vehicle_id: string | null
  id_token: string | null
  soc_start_percent: number | null
  soc_percent: number | null
  ended: boolean
  before_number: number | null
  before_first_at: Date | null
  before_first_wh: number | null
  before_last_at: Date | null
  before_last_wh: number | null
  before_vehicle_id: string | null
  before_id_token: string | null
  before_soc_start_percent: number | null
  before_soc_percent: number | null
  before_ended: boolean
}

function predecessorOf(row: PairRow): number | null {
  if (row.before_number === null || row.before_first_at === null || row.before_last_at === null) return null
  const before: SessionPart = {
    vehicleId: row.before_vehicle_id,
    idToken: row.before_id_token,
    first: { atMs: row.before_first_at.getTime(), registerWh: Number(row.before_first_wh) },
    last: { atMs: row.before_last_at.getTime(), registerWh: Number(row.before_last_wh) },
    ended: row.before_ended,
    socStartPercent: row.before_soc_start_percent,
    socEndPercent: row.before_soc_percent,
  }
  const after: SessionPart = {
    vehicleId: row.vehicle_id,
    idToken: row.id_token,
    first: { atMs: row.first_at.getTime(), registerWh: Number(row.first_wh) },
    last: { atMs: row.last_at.getTime(), registerWh: Number(row.last_wh) },
    ended: row.ended,
    socStartPercent: row.soc_start_percent,
    socEndPercent: row.soc_percent,
  }
  return carriesOn(before, after) ? row.before_number : null
}

/** A group takes its first part's number; what a part passes on, the parts after it take too. */
async function numberGroups(db: Db, numbers: readonly number[]): Promise<void> {
  let next: readonly number[] = numbers
  while (next.length > 0) {
    const { rows } = await sql<{ number: number }>`with changed as (
        update session_energy e set group_number = coalesce(p.group_number, e.session_number)
        from session_energy self left join session_energy p on p.session_number = self.continues_number
        where self.session_number = e.session_number and e.session_number = any(${[...next]}::int[])
          and e.group_number <> coalesce(p.group_number, e.session_number)
        returning e.session_number)
      select e.session_number as number from session_energy e join changed on e.continues_number = changed.session_number
      union select session_number from changed`.execute(db)
    next = rows.map((row) => row.number)
  }
}
