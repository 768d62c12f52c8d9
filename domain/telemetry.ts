import { z } from 'zod'
import { ourNames } from './telemetry-names.ts'

/** What a vehicle told at one instant. null: not told. */
export interface TelemetryReading {
  vehicleId: string
  at: Date
  source: 'api' | 'mqtt' | 'gtfsRt' | 'simulator'
  socPercent: number | null
  odometerM: number | null
  speedKmh: number | null
  latitude: number | null
  longitude: number | null
  headingDeg: number | null
  outdoorTemperatureC: number | null
  batteryTemperatureC: number | null
  doorsOpen: boolean | null
  passengers: number | null
}

/** A reading that is not taken, and why. */
export interface TelemetryRefusal {
  /** Where in the batch, from 0. */
  index: number
  vehicleId: string | null
  reason: 'invalid' | 'future' | 'tooOld' | 'empty' | 'unknownVehicle'
  detail: string
}

/** A vehicle's clock may run this far ahead of ours. */
export const AHEAD_MS = 2 * 60_000
/** What is older than this is a clock that was never set. */
export const OLDEST_MS = 400 * 86_400_000
/** More readings than this are several batches. */
export const MOST_READINGS = 1000

const moment = z.iso.datetime({ offset: true })

/** One reading as it is sent. What a vehicle does not know is left out or null; nulls change nothing. */
export const telemetryInput = z.object({
  vehicleId: z
    .string()
    .max(64)
    .regex(/^[\w.:-]+$/, 'letters, digits and _ . : - only'),
  at: moment.describe('When it was read.'),
  socPercent: z.number().min(0).max(100).nullish(),
  socAt: moment.nullish().describe('When the state of charge was read, if not at `at`.'),
  odometerM: z.int().min(0).max(10_000_000_000).nullish(),
  speedKmh: z.number().min(0).max(200).nullish(),
  latitude: z.number().min(-90).max(90).nullish().describe('WGS 84; latitude and longitude come together.'),
  longitude: z.number().min(-180).max(180).nullish(),
  headingDeg: z.number().min(0).max(360).nullish().describe('Clockwise from north.'),
  outdoorTemperatureC: z.number().min(-60).max(80).nullish(),
  batteryTemperatureC: z.number().min(-60).max(120).nullish(),
  doorsOpen: z.boolean().nullish().describe('Whether at least one door is open.'),
  passengers: z.int().min(0).max(1000).nullish(),
})

const VALUES = [
  'socPercent',
  'odometerM',
  'speedKmh',
  'latitude',
  'outdoorTemperatureC',
  'batteryTemperatureC',
  'doorsOpen',
  'passengers',
] as const

/**
 * Reads a batch of any origin, item by item: what can be taken, and what cannot with the reason. Names of MBTA's feeds and of rFMS are
 * understood beside ours (`telemetry-names.ts`). A state of charge that was read at another time becomes a reading of its own. `vehicleId` is used where an item
 * names none.
 */
export function readTelemetry(
  items: readonly unknown[],
  origin: { source: TelemetryReading['source']; now: Date; vehicleId?: string | undefined },
): { readings: TelemetryReading[]; indexes: number[]; refused: TelemetryRefusal[] } {
  const readings: TelemetryReading[] = []
  const indexes: number[] = []
  const refused: TelemetryRefusal[] = []
  for (const [index, item] of items.entries()) {
    const named = ourNames(item)
    if (named !== null && named['vehicleId'] === undefined && origin.vehicleId !== undefined) {
      named['vehicleId'] = origin.vehicleId
    }
    const parsed = telemetryInput.safeParse(named)
    const refusal = parsed.success ? wrongWith(parsed.data, origin.now) : invalid(parsed.error)
    if (refusal !== null || !parsed.success) {
      const vehicleId = named?.['vehicleId']
      const known = typeof vehicleId === 'string' ? vehicleId.slice(0, 64) : null
      refused.push({ index, vehicleId: known, ...(refusal ?? { reason: 'invalid', detail: '' }) })
      continue
    }
    for (const reading of toReadings(parsed.data, origin.source)) {
      readings.push(reading)
      indexes.push(index)
    }
  }
  return { readings, indexes, refused }
}

type Input = z.output<typeof telemetryInput>
type Wrong = Pick<TelemetryRefusal, 'reason' | 'detail'>

function invalid(error: z.ZodError): Wrong {
  const [issue] = error.issues
  const path = issue?.path.map(String).join('.') ?? ''
  return { reason: 'invalid', detail: path === '' ? 'A reading is an object.' : `${path}: ${issue?.message ?? ''}` }
}

function wrongWith(input: Input, now: Date): Wrong | null {
  for (const at of [input.at, input.socAt]) {
    if (at === undefined || at === null) continue
    const ageMs = now.getTime() - Date.parse(at)
    if (ageMs < -AHEAD_MS) return { reason: 'future', detail: `${at} has not come yet.` }
    if (ageMs > OLDEST_MS) return { reason: 'tooOld', detail: `${at} is more than 400 days ago.` }
  }
  if ((input.latitude ?? null) === null && (input.longitude ?? null) === null) {
    return VALUES.some((name) => (input[name] ?? null) !== null)
      ? null
      : { reason: 'empty', detail: 'It tells nothing.' }
  }
  if ((input.latitude ?? null) === null || (input.longitude ?? null) === null) {
    return { reason: 'invalid', detail: 'latitude and longitude come together.' }
  }
  return null
}

function toReadings(input: Input, source: TelemetryReading['source']): TelemetryReading[] {
  // A receiver without a fix says that it is off the coast of Africa.
  const lost = input.latitude === 0 && input.longitude === 0
  const reading: TelemetryReading = {
    vehicleId: input.vehicleId,
    at: new Date(input.at),
    source,
    socPercent: input.socPercent ?? null,
    odometerM: input.odometerM ?? null,
    speedKmh: input.speedKmh ?? null,
    latitude: lost ? null : (input.latitude ?? null),
    longitude: lost ? null : (input.longitude ?? null),
    headingDeg: lost ? null : (input.headingDeg ?? null),
    outdoorTemperatureC: input.outdoorTemperatureC ?? null,
    batteryTemperatureC: input.batteryTemperatureC ?? null,
    doorsOpen: input.doorsOpen ?? null,
    passengers: input.passengers ?? null,
  }
  const socAt = new Date(input.socAt ?? input.at)
  if (reading.socPercent === null || socAt.getTime() === reading.at.getTime()) return [reading]
  const soc: TelemetryReading = { ...nothing(reading), at: socAt, socPercent: reading.socPercent }
  const rest: TelemetryReading = { ...reading, socPercent: null }
  return VALUES.some((name) => rest[name] !== null) ? [soc, rest] : [soc]
}

function nothing(reading: TelemetryReading): TelemetryReading {
  return {
    vehicleId: reading.vehicleId,
    at: reading.at,
    source: reading.source,
    socPercent: null,
    odometerM: null,
    speedKmh: null,
    latitude: null,
    longitude: null,
    headingDeg: null,
    outdoorTemperatureC: null,
    batteryTemperatureC: null,
    doorsOpen: null,
    passengers: null,
  }
}
