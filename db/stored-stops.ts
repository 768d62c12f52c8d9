import type { PredictedStop } from '../domain/block-prediction.ts'

/**
 * A call as `block_prediction.stops` holds it: [trip, sequence, stop, scheduled arrival in seconds since 1970, seconds from there to the scheduled departure, to the
 * expected arrival and to the expected departure, uncertainty in seconds, flags]. Without names, because every bus that has moved has its calls written anew.
 */
export type StoredStop = [string, number, string, number, number, number, number, number, number]

/** Where in it SQL finds what it looks for. */
export const STORED_STOP = { tripId: 0, sequence: 1, stopId: 2 } as const

const BASES = ['learned', 'deviation', 'schedule'] as const
const CANCELLED = 1
const PASSED = 2
const BASIS = 4

/** For storage; instants are rounded up to whole seconds. */
export function storedStop(stop: PredictedStop): StoredStop {
  const scheduledS = seconds(stop.scheduledArrivalAt)
  return [
    stop.tripId,
    stop.sequence,
    stop.stopId,
    scheduledS,
    seconds(stop.scheduledDepartureAt) - scheduledS,
    seconds(stop.arrivalAt) - scheduledS,
    seconds(stop.departureAt) - scheduledS,
    Math.round(stop.uncertaintyS),
    BASES.indexOf(stop.basis) * BASIS + (stop.passed ? PASSED : 0) + (stop.cancelled ? CANCELLED : 0),
  ]
}

/** As it was before `storedStop`. */
export function predictedStop(stored: StoredStop): PredictedStop {
  const [tripId, sequence, stopId, scheduledS, scheduledDepartureS, arrivalS, departureS, uncertaintyS, flags] = stored
  return {
    tripId,
    sequence,
    stopId,
    arrivalAt: new Date((scheduledS + arrivalS) * 1000),
    departureAt: new Date((scheduledS + departureS) * 1000),
    scheduledArrivalAt: new Date(scheduledS * 1000),
    scheduledDepartureAt: new Date((scheduledS + scheduledDepartureS) * 1000),
    uncertaintyS,
    basis: BASES[Math.floor(flags / BASIS)] ?? 'schedule',
    cancelled: (flags & CANCELLED) !== 0,
    passed: (flags & PASSED) !== 0,
  }
}

function seconds(at: Date): number {
  return Math.ceil(at.getTime() / 1000)
}
