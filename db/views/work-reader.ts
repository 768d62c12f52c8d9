import { sql } from 'kysely'
import type { Block } from '../../domain/block.ts'
import { serviceDatesAround } from '../../domain/service-time.ts'
import { blocksOfDays, type FeedZone } from '../block-days.ts'
import { activeFeeds, putVehicles } from '../blocks.ts'
import type { Db } from '../database.ts'

/** Every vehicle's blocks from a day and a half ago until 48 hours ahead, by vehicle, ascending. */
export type WorkAround = ReadonlyMap<string, readonly Block[]>

/**
 * Reads who drives what around now and keeps it. Joining a city's timetable is dear and it rarely changes, so each of its days is kept until the next import;
 * who drives what changes often and is cheap to put in anew.
 */
export interface WorkReader {
  around(now: Date): Promise<WorkAround>
}

const HOUR_MS = 3_600_000
const LOOK_BACK_MS = 36 * HOUR_MS
const LOOK_AHEAD_MS = 48 * HOUR_MS
/** The window moves on with this step. */
const KEPT_MS = HOUR_MS / 2

interface State {
  /** Differs whenever a feed has changed. */
  timetable: string
  /** Differs whenever an assignment around now, or who is in service, has changed. */
  drivers: string
}

export function createWorkReader(db: Db): WorkReader {
  let kept: { state: State; at: Date; work: Promise<WorkAround> } | undefined
  let days: { timetable: string; byDay: Map<string, Promise<Block[]>> } = { timetable: '', byDay: new Map() }

  return {
    async around(now) {
      const state = await stateNow(db, now)
      if (
        kept === undefined ||
        kept.state.timetable !== state.timetable ||
        kept.state.drivers !== state.drivers ||
        Math.abs(now.getTime() - kept.at.getTime()) > KEPT_MS
      ) {
        const loading = { state, at: now, work: readWork(state, now) }
        kept = loading
        loading.work.catch(() => {
          if (kept === loading) kept = undefined
          days.byDay.clear()
        })
      }
      return kept.work
    },
  }

  async function readWork(state: State, now: Date): Promise<WorkAround> {
    if (days.timetable !== state.timetable) days = { timetable: state.timetable, byDay: new Map() }
    const from = new Date(now.getTime() - LOOK_BACK_MS)
    const to = new Date(now.getTime() + LOOK_AHEAD_MS)
    const wanted = new Set<string>()
    const blocks: Block[] = []
    for (const feed of await activeFeeds(db)) {
      for (const date of serviceDatesAround(from, to, feed.time_zone)) wanted.add(dayKey(feed, date))
      for (const block of await daysOf(feed, serviceDatesAround(from, to, feed.time_zone)))
        // A copy: who drives it is written into it.
        if (block.endAt > from && block.startAt < to) blocks.push({ ...block })
    }
    for (const key of days.byDay.keys()) if (!wanted.has(key)) days.byDay.delete(key)
    await putVehicles(db, blocks)
    blocks.sort((a, b) => a.startAt.getTime() - b.startAt.getTime() || (a.blockId < b.blockId ? -1 : 1))
    const work = Map.groupBy(blocks, (block) => block.vehicleId ?? '')
    work.delete('')
    return work
  }

  /** All days that are not kept yet are read together. */
  async function daysOf(feed: FeedZone, dates: readonly string[]): Promise<Block[]> {
    const { byDay } = days
    const missing = dates.filter((date) => !byDay.has(dayKey(feed, date)))
    if (missing.length > 0) {
      const loading = blocksOfDays(db, feed, missing)
      for (const date of missing)
        byDay.set(
          dayKey(feed, date),
          loading.then((loaded) => loaded.get(date) ?? []),
        )
    }
    return (await Promise.all(dates.flatMap((date) => byDay.get(dayKey(feed, date)) ?? []))).flat()
  }
}

function dayKey(feed: FeedZone, date: string): string {
  return `${feed.id} ${date}`
}

/** Sums, because a late commit may carry a lower number than an early one. */
async function stateNow(db: Db, now: Date): Promise<State> {
  const since = new Date(now.getTime() - 4 * 24 * HOUR_MS).toISOString().slice(0, 10)
  const { rows } = await sql<State>`select
    (select coalesce(sum(change_seq), 0) || ' ' || count(*) from feed) as timetable,
    concat_ws(' ', (select coalesce(sum(change_seq), 0) || ' ' || count(*) from block_assignment where date >= ${since}::date),
      (select coalesce(sum(hashtext(id)), 0) || ' ' || count(*) from vehicle where in_service)) as drivers`.execute(db)
  return rows[0] ?? { timetable: '', drivers: '' }
}
