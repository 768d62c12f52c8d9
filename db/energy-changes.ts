import { sql } from 'kysely'
import { json, type Db } from './database.ts'

/** Up to where the energy job has looked. */
export interface EnergyMark {
  /** Samples received until then have been counted. */
  receivedUntil: Date
  /** Sessions changed by transactions below this one have been counted. */
  changeSeq: number
}

/** Readings outside any session that came at one EVSE, by their time. */
export interface OutsideChange {
  stationId: string
  evseId: number
  from: Date
  to: Date
}

export interface EnergyChanges {
  /** Numbers of sessions, by start. */
  sessions: number[]
  outside: OutsideChange[]
  /** What to look from next time. */
  next: EnergyMark
}

/**
 * What the energy job has to count anew: sessions that changed or got samples since the mark, and readings outside any session. Reads what was received
 * since, and nothing else. Sessions from before `samplesKeptSince` are left alone: their samples may be gone.
 */
export async function energyChangesSince(db: Db, mark: EnergyMark, now: Date): Promise<EnergyChanges> {
  const { rows: seen } = await sql<{
    seq: number
    kept: string | null
  }>`select pg_snapshot_xmin(pg_current_snapshot())::text::bigint as seq, (select value #>> '{}' from setting where name = 'samplesKeptSince') as kept`.execute(
    db,
  )
  const { rows } = await sql<{
    station_id: string
    evse_id: number
    session_number: number | null
    first_at: Date
    last_at: Date
  }>`select station_id, evse_id, session_number, min(at) as first_at, max(at) as last_at from meter_sample
    where received_at > ${mark.receivedUntil}::timestamptz and register_wh is not null group by 1, 2, 3`.execute(db)
  const sampled = rows.flatMap((row) => (row.session_number === null ? [] : [row.session_number]))
  const { rows: sessions } = await sql<{ number: number }>`select number from charging_session
    where (change_seq >= ${mark.changeSeq}::bigint or number = any(${sampled}::int[])) and started_at >= coalesce(${seen[0]?.kept ?? null}::timestamptz, '-infinity')
    order by started_at, number`.execute(db)
  return {
    sessions: sessions.map((row) => row.number),
    outside: rows
      .filter((row) => row.session_number === null)
      .map((row) => ({ stationId: row.station_id, evseId: row.evse_id, from: row.first_at, to: row.last_at })),
    next: { receivedUntil: now, changeSeq: Number(seen[0]?.seq ?? mark.changeSeq) },
  }
}

/** From the beginning when nothing has ever been counted. */
export async function energyMark(db: Db): Promise<EnergyMark> {
  const row = await db.selectFrom('setting').select('value').where('name', '=', COUNTED).executeTakeFirst()
  const value = row?.value
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { receivedUntil: new Date(0), changeSeq: 0 }
  }
  return { receivedUntil: new Date(String(value['receivedUntil'])), changeSeq: Number(value['changeSeq']) }
}

export async function noteEnergyMark(db: Db, mark: EnergyMark): Promise<void> {
  const value = json({ receivedUntil: mark.receivedUntil.toISOString(), changeSeq: mark.changeSeq })
  await db
    .insertInto('setting')
    .values({ name: COUNTED, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute()
}

const COUNTED = 'energyCountedUntil'
