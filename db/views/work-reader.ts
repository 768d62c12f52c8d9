import { sql } from 'kysely'
import type { Block } from '../../domain/block.ts'
import { blocksBetween } from '../blocks.ts'
import type { Db } from '../database.ts'

/** Every vehicle's blocks from 12 hours ago until 48 hours ahead, by vehicle, ascending. */
export type WorkAround = ReadonlyMap<string, readonly Block[]>

/** Reads who drives what around now and keeps it: joining a city's timetable is dear, and it rarely changes. */
export interface WorkReader {
  around(now: Date): Promise<WorkAround>
}

const HOUR_MS = 3_600_000
const LOOK_BACK_MS = 12 * HOUR_MS
const LOOK_AHEAD_MS = 48 * HOUR_MS
/** The window moves on with this step. */
const KEPT_MS = HOUR_MS / 2

export function createWorkReader(db: Db): WorkReader {
  let kept: { state: string; at: Date; work: Promise<WorkAround> } | undefined

  return {
    async around(now) {
      const state = await timetableState(db, now)
      if (kept === undefined || kept.state !== state || Math.abs(now.getTime() - kept.at.getTime()) > KEPT_MS) {
        const loading = { state, at: now, work: readWork(db, now) }
        kept = loading
        loading.work.catch(() => {
          if (kept === loading) kept = undefined
        })
      }
      return kept.work
    },
  }
}

/** Differs whenever a feed, an assignment around now or who is in service has changed: sums, because a late commit may carry a lower number than an early one. */
async function timetableState(db: Db, now: Date): Promise<string> {
  const since = new Date(now.getTime() - 4 * 24 * HOUR_MS).toISOString().slice(0, 10)
  const { rows } = await sql<{ state: string }>`select concat_ws(' ',
    (select coalesce(sum(change_seq), 0) from feed),
    (select coalesce(sum(change_seq), 0) || ' ' || count(*) from block_assignment where date >= ${since}::date),
    (select coalesce(sum(hashtext(id)), 0) || ' ' || count(*) from vehicle where in_service)) as state`.execute(db)
  return rows[0]?.state ?? ''
}

async function readWork(db: Db, now: Date): Promise<WorkAround> {
  const from = new Date(now.getTime() - LOOK_BACK_MS)
  const blocks = await blocksBetween(db, { from, to: new Date(now.getTime() + LOOK_AHEAD_MS) })
  const work = Map.groupBy(blocks, (block) => block.vehicleId ?? '')
  work.delete('')
  return work
}
