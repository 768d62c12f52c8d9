import { sql } from 'kysely'
import type { Db } from './database.ts'
import { arrayParameter } from './array-parameter.ts'

/** What the registers of a session came to. */
export interface CountedSession {
  number: number
  stationId: string
  evseId: number
  firstAt: Date
  firstWh: number
  lastAt: Date
  lastWh: number
  /** null: one reading alone says nothing. */
  energyWh: number | null
  resets: number
  breaks: number
  batteryWh: number | null
  ended: boolean
}

/** Where a session stood before it was counted again. */
export interface CountedBefore {
  number: number
  stationId: string
  evseId: number
  firstAt: Date
  firstWh: number
  lastAt: Date
  lastWh: number
  batteryWh: number | null
}

export async function countedSessions(db: Db, numbers: readonly number[]): Promise<CountedBefore[]> {
  const rows = await db
    .selectFrom('session_energy')
    .selectAll()
    .where(sql<boolean>`session_number = any(${[...numbers]}::int[])`)
    .execute()
  return rows.map((row) => ({
    number: row.session_number,
    stationId: row.station_id,
    evseId: row.evse_id,
    firstAt: row.first_at,
    firstWh: Number(row.first_wh),
    lastAt: row.last_at,
    lastWh: Number(row.last_wh),
    batteryWh: row.battery_wh === null ? null : Number(row.battery_wh),
  }))
}

/**
 * Keeps what sessions came to. A session that has ended is given the energy that its intervals add up to: late samples may have told of a register that
 * began anew, which nobody could know when it ended.
 */
export async function storeCountedSessions(db: Db, sessions: readonly CountedSession[]): Promise<void> {
  if (sessions.length === 0) return
  await sql`insert into session_energy (session_number, station_id, evse_id, first_at, first_wh, last_at, last_wh, energy_wh, resets, breaks, battery_wh, group_number)
    select n, st, ev, fa, fw, la, lw, en, re, br, ba, n from unnest(
      ${arrayParameter(sessions.map((one) => one.number))}::int[], ${arrayParameter(sessions.map((one) => one.stationId))}::text[],
      ${arrayParameter(sessions.map((one) => one.evseId))}::int[],
      ${arrayParameter(sessions.map((one) => one.firstAt.toISOString()))}::timestamptz[], ${arrayParameter(sessions.map((one) => one.firstWh))}::bigint[],
      ${arrayParameter(sessions.map((one) => one.lastAt.toISOString()))}::timestamptz[], ${arrayParameter(sessions.map((one) => one.lastWh))}::bigint[],
      ${arrayParameter(sessions.map((one) => one.energyWh ?? 0))}::bigint[], ${arrayParameter(sessions.map((one) => one.resets))}::int[],
      ${arrayParameter(sessions.map((one) => one.breaks))}::int[], ${arrayParameter(sessions.map((one) => one.batteryWh))}::bigint[])
      as v(n, st, ev, fa, fw, la, lw, en, re, br, ba)
    on conflict (session_number) do update set station_id = excluded.station_id, evse_id = excluded.evse_id, first_at = excluded.first_at,
      first_wh = excluded.first_wh, last_at = excluded.last_at, last_wh = excluded.last_wh, energy_wh = excluded.energy_wh, resets = excluded.resets,
      breaks = excluded.breaks, battery_wh = excluded.battery_wh`.execute(db)
  const ended = sessions.filter((one) => one.ended && one.energyWh !== null)
  if (ended.length === 0) return
  await sql`update charging_session s set energy_wh = v.energy
    from unnest(${arrayParameter(ended.map((one) => one.number))}::int[], ${arrayParameter(ended.map((one) => one.energyWh))}::bigint[]) as v(number, energy)
    where s.number = v.number and s.ended_at is not null and s.energy_wh is distinct from v.energy`.execute(db)
}
