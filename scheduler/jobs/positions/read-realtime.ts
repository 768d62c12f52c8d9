import realtime from 'gtfs-realtime-bindings'
import { AHEAD_MS, type TelemetryReading } from '../../../domain/telemetry.ts'
import type { ToldDelay } from '../../../db/position-source.ts'
import { SaidError } from '../../../domain/sentences/said-error.ts'
import { say } from '../../../domain/sentences/sentence.ts'

/** What a GTFS-Realtime message tells of our vehicles. */
export interface RealtimeReading {
  /** null: the message does not say. */
  headerAt: Date | null
  readings: TelemetryReading[]
  delays: ToldDelay[]
  /** Entities that were passed over, by reason. */
  ignored: { unknownVehicle: number; stale: number; future: number; useless: number }
}

/** Positions older than this say nothing of now. */
const STALE_MS = 10 * 60_000
/** No city has more vehicles in one message. */
const MOST_ENTITIES = 20_000

/**
 * Reads a FeedMessage in protobuf: positions as telemetry, and delays that trip updates give for where their vehicle is now. Each entity is judged by its own
 * timestamp, or the header's when it has none. A vehicle is found by its id, else by its label. Throws SaidError when the bytes are no such message.
 */
export function readRealtime(
  bytes: Uint8Array,
  { now, vehicles }: { now: Date; vehicles: ReadonlyMap<string, string> },
): RealtimeReading {
  const message = decode(bytes)
  const headerS = Number(message.header.timestamp ?? 0)
  const headerAt = headerS > 0 ? instantOf(headerS) : null
  const result: RealtimeReading = {
    headerAt,
    readings: [],
    delays: [],
    ignored: { unknownVehicle: 0, stale: 0, future: 0, useless: 0 },
  }
  for (const { vehicle, tripUpdate, isDeleted } of message.entity) {
    const told = vehicle ?? tripUpdate
    if (told === null || told === undefined || isDeleted === true) continue
    const vehicleId = ourVehicle(told.vehicle, vehicles)
    const ownS = Number(told.timestamp ?? 0)
    const at = ownS > 0 ? instantOf(ownS) : headerAt
    if (vehicleId === null) result.ignored.unknownVehicle += 1
    else if (at === null || now.getTime() - at.getTime() > STALE_MS) result.ignored.stale += 1
    else if (at.getTime() - now.getTime() > AHEAD_MS) result.ignored.future += 1
    else if (!(keepPosition(result, vehicle, vehicleId, at) || keepDelay(result, tripUpdate, vehicleId, at, now)))
      result.ignored.useless += 1
  }
  return result
}

/** The last second that a Date can hold: what lies beyond, such as a time in nanoseconds, is far in the future too. */
const LATEST_S = 8_640_000_000_000

function instantOf(seconds: number): Date {
  return new Date(Math.min(seconds, LATEST_S) * 1000)
}

type Entity = realtime.transit_realtime.IFeedEntity

function decode(bytes: Uint8Array): realtime.transit_realtime.FeedMessage {
  let message: realtime.transit_realtime.FeedMessage
  try {
    message = realtime.transit_realtime.FeedMessage.decode(bytes)
  } catch {
    throw new SaidError(say('feed_noMessage'))
  }
  if (message.entity.length > MOST_ENTITIES) throw new SaidError(say('feed_tooMany', { n: MOST_ENTITIES }))
  return message
}

function ourVehicle(
  descriptor: realtime.transit_realtime.IVehicleDescriptor | null | undefined,
  vehicles: ReadonlyMap<string, string>,
): string | null {
  return vehicles.get(descriptor?.id ?? '') ?? vehicles.get(descriptor?.label ?? '') ?? null
}

function keepPosition(result: RealtimeReading, vehicle: Entity['vehicle'], vehicleId: string, at: Date): boolean {
  const { latitude, longitude, bearing, odometer, speed } = vehicle?.position ?? {}
  if (!isWithin(latitude, 90) || !isWithin(longitude, 180) || (latitude === 0 && longitude === 0)) return false
  result.readings.push({
    vehicleId,
    at,
    source: 'gtfsRt',
    socPercent: null,
    odometerM: isWithin(odometer, 1e10) && odometer > 0 ? Math.round(odometer) : null,
    speedKmh: isWithin(speed, 55) && speed >= 0 ? speed * 3.6 : null,
    latitude,
    longitude,
    headingDeg: isWithin(bearing, 360) && bearing >= 0 ? bearing : null,
    outdoorTemperatureC: null,
    batteryTemperatureC: null,
    doorsOpen: null,
    passengers: null,
  })
  return true
}

/** The delay at the stop that was made last; before the first one, at the first. */
function keepDelay(
  result: RealtimeReading,
  update: Entity['tripUpdate'],
  vehicleId: string,
  at: Date,
  now: Date,
): boolean {
  const known = (update?.stopTimeUpdate ?? []).flatMap((one) => {
    const event = one.departure ?? one.arrival
    return event?.delay === null || event?.delay === undefined
      ? []
      : [{ delay: event.delay, timeS: Number(event.time ?? 0) }]
  })
  const made = known.findLast((one) => one.timeS > 0 && one.timeS * 1000 <= now.getTime())
  const delaySeconds = (made ?? known[0])?.delay ?? update?.delay
  if (delaySeconds === null || delaySeconds === undefined || Math.abs(delaySeconds) > 86_400) return false
  result.delays.push({ vehicleId, at, delaySeconds })
  return true
}

function isWithin(value: number | null | undefined, limit: number): value is number {
  return typeof value === 'number' && Number.isFinite(value) && Math.abs(value) <= limit
}
