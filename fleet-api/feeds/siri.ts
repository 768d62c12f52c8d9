import { Temporal } from 'temporal-polyfill'
import type { OnwardCall, StopCall } from '../../db/views/stop-calls.ts'
import { judgeCall, type CallStatus, type CallVerdict } from '../../domain/stop-call.ts'

export const DETAIL_LEVELS = ['minimum', 'basic', 'normal', 'calls'] as const
export type DetailLevel = (typeof DETAIL_LEVELS)[number]

export interface SiriOptions {
  now: Date
  speed: number
  timeZone: string
  detail: DetailLevel
  /** Names of the stops asked about, by id. */
  stopNames: ReadonlyMap<string, string>
  /** For `calls`: what follows, by `date tripId`. */
  onward: ReadonlyMap<string, readonly OnwardCall[]>
}

/** SIRI's words (CallStatusEnumeration). `noReport`: nothing is known of the bus, which is not on time. */
const STATUS: Record<CallStatus, string> = {
  onTime: 'onTime',
  late: 'delayed',
  early: 'early',
  cancelled: 'cancelled',
  scheduled: 'noReport',
  unknown: 'noReport',
}

/** One MonitoredStopVisit of EN 15531-3. */
export function stopVisit(call: StopCall, options: SiriOptions): object {
  const { now, timeZone, detail } = options
  const arrival = judgeCall(call.scheduledArrivalAt, call.arrival, options)
  const departure = judgeCall(call.scheduledDepartureAt, call.departure, options)
  const known = departure.predictedAt !== null
  const basic = detail !== 'minimum'
  const full = detail === 'normal' || detail === 'calls'
  const time = (at: Date): string => siriTime(at, timeZone)
  const following = options.onward.get(`${call.date} ${call.tripId}`) ?? []
  return {
    RecordedAtTime: time(call.departure?.asOf ?? now),
    ...(basic ? { ItemIdentifier: `${call.date}:${call.tripId}:${call.sequence}` } : {}),
    MonitoringRef: call.stopId,
    MonitoredVehicleJourney: {
      ...(call.lineId === null ? {} : { LineRef: call.lineId }),
      ...(call.directionId === null ? {} : { DirectionRef: String(call.directionId) }),
      FramedVehicleJourneyRef: { DataFrameRef: call.date, DatedVehicleJourneyRef: call.tripId },
      ...(call.route === null ? {} : { PublishedLineName: call.route }),
      ...(call.headsign === null ? {} : { DestinationName: call.headsign }),
      Monitored: known,
      ...(departure.status === 'cancelled' ? { Cancellation: true } : {}),
      ...(departure.status === 'unknown' ? { MonitoringError: 'GPS' } : {}),
      ...(full && departure.old ? { PredictionInaccurate: true } : {}),
      ...(full && call.blockId !== null ? { BlockRef: call.blockId } : {}),
      ...(full && call.vehicleLabel !== null && known ? { VehicleRef: call.vehicleLabel } : {}),
      MonitoredCall: {
        StopPointRef: call.stopId,
        ...(basic ? { Order: call.sequence, StopPointName: options.stopNames.get(call.stopId) ?? call.stopId } : {}),
        ...(call.originates ? {} : times('Arrival', call.scheduledArrivalAt, arrival, time, basic)),
        ...(call.terminates ? {} : times('Departure', call.scheduledDepartureAt, departure, time, basic)),
      },
      ...(detail === 'calls' ? { OnwardCalls: { OnwardCall: following.map((one) => onwardCall(one, time)) } } : {}),
    },
  }
}

function times(
  name: 'Arrival' | 'Departure',
  aimedAt: Date,
  verdict: CallVerdict,
  time: (at: Date) => string,
  basic: boolean,
): object {
  return {
    [`Aimed${name}Time`]: time(aimedAt),
    ...(verdict.predictedAt === null ? {} : { [`Expected${name}Time`]: time(verdict.predictedAt) }),
    ...(basic ? { [`${name}Status`]: STATUS[verdict.status] } : {}),
  }
}

function onwardCall(call: OnwardCall, time: (at: Date) => string): object {
  return {
    StopPointRef: call.stopId,
    Order: call.sequence,
    StopPointName: call.stopName,
    AimedArrivalTime: time(call.scheduledArrivalAt),
    ...(call.expectedArrivalAt === null ? {} : { ExpectedArrivalTime: time(call.expectedArrivalAt) }),
    AimedDepartureTime: time(call.scheduledDepartureAt),
    ...(call.expectedDepartureAt === null ? {} : { ExpectedDepartureTime: time(call.expectedDepartureAt) }),
  }
}

/**
 * The visits that a request asks for: at most `maximum`, the earliest first, but `minimumPerLine` of each line and direction also beyond that (MinimumStopVisitsPerLine).
 */
export function chosenVisits<Call extends Pick<StopCall, 'lineId' | 'directionId'>>(
  calls: readonly Call[],
  { maximum, minimumPerLine }: { maximum: number; minimumPerLine: number },
): Call[] {
  const perLine = new Map<string, number>()
  return calls.filter((call, index) => {
    const line = `${call.lineId} ${call.directionId}`
    const before = perLine.get(line) ?? 0
    perLine.set(line, before + 1)
    return index < maximum || before < minimumPerLine
  })
}

/** The whole answer. `error`: why there are no visits. */
export function stopMonitoring(
  { now, timeZone, monitoringRef, error }: { now: Date; timeZone: string; monitoringRef: string; error: string | null },
  visits: readonly object[],
): object {
  const at = siriTime(now, timeZone)
  return {
    Siri: {
      ServiceDelivery: {
        ResponseTimestamp: at,
        ProducerRef: 'Zaryad',
        Status: error === null,
        MoreData: false,
        StopMonitoringDelivery: [
          {
            version: '2.0',
            ResponseTimestamp: at,
            Status: error === null,
            ...(error === null
              ? { ValidUntil: siriTime(new Date(now.getTime() + 30_000), timeZone), ShortestPossibleCycle: 'PT15S' }
              : { ErrorCondition: { InvalidDataReferencesError: { ErrorText: error }, Description: error } }),
            MonitoringRef: [monitoringRef],
            MonitoredStopVisit: visits,
          },
        ],
      },
    },
  }
}

/** xsd:dateTime with the stop's own offset. */
export function siriTime(at: Date, timeZone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(timeZone)
    .toString({ timeZoneName: 'never', smallestUnit: 'second' })
}
