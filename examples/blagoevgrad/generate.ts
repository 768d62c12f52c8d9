/**
 * Writes gtfs/, tods/ and fleet.json of this folder: `node examples/blagoevgrad/generate.ts`. The same files come out every time.
 * What is real and what is typical is said in README.md.
 */
import { mkdirSync, writeFileSync } from 'node:fs'

const here = import.meta.dirname
const START_DATE = '20250101'
const END_DATE = '20301231'

// ---- the line ----

interface Stop {
  id: string
  bg: string
  en: string
  latitude: number
  longitude: number
}

/** Stops towards Plazha; `via` are bends of the street before the stop. */
const outward: (Stop & { via?: [number, number][] })[] = [
  { id: '1201', bg: 'кв. Грамада', en: 'Gramada', latitude: 42.0009, longitude: 23.1042 },
  { id: '1203', bg: 'Грамада – детска градина', en: 'Gramada – kindergarten', latitude: 42.0032, longitude: 23.1018 },
  {
    id: '1205',
    bg: 'ж.к. Еленово – изток',
    en: 'Elenovo East',
    latitude: 42.005,
    longitude: 23.0978,
    via: [[42.0041, 23.1001]],
  },
  { id: '1207', bg: 'ж.к. Еленово – училище', en: 'Elenovo – school', latitude: 42.0046, longitude: 23.0936 },
  {
    id: '1209',
    bg: 'ж.к. Еленово – запад',
    en: 'Elenovo West',
    latitude: 42.0062,
    longitude: 23.0897,
    via: [[42.0049, 23.0909]],
  },
  {
    id: '1211',
    bg: 'ул. „Покровнишко шосе“',
    en: 'Pokrovnishko Shose St',
    latitude: 42.0084,
    longitude: 23.0858,
    via: [[42.0071, 23.0874]],
  },
  {
    id: '1213',
    bg: 'Автогара – ЖП гара',
    en: 'Bus and rail station',
    latitude: 42.0128,
    longitude: 23.0829,
    via: [[42.0103, 23.0836]],
  },
  {
    id: '1215',
    bg: 'бул. „Св. Димитър Солунски“',
    en: 'Sv. Dimitar Solunski Blvd',
    latitude: 42.0157,
    longitude: 23.0862,
    via: [[42.0146, 23.0838]],
  },
  { id: '1217', bg: 'Общински пазар', en: 'Municipal market', latitude: 42.0168, longitude: 23.0907 },
  {
    id: '1219',
    bg: 'МБАЛ – болница',
    en: 'Hospital',
    latitude: 42.0153,
    longitude: 23.0962,
    via: [[42.0161, 23.0935]],
  },
  {
    id: '1221',
    bg: 'бул. „Джеймс Баучер“ – юг',
    en: 'James Bourchier Blvd South',
    latitude: 42.0175,
    longitude: 23.0991,
    via: [[42.016, 23.0984]],
  },
  { id: '1223', bg: 'бул. „Джеймс Баучер“', en: 'James Bourchier Blvd', latitude: 42.0204, longitude: 23.0996 },
  {
    id: '1225',
    bg: 'Община – център',
    en: 'Town hall – centre',
    latitude: 42.0212,
    longitude: 23.0949,
    via: [[42.0217, 23.0979]],
  },
  { id: '1227', bg: 'Драматичен театър', en: 'Drama theatre', latitude: 42.0236, longitude: 23.0968 },
  { id: '1229', bg: 'кв. Вароша', en: 'Varosha', latitude: 42.0248, longitude: 23.1008 },
  { id: '1231', bg: 'Стадион „Христо Ботев“', en: 'Hristo Botev stadium', latitude: 42.0257, longitude: 23.1053 },
  {
    id: '1233',
    bg: 'Студентски град',
    en: 'Student campus',
    latitude: 42.0276,
    longitude: 23.1096,
    via: [[42.0265, 23.1075]],
  },
  { id: '1235', bg: 'Парк „Бачиново“ – разклон', en: 'Bachinovo Park turn-off', latitude: 42.0297, longitude: 23.1149 },
  { id: '1237', bg: 'Плажа', en: 'Plazha', latitude: 42.0324, longitude: 23.1201, via: [[42.0309, 23.1178]] },
]
const depot: Stop = {
  id: 'DEPOT',
  bg: 'База „Благоевград Еко Транспорт“',
  en: 'Blagoevgrad Eco Transport depot',
  latitude: 42.0071,
  longitude: 23.0812,
}
/** Streets are longer than the straight pieces between the points above. */
const BENDS = 1.02
const TRIP_MINUTES = 36
const CYCLE_MINUTES = 102
/** Deadhead to and from the two termini: metres and minutes. */
const DEADHEAD = { G: { metres: 3400, minutes: 10 }, P: { metres: 6100, minutes: 16 } }

