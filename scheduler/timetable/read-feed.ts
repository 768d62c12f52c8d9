import { say } from '../../domain/sentences/sentence.ts'
import type { FeedReport, Timetable, TimetableTrip } from '../../domain/timetable.ts'
import { checkBlocks } from './check-blocks.ts'
import { collectFindings, FeedRefused, type Findings } from './feed-report.ts'
import { feedIdOf, noteBlocks, noteExpiry } from './feed-notes.ts'
import { placesOf, readRoutes, readShapes, readStops, readTimeZone } from './feed-tables.ts'
import { lineLengthM } from './geometry.ts'
import { isKnownFile } from './known-columns.ts'
import { readServices } from './services.ts'
import { addStopTime, emptyColumns, expand } from './stop-time-columns.ts'
import { readStopTimes } from './stop-times.ts'
import { readSupplemented, type SupplementedRow } from './supplemented.ts'
import { distanceUnitM, tripDistance, tripWay, type TripWay } from './trip-distances.ts'
import { timedStops } from './trip-times.ts'
import { linkTrips } from './vehicle-links.ts'
import { readVehicleRules } from './vehicle-rules.ts'

export interface FeedReading {
  /** null: refused; `report.refused` says why. */
  timetable: Timetable | null
  report: FeedReport
}

/**
 * Reads a GTFS feed, with TODS files in it laid over where there are any, into a timetable whose every time, distance and reference is sound.
 * What had to be mended or left out is in the report; a feed that cannot be used at all gives no timetable and the reason. `today` is the
 * local date by which the feed's end is judged. Takes about two seconds for 600,000 stop times.
 */
export function readFeed(
  files: ReadonlyMap<string, Uint8Array>,
  options: { fileName: string; today: string; feedId?: string },
): FeedReading {
  const findings = collectFindings()
  const counts: Record<string, number> = {}
  try {
    const timetable = read(files, options, findings, counts)
    return { timetable, report: { fileName: options.fileName, refused: null, counts, findings: findings.list() } }
  } catch (error) {
    if (!(error instanceof FeedRefused)) throw error
    return {
      timetable: null,
      report: { fileName: options.fileName, refused: error.said, counts, findings: findings.list() },
    }
  }
}

