import type { RealtimeBlock, RealtimeTrip, RealtimeVehicleName } from '../../db/views/realtime.ts'
import type { PredictedStop } from '../../domain/block-prediction.ts'
import { serviceDayStart } from '../../domain/service-time.ts'
import { oldAfterS, UNKNOWN_AFTER_S } from '../../domain/stop-call.ts'
import { posix } from './realtime-message.ts'
import type {
  RealtimeEntity,
  StopTimeUpdate,
  TripDescriptor,
  TripUpdateEntity,
  VehicleDescriptor,
} from './realtime-message.ts'

/** Trips of a block that begin later than this are left out, unless they are known not to run. */
const AHEAD_MS = 3 * 3_600_000

/**
 * One trip update for each trip with passengers of a running block, three hours ahead, so that lateness is told across trips. Cancelled trips say so; what nobody can
 * know (the bus has fallen silent, another bus will take over, the trip is too far ahead) is NO_DATA. A block of which nothing is known but
 * the timetable is left out, which in this standard means unknown.
 */
export function tripUpdates(
  blocks: readonly RealtimeBlock[],
  { now, speed }: { now: Date; speed: number },
): RealtimeEntity[] {
  return blocks.flatMap((block) => {
    const byTrip = Map.groupBy(block.stops, (stop) => stop.tripId)
    const known = isKnown(block, now, speed)
    const dayMs = serviceDayStart(block.date, block.timeZone).getTime()
    const swapS = block.trips.find((trip) => trip.tripId === block.cancelledFromTripId)?.startS
    return block.trips.flatMap((trip): RealtimeEntity[] => {
      const calls = byTrip.get(trip.tripId) ?? []
      const cancelled =
        block.cancelledTripIds.includes(trip.tripId) || (calls.length > 0 && calls.every((call) => call.cancelled))
      const swapped = block.replacement !== null && swapS !== undefined && trip.startS >= swapS
      const tooFar = calls.length === 0 && dayMs + trip.startS * 1000 > now.getTime() + AHEAD_MS
      if (!cancelled && !swapped && (block.basis === 'schedule' || tooFar || isOver(calls, now, trip, block, dayMs)))
        return []
      const vehicle = cancelled ? null : swapped ? block.replacement : block.vehicle
      const update: TripUpdateEntity = {
        trip: tripDescriptor(block, trip, cancelled),
        ...(vehicle === null ? {} : { vehicle: vehicleDescriptor(vehicle) }),
        timestamp: posix(earlier(block.positionAt ?? block.computedAt, now)),
        ...(cancelled
          ? {}
          : { stop_time_update: known && !swapped ? stopTimeUpdates(calls, trip, now) : [noData(trip)] }),
      }
      return [{ id: `trip-${block.date}-${trip.tripId}`, trip_update: update }]
    })
  })
}

function isKnown(block: RealtimeBlock, now: Date, speed: number): boolean {
  if (block.basis === 'schedule' || block.positionAt === null) return false
  return now.getTime() - block.positionAt.getTime() <= 1000 * Math.max(UNKNOWN_AFTER_S, oldAfterS(speed))
}

/** Every call has been made, and its time has come; a trip of the block that is told without calls lies ahead, unless the calls begin after it. */
function isOver(
  calls: readonly PredictedStop[],
  now: Date,
  trip: RealtimeTrip,
  block: RealtimeBlock,
  dayMs: number,
): boolean {
  if (calls.length > 0) return calls.every((call) => isGone(call, now))
  const next = block.trips.find((other) => block.stops.some((stop) => stop.tripId === other.tripId))
  return next === undefined ? dayMs + trip.endS * 1000 < now.getTime() : trip.startS < next.startS
}

/** A stop that was passed early stays until its time: a consumer would fall back to the timetable there. */
function isGone(call: PredictedStop, now: Date): boolean {
  return call.passed && call.scheduledDepartureAt.getTime() < now.getTime()
}

function stopTimeUpdates(calls: readonly PredictedStop[], trip: RealtimeTrip, now: Date): StopTimeUpdate[] {
  const updates: StopTimeUpdate[] = []
  let latest = 0
  for (const call of calls) {
    if (isGone(call, now)) continue
    const { sequence: stop_sequence, stopId: stop_id } = call
    if (call.basis === 'schedule') {
      updates.push({ stop_sequence, stop_id, schedule_relationship: 'NO_DATA' })
      continue
    }
    // Times of a trip never go back, whatever rounding does.
    const arrivalS = Math.max(latest, Math.round(call.arrivalAt.getTime() / 1000))
    const departureS = Math.max(arrivalS, Math.round(call.departureAt.getTime() / 1000))
    latest = departureS
    const uncertainty = Math.max(0, Math.round(call.uncertaintyS))
    const event = (time: number, scheduledAt: Date) => ({
      time,
      delay: time - Math.round(scheduledAt.getTime() / 1000),
      ...(call.passed ? { uncertainty: 0 } : { uncertainty }),
    })
    updates.push({
      stop_sequence,
      stop_id,
      arrival: event(arrivalS, call.scheduledArrivalAt),
      departure: event(departureS, call.scheduledDepartureAt),
      schedule_relationship: 'SCHEDULED',
    })
  }
  return updates.length > 0 ? updates : [noData(trip)]
}

function noData(trip: RealtimeTrip): StopTimeUpdate {
  return { stop_sequence: trip.firstSequence, stop_id: trip.firstStopId, schedule_relationship: 'NO_DATA' }
}

export function tripDescriptor(
  block: Pick<RealtimeBlock, 'date'>,
  trip: RealtimeTrip,
  cancelled = false,
): TripDescriptor {
  return {
    trip_id: trip.tripId,
    ...(trip.routeId === null ? {} : { route_id: trip.routeId }),
    ...(trip.directionId === null ? {} : { direction_id: trip.directionId }),
    start_time: clockTime(trip.startS),
    start_date: block.date.replaceAll('-', ''),
    schedule_relationship: cancelled ? 'CANCELED' : 'SCHEDULED',
  }
}

export function vehicleDescriptor({ vehicleId, label }: RealtimeVehicleName): VehicleDescriptor {
  return { id: vehicleId, label }
}

function clockTime(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

export function earlier(a: Date, b: Date): Date {
  return a < b ? a : b
}