/** Stops of the way back lie on the other side of the street and have the next number. */
const backward: Stop[] = outward.toReversed().map((stop) => ({
  id: String(Number(stop.id) + 1),
  bg: stop.bg,
  en: stop.en,
  latitude: round(stop.latitude + 0.00012, 5),
  longitude: round(stop.longitude - 0.00016, 5),
}))

function metresBetween(a: [number, number], b: [number, number]): number {
  const x = (b[1] - a[1]) * Math.cos((a[0] * Math.PI) / 180)
  return Math.hypot(b[0] - a[0], x) * 111_195
}

interface Shape {
  id: string
  points: { place: [number, number]; metres: number }[]
  /** Metres at each stop. */
  stops: number[]
}

function shapeOf(id: string, places: { place: [number, number]; stop: boolean }[]): Shape {
  let metres = 0
  let before: [number, number] | undefined
  const stops: number[] = []
  const points = places.map(({ place, stop }) => {
    if (before !== undefined) metres += metresBetween(before, place) * BENDS
    before = place
    if (stop) stops.push(Math.round(metres))
    return { place, metres: Math.round(metres) }
  })
  return { id, points, stops }
}

const outwardShape = shapeOf(
  '12-out',
  outward.flatMap((stop) => [
    ...(stop.via ?? []).map((place) => ({ place, stop: false })),
    { place: [stop.latitude, stop.longitude] as [number, number], stop: true },
  ]),
)
const backwardShape = shapeOf(
  '12-back',
  backward.flatMap((stop, i) => [
    { place: [stop.latitude, stop.longitude] as [number, number], stop: true },
    ...(outward.toReversed()[i]?.via ?? []).toReversed().map((place) => ({ place, stop: false })),
  ]),
)

// ---- the work ----

/** Times in minutes after midnight; `cycles` in halves, from Gramada; the second part of a split duty starts after `pause` cycles at the depot. */
interface Duty {
  service: 'weekday' | 'weekend'
  vehicle: string
  pullOut: number
  parts: { block: string; cycles: number }[]
  pause: number
}

const at = (hours: number, minutes: number): number => hours * 60 + minutes
const duties: Duty[] = [
  { service: 'weekday', vehicle: 'bus-1', pullOut: at(5, 10), parts: [{ block: '12-1', cycles: 8.5 }], pause: 0 },
  {
    service: 'weekday',
    vehicle: 'bus-2',
    pullOut: at(5, 27),
    parts: [
      { block: '12-2', cycles: 4 },
      { block: '12-2P', cycles: 3.5 },
    ],
    pause: 2,
  },
  { service: 'weekday', vehicle: 'bus-3', pullOut: at(5, 44), parts: [{ block: '12-3', cycles: 8 }], pause: 0 },
  {
    service: 'weekday',
    vehicle: 'bus-4',
    pullOut: at(6, 1),
    parts: [
      { block: '12-4', cycles: 3 },
      { block: '12-4P', cycles: 4.5 },
    ],
    pause: 2,
  },
  { service: 'weekday', vehicle: 'bus-5', pullOut: at(6, 18), parts: [{ block: '12-5', cycles: 8.5 }], pause: 0 },
  {
    service: 'weekday',
    vehicle: 'bus-6',
    pullOut: at(6, 35),
    parts: [
      { block: '12-6', cycles: 5 },
      { block: '12-6P', cycles: 3 },
    ],
    pause: 1,
  },
  { service: 'weekend', vehicle: 'bus-2', pullOut: at(6, 30), parts: [{ block: '12-W1', cycles: 7 }], pause: 0 },
  { service: 'weekend', vehicle: 'bus-4', pullOut: at(7, 4), parts: [{ block: '12-W2', cycles: 7 }], pause: 0 },
  { service: 'weekend', vehicle: 'bus-6', pullOut: at(7, 38), parts: [{ block: '12-W3', cycles: 7 }], pause: 0 },
]

