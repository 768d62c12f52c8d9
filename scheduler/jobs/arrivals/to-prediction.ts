import type { BlockPrediction } from '../../../db/block-predictions.ts'
import type { PredictedStop } from '../../../domain/block-prediction.ts'
import type { BlockCalls } from '../../arrivals/block-calls.ts'
import { UNREAD, type Call } from '../../arrivals/block-calls.ts'
import { forPassengers } from '../../arrivals/for-passengers.ts'
import type { BlockForecast, CallForecast } from '../../arrivals/predict-block.ts'
import type { EnergyOutlook } from './energy-outlook.ts'

/** Calls are stored from so long ago to so far ahead. */
const SHOWN_BACK_MS = 15 * 60_000
export const SHOWN_AHEAD_MS = 90 * 60_000

/** A prediction whose stops are written out only when it is stored: most that are worked out are as before. */
export interface Draft extends Omit<BlockPrediction, 'stops'> {
  /** Trip, sequence, flags, arrival and departure of each call shown, one after the other. */
  figures: number[]
  writeStops(): PredictedStop[]
}

const FIGURES = 5
const BASES = ['learned', 'deviation', 'schedule'] as const

/** A forecast as it is stored, with what the vehicle's energy means for it. */
export function toPrediction(
  block: BlockCalls,
  vehicleId: string,
  forecast: BlockForecast,
  outlook: EnergyOutlook | null,
  nowMs: number,
): Draft {
  const shown = forPassengers(block, forecast.calls, nowMs)
  const lost = outlook?.trip ?? Infinity
  const cancelled = outlook !== null && outlook.replacementVehicleId === null
  const figures: number[] = []
  const calls: { call: Call; times: CallForecast; cancelled: boolean }[] = []
  for (const [i, call] of block.calls.entries()) {
    const found = shown[i]
    if (found === undefined || call.sequence === UNREAD) continue
    const times = call.trip < lost ? found : byTimetable(call, found)
    if (Math.max(times.departureMs, call.departureMs) < nowMs - SHOWN_BACK_MS) continue
    if (Math.min(times.arrivalMs, call.arrivalMs) > nowMs + SHOWN_AHEAD_MS) continue
    const gone = cancelled && call.trip >= lost
    calls.push({ call, times, cancelled: gone })
    const flags = BASES.indexOf(times.basis) * 4 + (times.passed ? 2 : 0) + (gone ? 1 : 0)
    figures.push(call.trip, call.sequence, flags, times.arrivalMs, times.departureMs)
  }
  // A bus that stops early comes home after the last trip that it does.
  const lastDone = outlook === null ? undefined : forecast.calls[(block.trips[lost]?.from ?? 0) - 1]
  const homeMs = outlook === null ? forecast.endMs : (lastDone?.arrivalMs ?? nowMs)
  return {
    date: block.date,
    blockId: block.blockId,
    feedId: block.feedId,
    vehicleId,
    positionAt: forecast.observedMs === null ? null : new Date(forecast.observedMs),
    deviationS: forecast.deviationMs === null ? null : Math.round(forecast.deviationMs / 1000),
    basis: forecast.basis,
    cancelledFromTripId: outlook?.tripId ?? null,
    cancelledTripIds: cancelled ? block.trips.slice(lost).map((trip) => trip.tripId) : [],
    reason: outlook === null ? null : 'energy',
    sentence: outlook?.sentence ?? null,
    replacementVehicleId: outlook?.replacementVehicleId ?? null,
    depotArrivalAt: forecast.basis === 'live' || outlook !== null ? new Date(homeMs) : null,
    endAt: new Date(Math.max(forecast.endMs, block.trips.at(-1)?.endMs ?? 0)),
    figures,
    writeStops: () => calls.map(toStop),
  }
}

function toStop({ call, times, cancelled }: { call: Call; times: CallForecast; cancelled: boolean }): PredictedStop {
  return {
    tripId: call.tripId,
    sequence: call.sequence,
    stopId: call.stopId,
    arrivalAt: new Date(times.arrivalMs),
    departureAt: new Date(times.departureMs),
    scheduledArrivalAt: new Date(call.arrivalMs),
    scheduledDepartureAt: new Date(call.departureMs),
    uncertaintyS: Math.round(times.sdMs / 1000),
    basis: times.basis,
    cancelled,
    passed: times.passed,
  }
}

/** Of a trip that this vehicle will not drive, its lateness says nothing. */
function byTimetable(call: { arrivalMs: number; departureMs: number }, found: CallForecast): CallForecast {
  return { ...found, arrivalMs: call.arrivalMs, departureMs: call.departureMs, basis: 'schedule', passed: false }
}

/** Changes of less than this, and of less than so much of the time ahead, are not worth a write. */
const SAME_MS = 10_000
const SAME_SHARE = 0.02

/** Whether what a reader would see of two predictions differs at `nowMs`. */
export function differs(before: Draft, now: Draft, nowMs: number): boolean {
  return (
    before.vehicleId !== now.vehicleId ||
    before.basis !== now.basis ||
    before.feedId !== now.feedId ||
    before.sentence !== now.sentence ||
    before.cancelledFromTripId !== now.cancelledFromTripId ||
    before.replacementVehicleId !== now.replacementVehicleId ||
    before.figures.length !== now.figures.length ||
    apart(before.depotArrivalAt?.getTime() ?? null, now.depotArrivalAt?.getTime() ?? null, nowMs) ||
    now.figures.some((figure, i) => {
      const old = before.figures[i] ?? Number.NaN
      return i % FIGURES < 3 ? old !== figure : apart(old, figure, nowMs)
    })
  )
}

function apart(a: number | null, b: number | null, nowMs: number): boolean {
  if (a === null || b === null) return a !== b
  return Math.abs(a - b) >= SAME_MS + SAME_SHARE * Math.max(0, b - nowMs)
}
