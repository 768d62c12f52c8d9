import {
  ANY_TIME,
  bucketOf,
  expectedTravel,
  faded,
  pairKey,
  type LearnedTime,
  type LearnedTimes,
} from './travel-times.ts'

/** One way between two stops as it was driven, or a wait for the scheduled departure (`fromStopId` = `toStopId`). */
export interface Observation {
  fromStopId: string
  toStopId: string
  /** Service day, its GTFS time zero, its kind. */
  date: string
  dayStartMs: number
  dayKind: number
  /** When it left the first stop, or reached the second where only its dwell was seen. */
  atMs: number
  /** null: not seen. */
  travelS: number | null
  dwellS: number | null
}

/** How much a travel time may change from one day to the next, as a share of it, squared: traffic changes slowly over weeks. */
const DRIFT_PER_DAY = 0.03 ** 2
/** Nobody knows better than this; keeps the filter awake. */
const LEAST_NOISE = 4
/** How much the newest bus counts in what the last buses met. */
const RECENT_GAIN = 0.4
/** A stretch that took more than this many times as long as usual was an incident or a mistake: it counts as this much. */
const OUTLIER = 4

/**
 * Takes observations, in the order of their instants, into what is known, and returns the rows that changed. The mean and variance are kept by Welford's
 * method from the first observation on. Beside them runs a scalar Kalman filter per bucket: the state is the travel time, a random walk
 * whose variance grows with each day since the last observation; the measurement noise is the variance observed in the bucket. (Kalman 1960; for buses:
 * Wall and Dailey 1999; Shalaby and Farhan 2004; the rule "average, then Kalman after three days" is TheTransitClock's.)
 */
export function learn(
  known: LearnedTimes,
  observations: readonly Observation[],
): Map<string, Map<number, LearnedTime>> {
  const changed = new Map<string, Map<number, LearnedTime>>()
  /** What is known with what has been learned just now. */
  const now = new Map(known)
  const sorted = observations.toSorted((a, b) => a.atMs - b.atMs)
  for (const one of sorted) {
    const key = pairKey(one.fromStopId, one.toStopId)
    const before = now.get(key)
    const buckets = new Map(before)
    const held = one.fromStopId === one.toStopId
    const of = held ? [ANY_TIME] : [ANY_TIME, bucketOf(one.dayKind, one.dayStartMs, one.atMs)]
    let recent: Pick<LearnedTime, 'recentRatio' | 'recentAtMs'> | null = null
    if (!held && one.travelS !== null && before !== undefined) {
      const expected = expectedTravel(now, key, one, one.travelS, null)
      const any = before.get(ANY_TIME)
      const last =
        any === undefined || any.recentRatio === null || any.recentAtMs === null
          ? 1
          : faded(any.recentRatio, any.recentAtMs, one.atMs)
      const ratio = Math.min(OUTLIER, Math.max(1 / OUTLIER, one.travelS / expected.seconds))
      recent = { recentRatio: last + RECENT_GAIN * (ratio - last), recentAtMs: one.atMs }
    }
    const rows = changed.get(key) ?? new Map<number, LearnedTime>()
    for (const bucket of of) {
      const row = updated(buckets.get(bucket), one)
      if (row === null) continue
      const next = bucket === ANY_TIME && recent !== null ? { ...row, ...recent } : row
      buckets.set(bucket, next)
      rows.set(bucket, next)
    }
    now.set(key, buckets)
    if (rows.size > 0) changed.set(key, rows)
  }
  return changed
}

function updated(row: LearnedTime | undefined, one: Observation): LearnedTime | null {
  // The way first: a dwell alone makes no row.
  const travelled = one.travelS === null ? (row ?? null) : withTravel(row, one, one.travelS)
  if (travelled === null || one.dwellS === null) return travelled
  const dwellS = travelled.dwellMeanS === null ? one.dwellS : Math.min(one.dwellS, OUTLIER * travelled.dwellMeanS + 30)
  const n = Math.min(travelled.dwellN, LONG_MEMORY) + 1
  const off = dwellS - (travelled.dwellMeanS ?? dwellS)
  const mean = (travelled.dwellMeanS ?? dwellS) + off / n
  const variance =
    travelled.dwellMeanS === null ? (0.6 * dwellS) ** 2 : blend(travelled.dwellVariance ?? 0, off * (dwellS - mean), n)
  return { ...travelled, dwellMeanS: mean, dwellVariance: variance, dwellN: travelled.dwellN + 1 }
}

/** Means forget what lies more than about so many observations back. */
const LONG_MEMORY = 400

function withTravel(row: LearnedTime | undefined, one: Observation, seenS: number): LearnedTime {
  if (row === undefined) {
    const variance = (0.25 * Math.abs(seenS)) ** 2 + LEAST_NOISE
    return {
      meanS: seenS,
      variance,
      n: 1,
      days: 1,
      lastDate: one.date,
      filteredS: seenS,
      filteredVariance: variance,
      dwellMeanS: null,
      dwellVariance: null,
      dwellN: 0,
      recentRatio: null,
      recentAtMs: null,
    }
  }
  const held = one.fromStopId === one.toStopId
  const travelS = held
    ? Math.min(seenS, row.meanS + OUTLIER * Math.sqrt(row.variance) + 30)
    : Math.min(seenS, OUTLIER * Math.max(5, row.meanS))
  const n = Math.min(row.n, LONG_MEMORY) + 1
  const off = travelS - row.meanS
  const meanS = row.meanS + off / n
  const variance = Math.max(LEAST_NOISE, blend(row.variance, off * (travelS - meanS), n))
  const newDay = one.date > row.lastDate
  const predicted = row.filteredVariance + (newDay ? DRIFT_PER_DAY * row.filteredS ** 2 : 0)
  const gain = predicted / (predicted + Math.max(LEAST_NOISE, variance))
  return {
    ...row,
    meanS,
    variance,
    n: row.n + 1,
    days: row.days + (newDay ? 1 : 0),
    lastDate: newDay ? one.date : row.lastDate,
    filteredS: row.filteredS + gain * (travelS - row.filteredS),
    filteredVariance: (1 - gain) * predicted,
  }
}

/** The mean of `n - 1` squares and one more. */
function blend(mean: number, more: number, n: number): number {
  return mean + (more - mean) / n
}
