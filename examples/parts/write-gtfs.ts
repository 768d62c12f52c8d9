import { clock, writeCsv } from './csv-file.ts'
import type { Line, Stop } from './line.ts'
import type { Trip } from './work.ts'

const START_DATE = '20250101'
const END_DATE = '20301231'
const YEARS = [2025, 2026, 2027, 2028, 2029, 2030]
/** On public holidays with fixed dates the weekend timetable runs. */
const HOLIDAYS = ['0101', '0303', '0501', '0506', '0524', '0906', '0922', '1224', '1225', '1226']

export interface Timetable {
  agency: { id: string; name: string; url: string }
  lines: readonly Line[]
  trips: readonly Trip[]
}

/** Writes what passengers see: `folder` gets the GTFS tables of lines that run on weekdays and, less often, at weekends. */
export function writeGtfs(folder: string, { agency, lines, trips }: Timetable): void {
  const write = (file: string, header: string, rows: readonly (readonly (string | number)[])[]): void =>
    writeCsv(folder, file, header, rows)
  const stops = stopsOf(lines)
  const shapes = lines.flatMap((line) => [line.out.shape, line.back.shape])
  const revenue = trips.filter((trip) => trip.kind === 'revenue')

  write('agency.txt', 'agency_id,agency_name,agency_url,agency_timezone,agency_lang', [
    [agency.id, agency.name, agency.url, 'Europe/Sofia', 'bg'],
  ])
  write(
    'feed_info.txt',
    'feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version',
    [[`${agency.name}, пример`, 'https://creativecommons.org/publicdomain/zero/1.0/', 'bg', START_DATE, END_DATE, '1']],
  )
  write('calendar.txt', 'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date', [
    ['weekday', 1, 1, 1, 1, 1, 0, 0, START_DATE, END_DATE],
    ['weekend', 0, 0, 0, 0, 0, 1, 1, START_DATE, END_DATE],
  ])
  write('calendar_dates.txt', 'service_id,date,exception_type', holidayRows())
  write(
    'routes.txt',
    'route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color',
    lines.map((line) => [line.routeId, agency.id, line.routeId, line.bg, 3, line.color, 'FFFFFF']),
  )
  write(
    'stops.txt',
    'stop_id,stop_code,stop_name,stop_lat,stop_lon,location_type',
    stops.map((stop) => [stop.id, stop.id, stop.bg, stop.latitude, stop.longitude, 0]),
  )
  write('translations.txt', 'table_name,field_name,language,translation,record_id', [
    ...stops.map((stop) => ['stops', 'stop_name', 'en', stop.en, stop.id]),
    ...lines.map((line) => ['routes', 'route_long_name', 'en', line.en, line.routeId]),
  ])
  write(
    'shapes.txt',
    'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled',
    shapes.flatMap((shape) =>
      shape.points.map((point, i) => [shape.id, point.place[0], point.place[1], i + 1, point.metres]),
    ),
  )
  write(
    'trips.txt',
    'route_id,service_id,trip_id,trip_headsign,direction_id,block_id,shape_id,wheelchair_accessible',
    revenue.map(({ line, direction, ...trip }) => {
      const { headsign, shape } = direction === 0 ? line.out : line.back
      return [line.routeId, trip.service, trip.id, headsign, direction, trip.block, shape.id, 1]
    }),
  )
  write(
    'stop_times.txt',
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled,timepoint',
    revenue.flatMap(({ line, direction, id, start }) => {
      const way = direction === 0 ? line.out : line.back
      const length = way.shape.stops.at(-1) ?? 1
      return way.stops.map((stop, i) => {
        const metres = way.shape.stops[i] ?? 0
        const time = clock(Math.round((start + (line.tripMinutes * metres) / length) * 2) / 2)
        const timepoint = i === 0 || i === way.stops.length - 1 || stop.timepoint === true ? 1 : 0
        return [id, time, time, stop.id, i + 1, metres, timepoint]
      })
    }),
  )
}

/** Every stop once, however many lines call there. */
function stopsOf(lines: readonly Line[]): Stop[] {
  const all = lines.flatMap((line) => [...line.out.stops, ...line.back.stops])
  return [...new Map(all.map((stop) => [stop.id, stop])).values()]
}

function holidayRows(): (string | number)[][] {
  return YEARS.flatMap((year) =>
    HOLIDAYS.flatMap((day) => {
      const weekday = new Date(`${year}-${day.slice(0, 2)}-${day.slice(2)}T12:00:00Z`).getUTCDay()
      if (weekday === 0 || weekday === 6) return []
      return [
        ['weekday', `${year}${day}`, 2],
        ['weekend', `${year}${day}`, 1],
      ]
    }),
  )
}
