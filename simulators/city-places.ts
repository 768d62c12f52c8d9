import { createHmac } from 'node:crypto'
import { z } from 'zod'

const MINUTE_MS = 60_000
/** Counters and sensors tell every three minutes; in a hurried city the server is not asked more often than this in real time. */
const EVERY_MS = 3 * MINUTE_MS
const LEAST_REAL_MS = 2_500

const places = z.object({
  items: z.array(
    z.object({
      placeId: z.string(),
      kind: z.string(),
      capacity: z.number().nullable(),
      source: z.object({ sourceId: z.string() }),
      properties: z.record(z.string(), z.unknown()),
    }),
  ),
})
const placeKey = z.object({ secret: z.string() })

interface Sensor {
  placeId: string
  kind: string
  capacity: number
  quantities: string[]
  hasBays: boolean
  secret: string
  energyWh: number
}

export interface CityPlacesOptions {
  url: string
  key: string | undefined
  /** The simulated clock. */
  clock: { now(): number; speed: number }
  seed: number
  timeZone: string
  log(text: string): void
}

/** Car parks that fill and empty with the day, and air and buildings that are measured: their counters sign what they send, as real ones would. Goes on until the process ends. */
export async function startCityPlaces(options: CityPlacesOptions): Promise<void> {
  const sensors = await untilFound(options)
  if (sensors.length === 0) return
  const everyRealMs = Math.max(LEAST_REAL_MS, EVERY_MS / options.clock.speed)
  for (;;) {
    const told = await Promise.allSettled(
      sensors.map((sensor) => report(sensor, options, everyRealMs * options.clock.speed)),
    )
    const failure = told.find((one) => one.status === 'rejected')
    if (failure !== undefined) options.log(`a sensor could not tell: ${String(failure.reason)}`)
    await pause(everyRealMs)
  }
}

/** Asks again while the server does not answer. */
async function untilFound(options: CityPlacesOptions): Promise<Sensor[]> {
  for (;;) {
    try {
      return await findSensors(options)
    } catch (error) {
      options.log(`the places are not known yet: ${String(error)}`)
      await pause(10_000)
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref()
  })
}

async function findSensors({ url, key }: CityPlacesOptions): Promise<Sensor[]> {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` }
  const ask = async (path: string, init: RequestInit = {}): Promise<unknown> => {
    const response = await fetch(`${url}${path}`, { ...init, headers, signal: AbortSignal.timeout(15_000) })
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return response.json()
  }
  const lists = await Promise.all(
    ['parking', 'air', 'building'].map((kind) => ask(`/api/v1/places?kind=${kind}&limit=500`)),
  )
  const found = lists
    .flatMap((list) => places.parse(list).items)
    .filter((place) => place.properties['counter'] !== 'stopped')
  const secrets = new Map<string, string>()
  for (const { source } of found) {
    if (secrets.has(source.sourceId)) continue
    const made = await ask(`/api/v1/place-sources/${encodeURIComponent(source.sourceId)}/keys`, { method: 'POST' })
    secrets.set(source.sourceId, placeKey.parse(made).secret)
  }
  return found.map(({ placeId, kind, capacity, source, properties }) => {
    const told = properties['sensors']
    return {
      placeId,
      kind,
      capacity: capacity ?? 0,
      hasBays: told === 'bays',
      quantities: kind === 'parking' || typeof told !== 'string' ? [] : told.split(' '),
      secret: secrets.get(source.sourceId) ?? '',
      energyWh: 0,
    }
  })
}

async function report(sensor: Sensor, options: CityPlacesOptions, sinceMs: number): Promise<void> {
  const atMs = options.clock.now()
  const what = sensor.kind === 'parking' ? 'occupancy' : 'readings'
  const body = JSON.stringify(
    what === 'occupancy' ? occupancy(sensor, options, atMs) : readings(sensor, options, atMs, sinceMs),
  )
  const timestamp = String(Math.floor(atMs / 1000))
  const response = await fetch(`${options.url}/api/v1/places/${encodeURIComponent(sensor.placeId)}/${what}`, {
    method: 'POST',
    body,
    headers: {
      'content-type': 'application/json',
      'x-zaryad-timestamp': timestamp,
      'x-zaryad-signature': `sha256=${createHmac('sha256', sensor.secret).update(`${timestamp}.${body}`).digest('hex')}`,
    },
    signal: AbortSignal.timeout(15_000),
  })
  if (!response.ok) throw new Error(`${sensor.placeId}: ${response.status} ${await response.text()}`)
  await response.body?.cancel()
}

/** The share of a car park that is taken: empty at night, full before noon, busy again in the evening; each its own way. */
function takenShare(hour: number, character: number): number {
  const bump = (middle: number, width: number): number => Math.exp(-(((hour - middle) / width) ** 2))
  return Math.min(1, 0.12 + (0.6 + 0.35 * character) * bump(10.5, 3) + (0.25 + 0.3 * (1 - character)) * bump(18, 2.2))
}

function occupancy(sensor: Sensor, { seed, timeZone }: CityPlacesOptions, atMs: number): object {
  const share = takenShare(localHour(atMs, timeZone), chance(`${seed} ${sensor.placeId}`))
  const wobble = (chance(`${seed} ${sensor.placeId} ${Math.floor(atMs / EVERY_MS)}`) - 0.5) * 0.08
  const taken = Math.max(0, Math.min(1, share + wobble))
  if (!sensor.hasBays) return { free: Math.round(sensor.capacity * (1 - taken)) }
  const bays = Array.from({ length: sensor.capacity }, (_, i) => ({
    bayId: String(i + 1),
    occupied: chance(`${seed} ${sensor.placeId} bay ${i} ${Math.floor(atMs / (20 * MINUTE_MS))}`) < taken,
  }))
  return { bays }
}

function readings(sensor: Sensor, { seed, timeZone }: CityPlacesOptions, atMs: number, sinceMs: number): object {
  const hour = localHour(atMs, timeZone)
  const traffic = takenShare(hour, 0.5)
  const noise = chance(`${seed} ${sensor.placeId} ${Math.floor(atMs / EVERY_MS)}`)
  const powerW = Math.round(6_000 + 48_000 * traffic * (0.8 + 0.4 * noise))
  sensor.energyWh += (powerW * sinceMs) / 3_600_000
  const values: Record<string, number> = {
    pm10UgM3: 18 + 30 * traffic + 6 * noise,
    pm25UgM3: 10 + 16 * traffic + 4 * noise,
    no2UgM3: 12 + 34 * traffic + 5 * noise,
    powerW,
    energyWh: sensor.energyWh,
  }
  return {
    readings: sensor.quantities.flatMap((quantity) => {
      const value = values[quantity]
      return value === undefined ? [] : { quantity, value: Math.round(value * 10) / 10 }
    }),
  }
}

function localHour(atMs: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
    .format(atMs)
    .split(':')
  return Number(parts[0]) + Number(parts[1]) / 60
}

/** Between 0 and 1, always the same for the same words. */
function chance(words: string): number {
  return createHmac('sha256', 'city-places').update(words).digest().readUInt32BE(0) / 0xffff_ffff
}