function read(
  files: ReadonlyMap<string, Uint8Array>,
  options: { today: string; feedId?: string },
  findings: Findings,
  counts: Record<string, number>,
): Timetable {
  for (const file of files.keys()) {
    if (isKnownFile(file)) continue
    findings.warning(file, 'unknownFile', say('unknownFile'), null, '')
  }
  requireFiles(files)
  const stops = readStops(files, findings)
  if (stops.size === 0) throw new FeedRefused(say('noStops'))
  const places = placesOf(stops)
  const timeZone = readTimeZone(files, places, findings)
  const routes = readRoutes(files, findings)
  const services = readServices(files, findings)
  const shapes = readShapes(files, findings)
  const tripRows = usableTrips(files, findings, routes, services)
  if (tripRows.size === 0) throw new FeedRefused(say('noUsableTrip'))
  const raw = readStopTimes(files, findings, new Set(tripRows.keys()), new Set(stops.keys()))

  const ways = new Map<string, TripWay>()
  for (const [tripId, list] of raw.byTrip) ways.set(tripId, tripWay(tripId, list, places, findings))
  const unitM = distanceUnitM([...ways.values()], findings)

  const trips = new Map<string, TimetableTrip>()
  const stopTimes = emptyColumns()
  for (const [tripId, row] of tripRows) {
    const list = raw.byTrip.get(tripId) ?? []
    const way = ways.get(tripId) ?? { tripId, stops: 0, given: null, straight: null }
    const along = way.given ?? way.straight ?? list.map((_, i) => i)
    const timed = timedStops(tripId, list, along, findings)
    const first = timed?.[0]
    const last = timed?.at(-1)
    if (timed === null || first === undefined || last === undefined) continue
    const shapeId = row.values['shape_id'] || null
    const shape = shapeId === null ? undefined : shapes.get(shapeId)
    if (shapeId !== null && shape === undefined) {
      findings.warning(row.file, 'danglingShape', say('unknownShapes'), row.line, `${tripId}: ${shapeId}`)
    }
    const operational = (row.values['TODS_trip_type'] ?? '') !== ''
    const seconds = last.arrivalS - first.departureS
    const ends = [places.get(first.stop), places.get(last.stop)] as const
    const distance = tripDistance(way, { unitM, shape, ends, seconds, operational }, findings)
    trips.set(tripId, {
      tripId,
      routeId: row.values['route_id'] || null,
      serviceId: row.values['service_id'] ?? '',
      blockId: row.values['block_id'] || null,
      headsign: row.values['trip_headsign'] || null,
      directionId: row.values['direction_id'] === '' ? null : Number(row.values['direction_id']) === 1 ? 1 : 0,
      shapeId: shape === undefined ? null : shapeId,
      kind: operational ? (row.values['TODS_trip_type'] ?? '').toLowerCase() : 'revenue',
      distanceM: distance.metres.at(-1) ?? 0,
      distanceSource: distance.source,
      startS: first.departureS,
      endS: last.arrivalS,
      startStopId: first.stop,
      endStopId: last.stop,
    })
    timed.forEach((stop, i) => addStopTime(stopTimes, tripId, stop, distance.metres[i] ?? 0))
  }
  if (trips.size === 0) throw new FeedRefused(say('noUsableStopTimes'))

  linkTrips(files, [...trips.values()], findings)
  const running = expand(files, trips, stopTimes, findings)
  checkBlocks(running.trips, services, findings)
  const vehicleRules = readVehicleRules(files, running.trips, findings)
  const blocks = new Set(running.trips.flatMap((trip) => (trip.blockId === null ? [] : [trip.blockId])))
  noteBlocks(running.trips, blocks.size, findings)

  const used = new Set(running.trips.map((trip) => trip.serviceId))
  const serviceDays = [...services].flatMap(([serviceId, dates]) =>
    used.has(serviceId) ? [...dates].sort().map((date) => ({ serviceId, date })) : [],
  )
  const dates = serviceDays.map((day) => day.date).sort()
  const startDate = dates[0]
  const endDate = dates.at(-1)
  if (startDate === undefined || endDate === undefined) {
    throw new FeedRefused(say('noServiceDay'))
  }
  noteExpiry(files, endDate, options.today, findings)

  Object.assign(counts, {
    stops: stops.size,
    routes: routes.size,
    services: used.size,
    trips: running.trips.length,
    stopTimes: running.stopTimes.tripId.length,
    stopTimesRead: raw.rows,
    stopTimesPastMidnight: running.stopTimes.departureS.reduce((sum, s) => sum + (s >= 86_400 ? 1 : 0), 0),
    blocks: blocks.size,
    tripsWithoutBlock: running.trips.filter((trip) => trip.blockId === null).length,
    shapes: shapes.size,
    vehicleRules: vehicleRules.length,
  })
  return {
    feedId: options.feedId ?? feedIdOf(files),
    timeZone,
    startDate,
    endDate,
    serviceDays,
    routes: [...routes.values()],
    stops: [...stops.values()],
    shapes: [...shapes].map(([shapeId, line]) => ({
      shapeId,
      points: line.map(([latitude, longitude, metres]) => [latitude, longitude, Math.round(metres)]),
      lengthM: Math.round(lineLengthM(line)),
    })),
    trips: running.trips,
    stopTimes: running.stopTimes,
    vehicleRules,
  }
}

function requireFiles(files: ReadonlyMap<string, Uint8Array>): void {
  const missing = ['agency.txt', 'stops.txt', 'routes.txt', 'trips.txt', 'stop_times.txt'].filter(
    (file) => !files.has(file),
  )
  if (missing.length > 0) throw new FeedRefused(say('filesMissing', { files: missing.join(', ') }))
  if (!files.has('calendar.txt') && !files.has('calendar_dates.txt')) {
    throw new FeedRefused(say('noCalendar'))
  }
}

function usableTrips(
  files: ReadonlyMap<string, Uint8Array>,
  findings: Findings,
  routes: ReadonlyMap<string, unknown>,
  services: ReadonlyMap<string, unknown>,
): Map<string, SupplementedRow> {
  const columns = ['trip_id', 'route_id', 'service_id', 'trip_headsign', 'direction_id', 'block_id', 'shape_id']
  const usable = new Map<string, SupplementedRow>()
  for (const row of readSupplemented(files, 'trips.txt', findings, ['trip_id'], columns)) {
    const { values, line, file } = row
    const tripId = values['trip_id'] ?? ''
    const service = values['service_id'] ?? ''
    const route = values['route_id'] ?? ''
    if (!services.has(service)) {
      const detail = say('tripService', { trip: tripId, service })
      findings.error(file, 'danglingService', say('tripOfUnknownService'), line, detail)
      continue
    }
    if (route !== '' && !routes.has(route)) {
      findings.warning(file, 'danglingRoute', say('unknownRoutes'), line, say('tripRoute', { trip: tripId, route }))
      values['route_id'] = ''
    }
    usable.set(tripId, row)
  }
  return usable
}
