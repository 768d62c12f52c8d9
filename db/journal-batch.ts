import { sql } from 'kysely'
import type { Db } from './database.ts'
import { framesInsert, insertFrames, type LoggedFrame } from './message-log.ts'
import {
  applyLatestReadings,
  insertSamples,
  samplesInsert,
  type LatestReading,
  type MeterSample,
} from './meter-samples.ts'

/** What one message leaves behind. */
export interface JournalEntry {
  frames?: readonly LoggedFrame[]
  samples?: readonly MeterSample[]
  latest?: readonly LatestReading[]
  heard?: readonly Heard[]
  /** Bring the last values up to date with this entry, however recently that was done. */
  settle?: boolean
}

/** That a station gave a sign of life. */
export interface Heard {
  stationId: string
  at: Date
  /** How far its clock was off, when the message told. */
  clockSkewMs?: number
  /** Quirks met since the last one, by name. */
  quirks?: Record<string, number>
}

/** Last values that are to be written now. */
export interface LastValues {
  readings: readonly LatestReading[]
  heard: readonly Heard[]
}

/** Writes what many messages left behind, all or nothing: one statement, or one transaction when last values are due. */
export async function writeBatch(db: Db, entries: readonly JournalEntry[], due: LastValues): Promise<void> {
  if (due.readings.length === 0 && due.heard.length === 0) {
    await insertEntries(db, entries)
    return
  }
  await db.transaction().execute(async (tx) => {
    await insertEntries(tx, entries)
    await applyLatestReadings(tx, due.readings)
    await noteHeard(tx, due.heard)
  })
}

/** One statement for both tables: a commit without BEGIN and COMMIT around it. */
async function insertEntries(db: Db, entries: readonly JournalEntry[]): Promise<void> {
  const frames: LoggedFrame[] = []
  const samples: MeterSample[] = []
  for (const entry of entries) {
    if (entry.frames !== undefined) frames.push(...entry.frames)
    if (entry.samples !== undefined) samples.push(...entry.samples)
  }
  if (samples.length === 0) {
    await insertFrames(db, frames)
  } else if (frames.length === 0) {
    await insertSamples(db, samples)
  } else {
    await sql`with logged as (${framesInsert(frames)}) ${samplesInsert(samples)}`.execute(db)
  }
}

async function noteHeard(db: Db, heard: readonly Heard[]): Promise<void> {
  if (heard.length === 0) return
  // Locked in the order of their ids, as everyone who locks several does.
  const ids = heard.map((one) => one.stationId)
  await sql`with locked as (select id from station where id = any(${ids}::text[]) order by id for update)
    update station s set last_message_at = greatest(s.last_message_at, v.at), clock_skew_ms = coalesce(v.skew, s.clock_skew_ms),
      quirks = case when v.quirks is null then s.quirks else (
        select s.quirks || coalesce(jsonb_object_agg(key, value::bigint + coalesce((s.quirks ->> key)::bigint, 0)), '{}') from jsonb_each_text(v.quirks)) end
    from unnest(
      ${ids}::text[], ${heard.map((one) => one.at.toISOString())}::timestamptz[],
      ${heard.map((one) => one.clockSkewMs ?? null)}::bigint[],
      ${heard.map((one) => (one.quirks === undefined ? null : JSON.stringify(one.quirks)))}::jsonb[])
      as v(id, at, skew, quirks) join locked on locked.id = v.id
    where s.id = v.id`.execute(db)
}

export function readingKey(reading: LatestReading): string {
  return `${reading.stationId}/${reading.evseId}/${reading.sessionNumber ?? ''}`
}

/** Two readings of the same session and EVSE as one: the newer one's values, the older one's where it has none. */
export function mergeReadings(before: LatestReading, after: LatestReading): LatestReading {
  const [older, newer] = before.at <= after.at ? [before, after] : [after, before]
  return {
    ...newer,
    meterStartWh: older.meterStartWh ?? newer.meterStartWh,
    meterLastWh: newer.meterLastWh ?? older.meterLastWh,
    energyWh: newer.energyWh ?? older.energyWh,
    socPercent: newer.socPercent ?? older.socPercent,
    firstSocPercent: older.firstSocPercent ?? older.socPercent ?? newer.firstSocPercent ?? newer.socPercent,
    powerW: newer.powerW ?? older.powerW,
    seqNo: newer.seqNo ?? older.seqNo,
  }
}

export function mergeHeard(before: Heard, after: Heard): Heard {
  const quirks = { ...before.quirks }
  for (const [name, count] of Object.entries(after.quirks ?? {})) quirks[name] = (quirks[name] ?? 0) + count
  const clockSkewMs = after.clockSkewMs ?? before.clockSkewMs
  return {
    stationId: after.stationId,
    at: after.at > before.at ? after.at : before.at,
    ...(clockSkewMs === undefined ? {} : { clockSkewMs }),
    ...(Object.keys(quirks).length === 0 ? {} : { quirks }),
  }
}
