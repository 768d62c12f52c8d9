/** What passengers are told of one call at a stop. */
export type CallStatus = 'onTime' | 'late' | 'early' | 'cancelled' | 'scheduled' | 'unknown'

/** A call this much after its time, or more, is late. */
export const LATE_FROM_S = 120
/** A call more than this much before its time is early. */
export const EARLY_BEYOND_S = 60
/** A position older than this is marked as old. */
export const OLD_AFTER_S = 90
/** From a position older than this nothing is concluded any more. */
export const UNKNOWN_AFTER_S = 600

/** What is predicted of a call, as far as anything is. */
export interface CallPrediction {
  /** Of the position or message that the prediction comes from; null: from nothing but the timetable. */
  asOf: Date | null
  expectedAt: Date
  uncertaintySeconds: number
  basis: 'learned' | 'schedule' | 'deviation'
  cancelled: boolean
  passed: boolean
}

export interface CallVerdict {
  status: CallStatus
  /** null when only the timetable is known, when the bus has fallen silent, and when the call is cancelled. */
  predictedAt: Date | null
  uncertaintySeconds: number | null
  /** Whether what is known is older than it should be. */
  old: boolean
}

/**
 * What to say of a call: the one judgement behind the board, the feeds and SIRI. `onTime`: from 60 s before its time to less than 120 s after
 * it. `scheduled`: nothing is known but the timetable. `unknown`: the bus was heard of and has been silent for more than ten minutes;
 * silence is never taken for being on time. `speed` is how fast the clock runs, so that a demo's readings, some real seconds old, do not count as old.
 */
export function judgeCall(
  scheduledAt: Date,
  prediction: CallPrediction | null,
  { now, speed = 1 }: { now: Date; speed?: number },
): CallVerdict {
  if (prediction?.cancelled) return { status: 'cancelled', predictedAt: null, uncertaintySeconds: null, old: false }
  if (prediction === null || prediction.basis === 'schedule' || prediction.asOf === null)
    return { status: 'scheduled', predictedAt: null, uncertaintySeconds: null, old: false }
  const ageS = (now.getTime() - prediction.asOf.getTime()) / 1000
  const old = ageS > oldAfterS(speed)
  if (ageS > Math.max(UNKNOWN_AFTER_S, oldAfterS(speed)))
    return { status: 'unknown', predictedAt: null, uncertaintySeconds: null, old }
  const lateS = (prediction.expectedAt.getTime() - scheduledAt.getTime()) / 1000
  const status = lateS >= LATE_FROM_S ? 'late' : lateS < -EARLY_BEYOND_S ? 'early' : 'onTime'
  return { status, predictedAt: prediction.expectedAt, uncertaintySeconds: prediction.uncertaintySeconds, old }
}

/** 90 seconds in life; where the clock runs faster, at least five real seconds. */
export function oldAfterS(speed: number): number {
  return Math.max(OLD_AFTER_S, 5 * speed)
}
