import type { Db } from './database.ts'
import {
  mergeHeard,
  mergeReadings,
  readingKey,
  writeBatch,
  type Heard,
  type JournalEntry,
  type LastValues,
} from './journal-batch.ts'
import { latestByKey } from './latest-by-key.ts'
import type { LatestReading } from './meter-samples.ts'
import { retryConflicts, sqlState } from './retry.ts'

export type { Heard, JournalEntry }

/**
 * Group commit: what many stations send within a few milliseconds is written by one transaction with one statement per table.
 *
 * Samples and frames are in the database when `write` resolves. The last values (of stations, sessions, EVSEs, vehicles) are in the same
 * commit unless that row was written a moment ago: then they follow, at most `lastValuesEveryMs` later (0: always in the same commit), so that a station that
 * reports ten times a second does not rewrite its rows ten times a second.
 */
export interface Journal {
  /** Resolves after the commit. Rejects when it failed; nothing of the entry is then in the database. */
  write(entry: JournalEntry): Promise<void>
  /** Writes what is still waiting, last values included. */
  flush(): Promise<void>
}

export interface JournalOptions {
  /** How long to gather before a commit. 0 where a process lives for one message only. */
  gatherMs?: number
  lastValuesEveryMs?: number
  /** A commit is begun at once when so many entries wait. */
  maxEntries?: number
  /** In real milliseconds. */
  clock?: () => number
}

const COMMITS_IN_FLIGHT = 2
/** A station's sign of life is rewritten this many times less often than the last values of its sessions. */
const STATIONS_RARER = 10

interface Waiting {
  entry: JournalEntry
  resolve: () => void
  reject: (reason: unknown) => void
}

export function createJournal(db: Db, options: JournalOptions = {}): Journal {
  const { gatherMs = 3, lastValuesEveryMs = 1000, maxEntries = 2000, clock = () => performance.now() } = options
  const waiting: Waiting[] = []
  const readings = latestByKey<LatestReading>(lastValuesEveryMs, mergeReadings)
  const heard = latestByKey<Heard>(lastValuesEveryMs * STATIONS_RARER, mergeHeard)
  const state: { inFlight: number; updating?: Promise<void> | undefined; gathering?: Timer; settling?: Timer } = {
    inFlight: 0,
  }

  function schedule(): void {
    if (waiting.length === 0 || state.inFlight >= COMMITS_IN_FLIGHT) return
    if (waiting.length >= maxEntries || gatherMs === 0) {
      void commitWaiting()
      return
    }
    state.gathering ??= setTimeout(() => {
      state.gathering = undefined
      void commitWaiting()
    }, gatherMs)
  }

  async function commitWaiting(): Promise<void> {
    if (waiting.length === 0 || state.inFlight >= COMMITS_IN_FLIGHT) return
    const batch = waiting.splice(0, maxEntries)
    state.inFlight += 1
    await commit(batch)
    state.inFlight -= 1
    schedule()
  }

  async function commit(batch: readonly Waiting[]): Promise<void> {
    for (const { entry } of batch) {
      for (const reading of entry.latest ?? []) readings.put(readingKey(reading), reading, entry.settle === true)
      for (const sign of entry.heard ?? []) heard.put(sign.stationId, sign, entry.settle === true)
    }
    const wantsUpdate = lastValuesEveryMs === 0 || batch.some(({ entry }) => entry.settle === true)
    // Nothing may come between the last look and taking what is due: another commit would begin its update there.
    if (wantsUpdate) while (state.updating !== undefined) await state.updating
    // Two commits that update the same rows could wait for each other; two that only insert cannot.
    const due = state.updating === undefined ? takeDue(clock()) : { readings: [], heard: [] }
    try {
      const entries = batch.map((one) => one.entry)
      await update(due, () => writeBatch(db, entries, due))
      for (const one of batch) one.resolve()
    } catch (error) {
      await commitOneByOne(batch, due, error)
    }
    scheduleSettling()
  }

  /** When a value is at fault, only the entry that holds it fails. */
  async function commitOneByOne(batch: readonly Waiting[], due: LastValues, error: unknown): Promise<void> {
    const isSingle = batch.length === 1 && due.readings.length + due.heard.length === 0
    const tellsOfValue = !isSingle && isAboutValue(error)
    for (const one of batch) {
      if (!tellsOfValue) one.reject(error)
      else await writeBatch(db, [one.entry], { readings: [], heard: [] }).then(one.resolve, one.reject)
    }
  }

  function takeDue(at: number): LastValues {
    return { readings: readings.due(at), heard: heard.due(at) }
  }

  /** Runs a write that holds these last values; when it fails they wait on. */
  async function update(due: LastValues, write: () => Promise<void>): Promise<void> {
    if (due.readings.length + due.heard.length === 0) return retryConflicts(write)
    const done = retryConflicts(write).catch(async (error: unknown) => {
      if (isAboutValue(error)) await updateOneByOne(due)
      else putBack(due)
      throw error
    })
    state.updating = done.catch(() => undefined)
    try {
      await done
    } finally {
      state.updating = undefined
    }
  }

  /** A last value that no column holds would keep everyone's from being written, time and again: it alone is given up, its sample tells of it. */
  async function updateOneByOne(due: LastValues): Promise<void> {
    const each = [
      ...due.readings.map((reading) => ({ readings: [reading], heard: [] })),
      ...due.heard.map((sign) => ({ readings: [], heard: [sign] })),
    ]
    for (const one of each) {
      await retryConflicts(() => writeBatch(db, [], one)).catch((error: unknown) => {
        if (!isAboutValue(error)) putBack(one)
      })
    }
  }

  function putBack(due: LastValues): void {
    for (const reading of due.readings) readings.put(readingKey(reading), reading, false)
    for (const sign of due.heard) heard.put(sign.stationId, sign, false)
  }

  async function settle(at: number): Promise<void> {
    while (state.updating !== undefined) await state.updating
    const due = takeDue(at)
    if (due.readings.length + due.heard.length > 0) await update(due, () => writeBatch(db, [], due))
  }

  function scheduleSettling(): void {
    if (readings.size() + heard.size() === 0) return
    state.settling ??= setTimeout(() => {
      state.settling = undefined
      // What could not be written waits on, and is tried again.
      settle(clock()).then(scheduleSettling, scheduleSettling)
    }, lastValuesEveryMs)
  }

  return {
    write(entry) {
      return new Promise((resolve, reject) => {
        waiting.push({ entry, resolve, reject })
        schedule()
      })
    },
    async flush() {
      while (waiting.length > 0 || state.inFlight > 0) {
        await commitWaiting()
        if (state.inFlight > 0) await new Promise((resolve) => setTimeout(resolve, 1))
      }
      await settle(Infinity)
      clearTimeout(state.settling)
      state.settling = undefined
    },
  }
}

/** A value that does not fit its column (22) or breaks a rule of its table (23): trying again would fail again. */
function isAboutValue(error: unknown): boolean {
  return /^2[23]/.test(sqlState(error))
}

type Timer = ReturnType<typeof setTimeout> | undefined