interface Trip {
  id: string
  service: string
  block: string
  kind: 'revenue' | 'pull-out' | 'pull-in'
  direction: 0 | 1
  start: number
  terminus?: 'G' | 'P'
}

const trips: Trip[] = duties.flatMap((duty) => {
  let first = duty.pullOut + DEADHEAD.G.minutes
  return duty.parts.flatMap((part) => {
    const base = { service: duty.service, block: part.block }
    const halves = Math.round(part.cycles * 2)
    const own: Trip[] = Array.from({ length: halves }, (_, half) => ({
      ...base,
      id: `${part.block}-${String(half + 1).padStart(2, '0')}`,
      kind: 'revenue',
      direction: half % 2 === 0 ? 0 : 1,
      start: first + (half * CYCLE_MINUTES) / 2,
    }))
    const lastEnd = (own.at(-1)?.start ?? first) + TRIP_MINUTES
    const pullOut: Trip = {
      ...base,
      id: `${part.block}-out`,
      kind: 'pull-out',
      direction: 0,
      start: first - DEADHEAD.G.minutes,
      terminus: 'G',
    }
    const pullIn: Trip = {
      ...base,
      id: `${part.block}-in`,
      kind: 'pull-in',
      direction: 1,
      start: lastEnd,
      terminus: halves % 2 === 0 ? 'G' : 'P',
    }
    first += (part.cycles + duty.pause) * CYCLE_MINUTES
    return [pullOut, ...own, pullIn]
  })
})
const serviceId = (trip: Trip): string => (trip.service === 'weekday' ? 'weekday' : 'weekend')
const revenue = trips.filter((trip) => trip.kind === 'revenue')
const deadheads = trips.filter((trip) => trip.kind !== 'revenue')

// ---- writing ----

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits))
}

function clock(minutes: number): string {
  const seconds = Math.round(minutes * 60)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

function csv(folder: string, file: string, header: string, rows: (string | number)[][]): void {
  const cell = (value: string | number): string =>
    /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value)
  mkdirSync(`${here}/${folder}`, { recursive: true })
  writeFileSync(`${here}/${folder}/${file}`, `${[header, ...rows.map((row) => row.map(cell).join(','))].join('\n')}\n`)
}

