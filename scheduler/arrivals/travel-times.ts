/** What has been learned of the way between two neighbouring stops in one bucket of time, as table `travel_time` holds it. */
export interface LearnedTime {
  meanS: number
  variance: number
  n: number
  /** Service days with observations. */
  days: number
  /** `YYYY-MM-DD` */
  lastDate: string
  filteredS: number
  filteredVariance: number
  dwellMeanS: number | null
  dwellVariance: number | null
  dwellN: number
  /** What the last buses took, as a multiple of what was expected; kept in the bucket of any time. */
  recentRatio: number | null
  recentAtMs: number | null
}

/** Learned times by `pairKey`, then by bucket. */
export type LearnedTimes = ReadonlyMap<string, ReadonlyMap<number, LearnedTime>>

/** The bucket of any time of any day. */
export const ANY_TIME = -1
/** From this many days on the Kalman estimate counts; until then the plain average. */
export const KALMAN_FROM_DAYS = 3
/** Observations that what is known of all day is worth, when little is known of the hour. */
const PRIOR_N = 2
/** How soon what the last buses met says nothing about the next. */
const RECENT_MS = 20 * 60_000
/** A street that was slow for the last bus is this much of it slow for the next. */
const RECENT_SHARE = 0.8
/** Stops that nobody has been seen at. */
export const USUAL_DWELL_S = 15

export function pairKey(fromStopId: string, toStopId: string): string {
  return `${fromStopId}\u0000${toStopId}`
}

/** Kind of day (0 weekday, 1 Saturday, 2 Sunday) times 24 plus the local hour. */
export function bucketOf(dayKind: number, dayStartMs: number, atMs: number): number {
  return dayKind * 24 + hourOf(Math.floor((atMs - dayStartMs) / 3_600_000))
}

function hourOf(hours: number): number {
  return ((hours % 24) + 24) % 24
}

export interface Expected {
  seconds: number
  variance: number
  learned: boolean
}

/** When: the kind of day, GTFS time zero of the service day, and the instant. */
export interface Moment {
  dayKind: number
  dayStartMs: number
  atMs: number
}

/**
 * How long the way between two stops takes for a bus that leaves at a moment: from what was observed at that hour, drawn towards the pair's mean of
 * all hours while little was; between the middles of two hours in proportion. As scheduled when nothing was ever observed. `now` given:
 * what the last buses met on this stretch counts too, fading over some twenty minutes.
 */
export function expectedTravel(
  times: LearnedTimes,
  pair: string,
  moment: Moment,
  scheduledS: number,
  nowMs: number | null,
): Expected {
  const buckets = times.get(pair)
  const any = buckets?.get(ANY_TIME)
  if (buckets === undefined || any === undefined || any.n === 0) {
    const seconds = Math.max(1, scheduledS)
    return { seconds, variance: (0.25 * seconds + 5) ** 2, learned: false }
  }
  const at = twoHours(moment)
  const early = shrunk(buckets.get(at.early), any)
  const late = shrunk(buckets.get(at.late), any)
  let seconds = early.seconds + at.share * (late.seconds - early.seconds)
  const variance = early.variance + at.share * (late.variance - early.variance)
  if (nowMs !== null && any.recentRatio !== null && any.recentAtMs !== null) {
    seconds *= 1 + RECENT_SHARE * (faded(any.recentRatio, any.recentAtMs, nowMs) - 1)
  }
  return { seconds: Math.max(1, seconds), variance, learned: true }
}

/** How long a bus stands at the second stop of a pair. */
export function expectedDwell(
  times: LearnedTimes,
  pair: string,
  moment: Moment,
): { seconds: number; variance: number } {
  const buckets = times.get(pair)
  const any = buckets?.get(ANY_TIME)
  if (buckets === undefined || any === undefined || any.dwellMeanS === null) {
    return { seconds: USUAL_DWELL_S, variance: USUAL_DWELL_S ** 2 }
  }
  const at = twoHours(moment)
  const overall = any.dwellMeanS
  const of = (bucket: LearnedTime | undefined): number =>
    bucket === undefined || bucket.dwellMeanS === null
      ? overall
      : (bucket.dwellN * bucket.dwellMeanS + 2 * PRIOR_N * overall) / (bucket.dwellN + 2 * PRIOR_N)
  const early = of(buckets.get(at.early))
  return { seconds: early + at.share * (of(buckets.get(at.late)) - early), variance: any.dwellVariance ?? 0 }
}

/** How long after its time a bus usually leaves a stop where it has waited for it. */
export function expectedHold(times: LearnedTimes, stopId: string): { seconds: number; variance: number } {
  const any = times.get(pairKey(stopId, stopId))?.get(ANY_TIME)
  return any === undefined || any.n === 0
    ? { seconds: 0, variance: 30 ** 2 }
    : { seconds: Math.max(0, any.meanS), variance: any.variance }
}

/** A ratio seen at one time, as it counts at a later. */
export function faded(ratio: number, atMs: number, nowMs: number): number {
  return 1 + (ratio - 1) * Math.exp(-Math.max(0, nowMs - atMs) / RECENT_MS)
}

function shrunk(bucket: LearnedTime | undefined, any: LearnedTime): { seconds: number; variance: number } {
  const prior = any.days >= KALMAN_FROM_DAYS ? any.filteredS : any.meanS
  if (bucket === undefined) return { seconds: prior, variance: any.variance + (0.1 * prior) ** 2 }
  const own = bucket.days >= KALMAN_FROM_DAYS ? bucket.filteredS : bucket.meanS
  const seconds = (bucket.n * own + PRIOR_N * prior) / (bucket.n + PRIOR_N)
  return { seconds, variance: bucket.n >= 5 ? bucket.variance : Math.max(bucket.variance, any.variance) }
}

/** The two hours whose middles a moment lies between, and how far it is towards the second. */
function twoHours({ dayKind, dayStartMs, atMs }: Moment): { early: number; late: number; share: number } {
  const hours = (atMs - dayStartMs) / 3_600_000 - 0.5
  const whole = Math.floor(hours)
  return { early: dayKind * 24 + hourOf(whole), late: dayKind * 24 + hourOf(whole + 1), share: hours - whole }
}
