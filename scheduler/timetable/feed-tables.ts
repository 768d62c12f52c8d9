import { say } from '../../domain/sentences/sentence.ts'
import type { TimetableRoute, TimetableStop } from '../../domain/timetable.ts'
import { readRows } from './csv-table.ts'
import { FeedRefused, type Findings } from './feed-report.ts'
import { measureLine, type MeasuredLine } from './geometry.ts'
import { parseNumber } from './gtfs-values.ts'
import { readSupplemented } from './supplemented.ts'
import { ianaZone } from './time-zone.ts'
import type { Place } from './trip-distances.ts'

type Files = ReadonlyMap<string, Uint8Array>

export function readStops(files: Files, findings: Findings): Map<string, TimetableStop> {
  const columns = ['stop_id', 'stop_code', 'stop_name', 'stop_lat', 'stop_lon', 'location_type', 'parent_station']
  const stops = new Map<string, TimetableStop>()
  for (const { values, line, file } of readSupplemented(files, 'stops.txt', findings, ['stop_id'], columns)) {
    const stopId = values['stop_id'] ?? ''
    const latitude = parseNumber(values['stop_lat'] ?? '')
    const longitude = parseNumber(values['stop_lon'] ?? '')
    const placed = isPlace(latitude, longitude)
    if (!placed) {
      const detail = `${stopId}: ${values['stop_lat']}, ${values['stop_lon']}`
      findings.warning(file, 'noCoordinates', say('noCoordinates'), line, detail)
    }
    stops.set(stopId, {
      stopId,
      code: values['stop_code'] || null,
      name: values['stop_name'] || stopId,
      latitude: placed ? latitude : null,
      longitude: placed ? longitude : null,
      locationType: parseNumber(values['location_type'] ?? '') ?? 0,
      parentId: values['parent_station'] || null,
    })
  }
  for (const stop of stops.values()) {
    if (stop.parentId === null || stops.has(stop.parentId)) continue
    const detail = `${stop.stopId}: ${stop.parentId}`
    findings.warning('stops.txt', 'danglingParent', say('danglingParent'), null, detail)
    stop.parentId = null
  }
  return stops
}

/** Coordinates of the stops that have them. (0, 0) is in the sea and means that somebody had none. */
export function placesOf(stops: ReadonlyMap<string, TimetableStop>): Map<string, Place> {
  return new Map(
    [...stops.values()].flatMap(({ stopId, latitude, longitude }) =>
      latitude === null || longitude === null ? [] : [[stopId, [latitude, longitude] as const] as const],
    ),
  )
}

function isPlace(latitude: number | null, longitude: number | null): boolean {
  if (latitude === null || longitude === null) return false
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0)
}

export function readRoutes(files: Files, findings: Findings): Map<string, TimetableRoute> {
  const columns = ['route_id', 'route_short_name', 'route_long_name', 'route_type', 'route_color', 'route_text_color']
  return new Map(
    readSupplemented(files, 'routes.txt', findings, ['route_id'], columns).map(({ values }) => [
      values['route_id'] ?? '',
      {
        routeId: values['route_id'] ?? '',
        shortName: values['route_short_name'] || null,
        longName: values['route_long_name'] || null,
        type: parseNumber(values['route_type'] ?? ''),
        color: colour(values['route_color']),
        textColor: colour(values['route_text_color']),
      },
    ]),
  )
}

function colour(text: string | undefined): string | null {
  return text !== undefined && /^#?[0-9a-f]{6}$/i.test(text) ? text.replace('#', '').toUpperCase() : null
}

export function readShapes(files: Files, findings: Findings): Map<string, MeasuredLine> {
  const file = 'shapes.txt'
  const points = new Map<string, { sequence: number; place: [number, number] }[]>()
  const columns = ['shape_id', 'shape_pt_lat', 'shape_pt_lon', 'shape_pt_sequence']
  for (const { values, line } of readRows(files, file, findings, columns)) {
    const latitude = parseNumber(values['shape_pt_lat'] ?? '')
    const longitude = parseNumber(values['shape_pt_lon'] ?? '')
    const sequence = parseNumber(values['shape_pt_sequence'] ?? '')
    if (latitude === null || longitude === null || sequence === null || !isPlace(latitude, longitude)) {
      const detail = Object.values(values).join(', ')
      findings.error(file, 'badPoint', say('badPoint'), line, detail)
      continue
    }
    const shapeId = values['shape_id'] ?? ''
    const list = points.get(shapeId) ?? []
    points.set(shapeId, list)
    list.push({ sequence, place: [latitude, longitude] })
  }
  return new Map(
    [...points].map(([shapeId, list]) => [
      shapeId,
      measureLine(list.toSorted((a, b) => a.sequence - b.sequence).map((point) => point.place)),
    ]),
  )
}

/** The one time zone of the feed (agency.txt). Throws FeedRefused when there is none that could be understood: every time would be wrong. */
export function readTimeZone(files: Files, places: ReadonlyMap<string, Place>, findings: Findings): string {
  const file = 'agency.txt'
  const rows = readRows(files, file, findings, ['agency_id', 'agency_name', 'agency_timezone', 'agency_lang'])
  const zones = rows.map((row) => row.values['agency_timezone'] ?? '').filter((zone) => zone !== '')
  const name = zones[0]
  if (name === undefined) {
    throw new FeedRefused(say('noTimeZone'))
  }
  if (zones.some((zone) => zone !== name)) {
    const detail = [...new Set(zones)].join(', ')
    findings.warning(file, 'severalZones', say('severalZones', { zone: name }), null, detail)
  }
  const zone = ianaZone(name, [...places.values()])
  if (zone === null) {
    throw new FeedRefused(say('unknownZone', { zone: name }))
  }
  if (zone !== name) {
    const detail = say('valueReplaced', { from: name, to: zone })
    findings.warning(file, 'zoneReplaced', say('zoneReplaced'), rows[0]?.line ?? null, detail)
  }
  return zone
}