csv('gtfs', 'agency.txt', 'agency_id,agency_name,agency_url,agency_timezone,agency_lang', [
  ['blagoevgrad-eco-transport', 'Благоевград Еко Транспорт', 'https://www.blagoevgrad.bg', 'Europe/Sofia', 'bg'],
])
csv(
  'gtfs',
  'feed_info.txt',
  'feed_publisher_name,feed_publisher_url,feed_lang,feed_start_date,feed_end_date,feed_version',
  [['Zaryad example', 'https://creativecommons.org/publicdomain/zero/1.0/', 'bg', START_DATE, END_DATE, '1']],
)
csv('gtfs', 'calendar.txt', 'service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date', [
  ['weekday', 1, 1, 1, 1, 1, 0, 0, START_DATE, END_DATE],
  ['weekend', 0, 0, 0, 0, 0, 1, 1, START_DATE, END_DATE],
])
// On public holidays with fixed dates the weekend timetable runs.
const holidays = ['0101', '0303', '0501', '0506', '0524', '0906', '0922', '1224', '1225', '1226']
const years = [2025, 2026, 2027, 2028, 2029, 2030]
csv(
  'gtfs',
  'calendar_dates.txt',
  'service_id,date,exception_type',
  years.flatMap((year) =>
    holidays.flatMap((day) => {
      const weekday = new Date(`${year}-${day.slice(0, 2)}-${day.slice(2)}T12:00:00Z`).getUTCDay()
      if (weekday === 0 || weekday === 6) return []
      return [
        ['weekday', `${year}${day}`, 2],
        ['weekend', `${year}${day}`, 1],
      ]
    }),
  ),
)
csv(
  'gtfs',
  'routes.txt',
  'route_id,agency_id,route_short_name,route_long_name,route_type,route_color,route_text_color',
  [
    [
      '12',
      'blagoevgrad-eco-transport',
      '12',
      'кв. Грамада – Автогара – бул. „Джеймс Баучер“ – Плажа',
      3,
      '0B7A4B',
      'FFFFFF',
    ],
  ],
)
csv(
  'gtfs',
  'stops.txt',
  'stop_id,stop_code,stop_name,stop_lat,stop_lon,location_type',
  [...outward, ...backward].map((stop) => [stop.id, stop.id, stop.bg, stop.latitude, stop.longitude, 0]),
)
csv('gtfs', 'translations.txt', 'table_name,field_name,language,translation,record_id', [
  ...[...outward, ...backward].map((stop) => ['stops', 'stop_name', 'en', stop.en, stop.id]),
  ['routes', 'route_long_name', 'en', 'Gramada – Bus and rail station – James Bourchier Blvd – Plazha', '12'],
])
csv(
  'gtfs',
  'shapes.txt',
  'shape_id,shape_pt_lat,shape_pt_lon,shape_pt_sequence,shape_dist_traveled',
  [outwardShape, backwardShape].flatMap((shape) =>
    shape.points.map((point, i) => [shape.id, point.place[0], point.place[1], i + 1, point.metres]),
  ),
)
csv(
  'gtfs',
  'trips.txt',
  'route_id,service_id,trip_id,trip_headsign,direction_id,block_id,shape_id,wheelchair_accessible',
  revenue.map((trip) => [
    '12',
    serviceId(trip),
    trip.id,
    trip.direction === 0 ? 'Плажа' : 'кв. Грамада',
    trip.direction,
    trip.block,
    trip.direction === 0 ? outwardShape.id : backwardShape.id,
    1,
  ]),
)
csv(
  'gtfs',
  'stop_times.txt',
  'trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled,timepoint',
  revenue.flatMap((trip) => {
    const stops = trip.direction === 0 ? outward : backward
    const shape = trip.direction === 0 ? outwardShape : backwardShape
    const length = shape.stops.at(-1) ?? 1
    return stops.map((stop, i) => {
      const exact = trip.start + (TRIP_MINUTES * (shape.stops[i] ?? 0)) / length
      const time = clock(Math.round(exact * 2) / 2)
      const timepoint = i === 0 || i === stops.length - 1 || stop.bg.startsWith('Автогара') ? 1 : 0
      return [trip.id, time, time, stop.id, i + 1, shape.stops[i] ?? 0, timepoint]
    })
  }),
)

csv('tods', 'stops_supplement.txt', 'stop_id,stop_name,stop_lat,stop_lon,TODS_location_type', [
  [depot.id, depot.bg, depot.latitude, depot.longitude, 'garage'],
])
csv(
  'tods',
  'trips_supplement.txt',
  'trip_id,route_id,service_id,trip_headsign,direction_id,block_id,TODS_trip_type',
  deadheads.map((trip) => [trip.id, '', serviceId(trip), '', '', trip.block, trip.kind]),
)
csv(
  'tods',
  'stop_times_supplement.txt',
  'trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled,timepoint',
  deadheads.flatMap((trip) => {
    const { metres, minutes } = DEADHEAD[trip.terminus ?? 'G']
    const terminus =
      trip.terminus === 'P'
        ? (outward.at(-1)?.id ?? '')
        : trip.kind === 'pull-out'
          ? (outward[0]?.id ?? '')
          : (backward.at(-1)?.id ?? '')
    const [from, to] = trip.kind === 'pull-out' ? [depot.id, terminus] : [terminus, depot.id]
    return [
      [trip.id, clock(trip.start), clock(trip.start), from, 1, 0, 1],
      [trip.id, clock(trip.start + minutes), clock(trip.start + minutes), to, 2, metres, 1],
    ]
  }),
)
const buses = [1, 2, 3, 4, 5, 6]
csv(
  'tods',
  'vehicles.txt',
  'vehicle_id,vehicle_label,license_plate',
  buses.map((n) => [`bus-${n}`, `Bus ${n}`, `E ${1200 + n} EB`]),
)
csv(
  'tods',
  'vehicle_assignments.txt',
  'date,service_id,block_id,vehicle_id',
  duties.flatMap((duty) => duty.parts.map((part) => ['', duty.service, part.block, duty.vehicle])),
)

