import { SLOT_MS } from '../../domain/slots.ts'

/** A reading of an energy register. */
export interface RegisterReading {
  atMs: number
  registerWh: number
}

export interface QuarterHour {
  startMs: number
  energyWh: number
  /** A reading at or after its end is known, so that nothing more will come. */
  complete: boolean
}

/** A register that falls by no more than this has jittered; one that falls further has begun anew. */
const JITTER_WH = 10

/** No plug gives more than this: what rises faster was not energy but another meter, or a wrong digit. */
const HIGHEST_POWER_W = 20_000_000
const SHORTEST_GAP_MS = 60_000

/**
 * The energy of each quarter hour between the first and the last reading. Between two readings energy flows evenly. A register that falls has begun anew at
 * zero, as some do with every session or boot; one that leaps further than any plug could have given tells of no energy. Whole Wh, rounded at the edges, so that the quarters add up to the rise of the register to the watt-hour.
 * `readings` ascend in time, one for each instant.
 */
export function quarterHours(readings: readonly RegisterReading[]): QuarterHour[] {
  const totals = runningTotals(readings)
  const first = totals[0]
  const last = totals.at(-1)
  if (first === undefined || last === undefined || totals.length < 2) return []
  const quarters: QuarterHour[] = []
  let next = 0
  let atEdge = Math.round(first.totalWh)
  for (let startMs = Math.floor(first.atMs / SLOT_MS) * SLOT_MS; startMs < last.atMs; startMs += SLOT_MS) {
    const endMs = startMs + SLOT_MS
    while (next < totals.length - 1 && (totals[next]?.atMs ?? 0) < endMs) next += 1
    const total = Math.round(totalAt(totals[next - 1] ?? first, totals[next] ?? last, endMs))
    quarters.push({ startMs, energyWh: total - atEdge, complete: last.atMs >= endMs })
    atEdge = total
  }
  return quarters
}

interface Total {
  atMs: number
  totalWh: number
}

function runningTotals(readings: readonly RegisterReading[]): Total[] {
  let totalWh = 0
  return readings.map((reading, i) => {
    const before = readings[i - 1]
    if (before !== undefined) {
      const rise = reading.registerWh - before.registerWh
      const added = rise >= 0 ? rise : -rise <= JITTER_WH ? 0 : reading.registerWh
      const possible = (HIGHEST_POWER_W * Math.max(reading.atMs - before.atMs, SHORTEST_GAP_MS)) / 3_600_000
      if (added <= possible) totalWh += added
    }
    return { atMs: reading.atMs, totalWh }
  })
}

/** Between the two by time; beyond the later one, the later one's. */
function totalAt(before: Total, after: Total, atMs: number): number {
  if (atMs >= after.atMs) return after.totalWh
  if (after.atMs === before.atMs) return after.totalWh
  const share = Math.max(0, (atMs - before.atMs) / (after.atMs - before.atMs))
  return before.totalWh + (after.totalWh - before.totalWh) * share
}
