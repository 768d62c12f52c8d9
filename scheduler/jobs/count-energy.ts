import type { Db, Tx } from '../../db/database.ts'
import type { OutsideChange } from '../../db/energy-changes.ts'
import {
  replaceOutsideIntervals,
  replaceSessionIntervals,
  type EnergyInterval,
  type TouchedInterval,
} from '../../db/energy-intervals.ts'
import { joinSessions } from '../../db/energy-joins.ts'
import { countableSessions, outsideWindows, type CountableSession } from '../../db/energy-registers.ts'
import { rollUpDays, rollUpQuarters, touchedRollUps } from '../../db/energy-roll-ups.ts'
import {
  countedSessions,
  storeCountedSessions,
  type CountedBefore,
  type CountedSession,
} from '../../db/energy-sessions.ts'
import { refreshPeaks } from '../../db/peaks.ts'
import { retryConflicts } from '../../db/retry.ts'
import { batterySideWh } from '../../domain/energy/battery-side.ts'
import { outsideQuarters } from '../../domain/energy/outside-quarters.ts'
import { sessionQuarters } from '../../domain/energy/session-quarters.ts'
import { SLOT_MS } from '../../domain/slots.ts'

/** What is counted in one transaction. */
export interface EnergyPortion {
  sessions: readonly number[]
  outside: readonly OutsideChange[]
}

/** Counts some sessions and stretches outside them anew, and everything that is added up from them. */
export function countPortion(db: Db, portion: EnergyPortion): Promise<void> {
  return retryConflicts(() => db.transaction().execute((tx) => count(tx, portion)))
}

async function count(tx: Tx, portion: EnergyPortion): Promise<void> {
  const counted = await countSessions(tx, portion.sessions)
  const touched = [...counted.touched, ...(await countOutside(tx, [...portion.outside, ...counted.outside]))]
  const { quarters, days } = await touchedRollUps(tx, touched)
  const changes = await rollUpQuarters(tx, quarters)
  await rollUpDays(tx, days)
  await refreshPeaks(tx, changes)
}

async function countSessions(
  tx: Tx,
  numbers: readonly number[],
): Promise<{ touched: TouchedInterval[]; outside: OutsideChange[] }> {
  if (numbers.length === 0) return { touched: [], outside: [] }
  const sessions = await countableSessions(tx, numbers)
  const before = new Map((await countedSessions(tx, numbers)).map((one) => [one.number, one]))
  const found = sessions.flatMap((session) => countedOf(session) ?? [])
  await storeCountedSessions(
    tx,
    found.map((one) => one.counted),
  )
  const intervals = found.flatMap((one) => one.intervals)
  const touched = await replaceSessionIntervals(tx, numbers, spanOf(found, [...before.values()]), intervals)
  await joinSessions(tx, numbers)
  const outside = found.flatMap(({ counted }) => endsMoved(counted, before.get(counted.number)))
  // The battery side is part of each day that a session charged on, though no interval changed.
  const shifted = found.filter(({ counted }) => (before.get(counted.number)?.batteryWh ?? null) !== counted.batteryWh)
  return { touched: [...touched, ...shifted.flatMap((one) => one.intervals)], outside }
}

function countedOf(session: CountableSession): { counted: CountedSession; intervals: EnergyInterval[] } | null {
  const { number, stationId, evseId, vehicleId, ended } = session
  const found = sessionQuarters(session.register)
  if (found === null) return null
  const { first, last, energyWh, resets, breaks } = found
  return {
    counted: {
      number,
      stationId,
      evseId,
      firstAt: new Date(first.atMs),
      firstWh: first.registerWh,
      lastAt: new Date(last.atMs),
      lastWh: last.registerWh,
      energyWh,
      resets,
      breaks,
      batteryWh: ended ? batterySideWh(session) : null,
      ended,
    },
    intervals: found.quarters.map((quarter) => ({
      stationId,
      evseId,
      startAt: new Date(quarter.startMs),
      sessionNumber: number,
      energyWh: quarter.energyWh,
      vehicleId,
      complete: ended || last.atMs >= quarter.startMs + SLOT_MS,
    })),
  }
}

/** Where the intervals of these sessions lie, old ones and new. */
function spanOf(
  found: readonly { counted: CountedSession }[],
  before: readonly CountedBefore[],
): { from: Date; to: Date } {
  const all = [...found.map((one) => one.counted), ...before]
  const from = all.reduce((least, one) => Math.min(least, one.firstAt.getTime()), Infinity)
  const to = all.reduce((most, one) => Math.max(most, one.lastAt.getTime()), 0)
  return { from: new Date(all.length === 0 ? 0 : from - SLOT_MS), to: new Date(to) }
}

/** Around the ends of a session that moved: where they were and where they are. */
function endsMoved(counted: CountedSession, before: CountedBefore | undefined): OutsideChange[] {
  const { stationId, evseId, firstAt, lastAt } = counted
  const now = { stationId, evseId, from: firstAt, to: lastAt }
  if (before === undefined) return [now]
  if (before.stationId !== stationId || before.evseId !== evseId) {
    return [now, { stationId: before.stationId, evseId: before.evseId, from: before.firstAt, to: before.lastAt }]
  }
  const firstMoved = before.firstAt.getTime() !== firstAt.getTime() || before.firstWh !== counted.firstWh
  const lastMoved = before.lastAt.getTime() !== lastAt.getTime() || before.lastWh !== counted.lastWh
  return [
    ...(firstMoved ? [spanning(stationId, evseId, before.firstAt, firstAt)] : []),
    ...(lastMoved ? [spanning(stationId, evseId, before.lastAt, lastAt)] : []),
  ]
}

function spanning(stationId: string, evseId: number, one: Date, other: Date): OutsideChange {
  return one < other ? { stationId, evseId, from: one, to: other } : { stationId, evseId, from: other, to: one }
}

async function countOutside(tx: Tx, changes: readonly OutsideChange[]): Promise<TouchedInterval[]> {
  const windows = await outsideWindows(tx, merged(changes))
  const intervals = windows.flatMap((window): EnergyInterval[] => {
    const known = window.knownUntil?.getTime() ?? 0
    return outsideQuarters(window.readings, window.sessions)
      .filter((one) => one.startMs >= window.from.getTime() && one.startMs < window.to.getTime())
      .map((one) => ({
        stationId: window.stationId,
        evseId: window.evseId,
        startAt: new Date(one.startMs),
        sessionNumber: 0,
        energyWh: one.energyWh,
        vehicleId: null,
        complete: known >= one.startMs + SLOT_MS,
      }))
  })
  // Windows of one EVSE may overlap, and then say the same.
  const once = new Map(intervals.map((one) => [`${one.stationId}/${one.evseId}/${one.startAt.getTime()}`, one]))
  return replaceOutsideIntervals(tx, windows, [...once.values()])
}

/** One change for each EVSE, so that nothing is read twice. */
function merged(changes: readonly OutsideChange[]): OutsideChange[] {
  const byEvse = new Map<string, OutsideChange>()
  for (const change of changes) {
    const key = `${change.stationId}/${change.evseId}`
    const known = byEvse.get(key)
    const from = known === undefined || change.from < known.from ? change.from : known.from
    const to = known === undefined || change.to > known.to ? change.to : known.to
    byEvse.set(key, { ...change, from, to })
  }
  return [...byEvse.values()]
}