const fleet = {
  $schema: '../../docs/schema/fleet.schema.json',
  licence: 'CC0-1.0',
  sites: [
    {
      id: 'blagoevgrad',
      name: 'Благоевград Еко Транспорт',
      timeZone: 'Europe/Sofia',
      latitude: depot.latitude,
      longitude: depot.longitude,
      monthlyTemperatureC: [0.9, 3.3, 7.6, 12.5, 17.3, 21.4, 23.9, 23.6, 19.0, 13.2, 7.2, 2.3],
      nodes: [
        { id: 'site', parentId: null, label: 'Grid connection', limitKw: 130, baseLoadKw: 20 },
        { id: 'feeder-1', parentId: 'site', label: 'Feeder 1', limitKw: 90 },
        { id: 'feeder-2', parentId: 'site', label: 'Feeder 2', limitKw: 60 },
      ],
      stations: [1, 2, 3].map((n) => ({
        id: `CP-${n}`,
        label: `Charger ${n}`,
        nodeId: n < 3 ? 'feeder-1' : 'feeder-2',
        evses: [1, 2].map((evseId) => ({
          evseId,
          currentType: 'DC',
          maxPowerKw: 60,
          efficiency: 0.94,
          connectors: [{ connectorId: 1, type: 'cCCS2' }],
        })),
      })),
      bays: buses.map((n) => ({
        id: `bay-${n}`,
        label: String(n),
        row: 0,
        column: n - 1,
        stationId: `CP-${Math.ceil(n / 2)}`,
        evseId: n % 2 === 1 ? 1 : 2,
      })),
      tariff: {
        zones: [
          { from: '22:00', to: '06:00', eurPerKwh: 0.082 },
          { from: '08:00', to: '11:00', eurPerKwh: 0.174 },
          { from: '18:00', to: '21:00', eurPerKwh: 0.189 },
          { from: '00:00', to: '24:00', eurPerKwh: 0.131 },
        ],
        networkEurPerKwh: 0.034,
        peakEurPerKw: 4.6,
      },
    },
  ],
  vehicleTypes: [
    {
      id: 'midi-22',
      label: 'E-bus, 22 places',
      batteryCapacityKwh: 140,
      maxPowerKw: 60,
      minSocPercent: 10,
      maxSocPercent: 100,
      reserveSocPercent: 10,
      taper: [
        [0, 40],
        [5, 60],
        [80, 60],
        [90, 36],
        [100, 9],
      ],
      consumptionKwhPerKm: [
        [-15, 1.08],
        [-5, 0.92],
        [5, 0.76],
        [15, 0.62],
        [22, 0.6],
        [30, 0.7],
        [38, 0.82],
      ],
      passengerPlaces: 22,
    },
  ],
  vehicles: buses.map((n) => ({
    id: `bus-${n}`,
    label: `Bus ${n}`,
    siteId: 'blagoevgrad',
    typeId: 'midi-22',
    bayId: `bay-${n}`,
    tokens: [
      { value: `BLG-BUS-${n}`, type: 'ISO14443' },
      { value: `0A12B0E50C0${n}`, type: 'MacAddress' },
    ],
  })),
  tokens: [{ value: 'BLG-WORKSHOP', type: 'ISO14443', label: 'Workshop card' }],
}
writeFileSync(`${here}/fleet.json`, `${JSON.stringify(fleet, null, 2)}\n`)
