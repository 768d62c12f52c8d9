/**
 * Writes gtfs/, tods/ and fleet.json of this folder: `node examples/blagoevgrad/generate.ts`. The same files come out every time.
 * What is real and what is typical is said in README.md.
 */
import { writeFileSync } from 'node:fs'
import { at } from '../parts/csv-file.ts'
import { lineOf, type Stop, type StopOnWay } from '../parts/line.ts'
import { tripsOf, type Deadhead, type Service } from '../parts/work.ts'
import { writeGtfs } from '../parts/write-gtfs.ts'
import { writeTods } from '../parts/write-tods.ts'

const here = import.meta.dirname

// ---- the line ----

/** Stops towards Plazha. */
const outward: StopOnWay[] = [
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
    timepoint: true,
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
const line = lineOf({
  routeId: '12',
  bg: 'кв. Грамада – Автогара – бул. „Джеймс Баучер“ – Плажа',
  en: 'Gramada – Bus and rail station – James Bourchier Blvd – Plazha',
  color: '0B7A4B',
  tripMinutes: 36,
  outward,
  headsigns: { out: 'Плажа', back: 'кв. Грамада' },
})
const CYCLE_MINUTES = 102
const gramada = { metres: 3400, minutes: 10 }
const deadheads: Record<'begin' | 'endEven' | 'endOdd', Deadhead> = {
  begin: { stopId: '1201', ...gramada },
  endEven: { stopId: '1202', ...gramada },
  endOdd: { stopId: '1237', metres: 6100, minutes: 16 },
}

// ---- the work ----

/** Times in minutes after midnight; `cycles` in halves, from Gramada; the second part of a split duty starts after `pause` cycles at the depot. */
interface Duty {
  service: Service
  vehicle: string
  pullOut: number
  parts: { block: string; cycles: number }[]
  pause: number
}

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

const trips = duties.flatMap((duty) => {
  let firstStart = duty.pullOut + deadheads.begin.minutes
  return duty.parts.flatMap(({ block, cycles }) => {
    const part = tripsOf({
      service: duty.service,
      block,
      line,
      firstStart,
      everyMinutes: CYCLE_MINUTES / 2,
      halves: Math.round(cycles * 2),
      deadheads,
    })
    firstStart += (cycles + duty.pause) * CYCLE_MINUTES
    return part
  })
})

// ---- writing ----

const buses = [1, 2, 3, 4, 5, 6]
writeGtfs(`${here}/gtfs`, {
  agency: { id: 'blagoevgrad-eco-transport', name: 'Благоевград Еко Транспорт', url: 'https://www.blagoevgrad.bg' },
  lines: [line],
  trips,
})
writeTods(`${here}/tods`, {
  depot,
  trips,
  vehicles: buses.map((n) => ({ id: `bus-${n}`, label: `Bus ${n}`, licensePlate: `E ${1200 + n} EB` })),
  assignments: duties.flatMap(({ service, vehicle, parts }) => parts.map(({ block }) => ({ service, block, vehicle }))),
})

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
