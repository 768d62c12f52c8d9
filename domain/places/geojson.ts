import { PLACE_KINDS, type PlaceKind, type PlaceMapping } from '../place.ts'
import { instantsInOrder } from '../local-instant.ts'
import { say, type Sentence } from '../sentences/sentence.ts'
import { createFindings, type Findings } from './findings.ts'
import { isObject, looseNumber, looseText, middleOf, plainProperties, powerInText, type Loose } from './loose-values.ts'
import type { PlaceReading, SourcePlace, SourceReading } from './source-place.ts'

const MOST_PLACES = 20_000
const MOST_ENTRIES = 20_000
/** Newest ones that are kept of a place. */
const MOST_READINGS_A_PLACE = 1_000
const TIME_ZONE = 'Europe/Sofia'
/** Names under which common sources have what we look for; the first of each is Smart Burgas's. */
const NAMES = {
  id: ['parking_id', 'id', 'gid', 'objectid', 'OBJECTID'],
  name: ['name', 'title', 'Name', 'NAME'],
  capacity: ['total_lots', 'capacity'],
  free: ['total_free_lots', 'free_lots', 'free'],
  time: ['time', 'updated_at', 'timestamp'],
  power: ['power', 'powerText'],
} as const
const SERIES = { list: 'data', free: 'free_lots', time: 'time' } as const

export interface GeojsonOptions {
  kind: PlaceKind
  mapping: PlaceMapping
}

/**
 * Reads a GeoJSON feature collection as open city portals publish it (Smart Burgas first): every value may be a string, times are
 * local and name no zone, and a count that stopped a year ago may stand beside fresh ones, so every count keeps the time it was measured. A count
 * without a time is kept with none. What is unusable is left out and found, never guessed; `refused` when nothing is left.
 */
export function placesOfGeojson(document: unknown, { kind, mapping }: GeojsonOptions): SourceReading {
  const findings = createFindings()
  const refuse = (refused: Sentence): SourceReading => ({ places: [], findings: findings.list(), refused })
  if (!isObject(document) || document['type'] !== 'FeatureCollection' || !Array.isArray(document['features']))
    return refuse(say('noFeatureCollection'))
  const crs = JSON.stringify(document['crs'] ?? 'CRS84')
  if (!/CRS84|4326/.test(crs)) return refuse(say('notWgs84', { crs: crs.slice(0, 100) }))
  const features: unknown[] = document['features']
  if (features.length > MOST_PLACES) return refuse(say('tooManyFeatures', { n: features.length, most: MOST_PLACES }))

  const places = new Map<string, SourcePlace>()
  features.forEach((feature, i) => {
    const place = placeOf(feature, i, { kind, mapping }, findings)
    if (place === null) return
    if (places.has(place.externalId)) findings.add('duplicateId', say('placeIdTwice'), place.name)
    places.set(place.externalId, place)
  })
  if (places.size === 0) return refuse(say('noUsableFeature'))
  return { places: [...places.values()], findings: findings.list(), refused: null }
}

function placeOf(
  feature: unknown,
  index: number,
  { kind, mapping }: GeojsonOptions,
  findings: Findings,
): SourcePlace | null {
  const where = say('featureNumber', { n: index + 1 })
  if (!isObject(feature)) {
    findings.add('notAFeature', say('notAFeature'), where)
    return null
  }
  const properties = isObject(feature['properties']) ? feature['properties'] : {}
  const at = middleOf(feature['geometry'])
  if (
    at === null ||
    Math.abs(at.latitude) > 90 ||
    Math.abs(at.longitude) > 180 ||
    (at.latitude === 0 && at.longitude === 0)
  ) {
    findings.add('noPosition', say('noPosition'), looseText(properties['name']) ?? where)
    return null
  }
  const read = new Set<string>()
  const take = (what: keyof typeof NAMES, own?: string): unknown => {
    const key = own ?? NAMES[what].find((name) => properties[name] !== undefined)
    if (key === undefined) return undefined
    read.add(key)
    return properties[key]
  }
  const name = looseText(take('name', mapping.name))
  if (name === null) findings.add('noName', say('noPlaceName'), where)
  const told = mapping.kind === undefined ? null : looseText(properties[mapping.kind])
  const externalId =
    looseText(take('id', mapping.id)) ??
    looseText(feature['id']) ??
    `${at.latitude.toFixed(5)},${at.longitude.toFixed(5)}`
  const capacity = wholeNumber(take('capacity', mapping.capacity))
  const occupied = occupancyOf(properties, take, mapping, read)
  const power = looseText(take('power'))
  const place: SourcePlace = {
    externalId: externalId.slice(0, 100),
    kind: PLACE_KINDS.find((one) => one === told) ?? kind,
    name: (name ?? kind).slice(0, 200),
    ...at,
    capacity,
    free: occupied.free,
    asOf: occupied.asOf,
    properties: {
      ...plainProperties(properties, read),
      ...(power === null ? {} : { powerText: power, maxPowerW: powerInText(power) }),
    },
    readings: occupied.readings,
  }
  return withinCapacity(place, findings)
}

type Take = (what: keyof typeof NAMES, own?: string) => unknown

/** The newest count with its own time, and the earlier ones. A total without a time is not the time of anything. */
function occupancyOf(
  properties: Loose,
  take: Take,
  mapping: PlaceMapping,
  read: Set<string>,
): Pick<SourcePlace, 'free' | 'asOf' | 'readings'> {
  const timeZone = mapping.timeZone ?? TIME_ZONE
  const total = wholeNumber(take('free', mapping.free))
  const series = mapping.series ?? SERIES
  read.add(series.list)
  const list: unknown = properties[series.list]
  const entries = (Array.isArray(list) ? list : []).filter((entry) => isObject(entry)).slice(0, MOST_ENTRIES)
  const times = instantsInOrder(
    entries.map((entry) => looseText(entry[series.time]) ?? ''),
    timeZone,
  )
  const readings: PlaceReading[] = entries.flatMap((entry, i) => {
    const [value, at] = [wholeNumber(entry[series.free]), times[i]]
    return value === null || at === null || at === undefined ? [] : [{ quantity: 'free', at, value }]
  })
  const time = looseText(take('time', mapping.time))
  const timed = time === null ? null : (instantsInOrder([time], timeZone)[0] ?? null)
  const measured = Object.entries(mapping.readings ?? {}).flatMap(([quantity, property]) => {
    read.add(property)
    const value = looseNumber(properties[property])
    return value === null || timed === null ? [] : [{ quantity, at: timed, value }]
  })
  const newest = readings.reduce<PlaceReading | null>(
    (best, one) => (best === null || one.at >= best.at ? one : best),
    null,
  )
  const newestFirst = readings.toSorted((a, b) => b.at.getTime() - a.at.getTime())
  const all = [...newestFirst.slice(0, MOST_READINGS_A_PLACE), ...measured]
  if (newest !== null && (timed === null || newest.at >= timed))
    return { free: newest.value, asOf: newest.at, readings: all }
  return { free: total, asOf: total === null ? null : timed, readings: all }
}

function withinCapacity(place: SourcePlace, findings: Findings): SourcePlace {
  if (place.free === null) return place
  // Counting loops drift: a count below nothing means full, one above the capacity means empty.
  const free = Math.min(Math.max(0, place.free), place.capacity ?? Number.POSITIVE_INFINITY)
  if (free !== place.free) findings.add('outOfRange', say('freeOutOfRange'), place.name)
  return { ...place, free }
}

function wholeNumber(value: unknown): number | null {
  const number = looseNumber(value)
  return number === null || Math.abs(number) > 1_000_000 ? null : Math.round(number)
}
