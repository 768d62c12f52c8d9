import type { Db } from '../../db/database.ts'
import { activeFeeds } from '../../db/feed-attribution.ts'
import { cityCounts } from '../../db/views/city-counts.ts'
import { listPlaces } from '../../db/views/list-places.ts'
import type { PlaceView } from '../../db/views/places.ts'
import { realtimeBlocks, realtimeVehicles, type RealtimeBlock, type RealtimeVehicle } from '../../db/views/realtime.ts'
import type { CityGlance } from '../../domain/city-glance.ts'
import { READING_LIFETIME_MS, type PlaceKind } from '../../domain/place.ts'
import { judgeCall, oldAfterS, UNKNOWN_AFTER_S } from '../../domain/stop-call.ts'
import { vehiclePositions } from './vehicle-positions.ts'

/** Beyond these nobody looks at a glance. */
const MOST_PLACES = 5_000
const MOST_READINGS = 60
const AIR = ['pm10UgM3', 'pm25UgM3', 'no2UgM3', 'o3UgM3', 'so2UgM3']

export interface GlanceOptions {
  now: Date
  clock: { speed: number; demo: boolean }
  /** Only what everybody may see. */
  publicOnly: boolean
}

/** The city at a glance, from the same rows as its lists and feeds. */
export async function glanceOf(db: Db, { now, clock, publicOnly }: GlanceOptions): Promise<CityGlance> {
  const of = async (kind: PlaceKind): Promise<PlaceView[]> =>
    (await listPlaces(db, { kind, free: false, publicOnly, limit: MOST_PLACES }, now)).places
  const recentS = Math.max(UNKNOWN_AFTER_S, oldAfterS(clock.speed))
  const since = new Date(now.getTime() - recentS * 1000)
  const [feeds, counts, parking, chargers, air, buildings, blocks, vehicles] = await Promise.all([
    activeFeeds(db),
    cityCounts(db, publicOnly),
    of('parking'),
    of('charger'),
    of('air'),
    of('building'),
    realtimeBlocks(db, null, now),
    realtimeVehicles(db, null, since),
  ])
  const publishers = feeds.flatMap((feed) => feed.attribution.publisher ?? [])
  return {
    now: now.toISOString(),
    timeZone: feeds[0]?.timeZone ?? 'UTC',
    demo: clock.demo,
    publishers: [...new Set(publishers)].slice(0, 20),
    ...counts,
    buses: busesOf(vehicles, blocks, { now, speed: clock.speed }),
    parking: parkingOf(parking),
    chargers: chargersOf(chargers),
    air: readingsOf(air, AIR, now).slice(0, MOST_READINGS),
    buildings: buildingsOf(buildings, now),
  }
}

function busesOf(
  vehicles: readonly RealtimeVehicle[],
  blocks: readonly RealtimeBlock[],
  { now, speed }: { now: Date; speed: number },
): CityGlance['buses'] {
  const onRoad = vehiclePositions(vehicles, blocks, now).flatMap(({ vehicle }) => vehicle ?? [])
  const onTrip = onRoad.filter((vehicle) => vehicle.trip !== undefined)
  const statuses = onTrip.map(({ vehicle, trip }) => {
    const block = blocks.find((one) => one.vehicle?.vehicleId === vehicle.id && isOf(one, trip?.trip_id))
    const call = block?.stops.find((one) => one.tripId === trip?.trip_id && !one.passed)
    if (block === undefined || call === undefined) return 'unknown'
    const prediction = {
      asOf: block.positionAt,
      expectedAt: call.departureAt,
      uncertaintySeconds: call.uncertaintyS,
      basis: call.basis,
      cancelled: call.cancelled,
      passed: call.passed,
    }
    return judgeCall(call.scheduledDepartureAt, prediction, { now, speed }).status
  })
  const count = (word: string): number => statuses.filter((status) => status === word).length
  const [onTime, late, early] = [count('onTime'), count('late'), count('early')]
  return {
    onRoad: onRoad.length,
    onTrip: onTrip.length,
    onTime,
    late,
    early,
    unknown: onTrip.length - onTime - late - early,
  }
}

const isOf = (block: RealtimeBlock, tripId: string | undefined): boolean =>
  block.trips.some((trip) => trip.tripId === tripId)

function parkingOf(places: readonly PlaceView[]): CityGlance['parking'] {
  const known = places.filter((place) => place.free !== null)
  return {
    places: places.length,
    known: known.length,
    withRoom: known.filter((place) => (place.free ?? 0) > 0).length,
    freeSpaces: sum(known.map((place) => place.free ?? 0)),
    spaces: sum(known.map((place) => place.capacity ?? 0)),
  }
}

function chargersOf(places: readonly PlaceView[]): CityGlance['chargers'] {
  const counts = places.map((place) => place.counts ?? { total: 1, free: 0, busy: 0, outOfOrder: 0, unknown: 1 })
  return {
    places: places.length,
    outlets: sum(counts.map((one) => one.total)),
    free: sum(counts.map((one) => one.free)),
    busy: sum(counts.map((one) => one.busy)),
    outOfOrder: sum(counts.map((one) => one.outOfOrder)),
    unknown: sum(counts.map((one) => one.unknown)),
  }
}

function readingsOf(places: readonly PlaceView[], quantities: readonly string[], now: Date): CityGlance['air'] {
  return places.flatMap(({ name, latest }) =>
    quantities.flatMap((quantity) => {
      const reading = latest[quantity]
      if (reading === undefined || now.getTime() - Date.parse(reading.at) > READING_LIFETIME_MS) return []
      return { name: name.slice(0, 200), quantity, value: reading.value, at: new Date(reading.at).toISOString() }
    }),
  )
}

function buildingsOf(places: readonly PlaceView[], now: Date): CityGlance['buildings'] {
  const readings = readingsOf(places, ['powerW'], now)
  return {
    places: places.length,
    known: readings.length,
    powerW: readings.length === 0 ? null : sum(readings.map((one) => one.value)),
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)
