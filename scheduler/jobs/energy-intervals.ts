import type { Db } from '../../db/database.ts'
import { energyChangesSince, energyMark, noteEnergyMark, type OutsideChange } from '../../db/energy-changes.ts'
import { nextDirtyDays, noteDaysDone } from '../../db/energy-dirty.ts'
import { rebuildDay } from '../../db/energy-rebuild.ts'
import { refreshPeaks } from '../../db/peaks.ts'
import { countPortion } from './count-energy.ts'
import type { JobContext } from './job.ts'

/** Samples are counted once more for this long after they came: a group commit may end after one that began later. */
const OVERLAP_MS = 60_000
/** As many sessions, and as long a time of readings outside them, are counted in one transaction. */
const SESSIONS_AT_ONCE = 200
const OUTSIDE_AT_ONCE_MS = 7 * 24 * 3_600_000
const OUTSIDE_AT_ONCE = 50
/** Days added up anew in one run because something came later; the rest waits for the next. */
const DAYS_AT_ONCE = 31

/**
 * Turns what meters told since the last run into energy by the quarter hour and session, adds it up by site and by local day, with cost and carbon, and keeps the
 * month's peak of each site. A run that fails leaves whole portions behind, and the next does them again.
 */
export async function countEnergy({ db, now }: JobContext): Promise<void> {
  const at = now()
  const mark = await energyMark(db)
  const since = { ...mark, receivedUntil: new Date(mark.receivedUntil.getTime() - OVERLAP_MS) }
  const { sessions, outside, next } = await energyChangesSince(db, since, at)
  for (let i = 0; i < sessions.length; i += SESSIONS_AT_ONCE) {
    await countPortion(db, { sessions: sessions.slice(i, i + SESSIONS_AT_ONCE), outside: [] })
  }
  const pieces = outside.flatMap(inPieces)
  for (let i = 0; i < pieces.length; i += OUTSIDE_AT_ONCE) {
    await countPortion(db, { sessions: [], outside: pieces.slice(i, i + OUTSIDE_AT_ONCE) })
  }
  await noteEnergyMark(db, next)
  await addUpDirtyDays(db, at)
}

function inPieces(change: OutsideChange): OutsideChange[] {
  const pieces: OutsideChange[] = []
  for (let fromMs = change.from.getTime(); fromMs <= change.to.getTime(); fromMs += OUTSIDE_AT_ONCE_MS) {
    const to = new Date(Math.min(change.to.getTime(), fromMs + OUTSIDE_AT_ONCE_MS))
    pieces.push({ ...change, from: new Date(fromMs), to })
  }
  return pieces
}

async function addUpDirtyDays(db: Db, at: Date): Promise<void> {
  let left = DAYS_AT_ONCE
  while (left > 0) {
    const days = await nextDirtyDays(db, left, at)
    if (days === null) return
    for (const date of days.dates) await refreshPeaks(db, await rebuildDay(db, days.siteId, date))
    await noteDaysDone(db, days)
    left -= days.dates.length
  }
}
