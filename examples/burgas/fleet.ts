import { hourlyBaseLoadKw, MOST_KW } from './base-load.ts'
import { depot } from './depot.ts'
import { busId } from './work.ts'

/** Four rows of fourteen bays; a row hangs on a feeder of its own. The last row is for articulated buses. */
const BAYS_IN_ROW = 14
const BUSES = 56

interface Bay {
  /** From 1. */
  n: number
  two: string
  row: number
  column: number
  articulated: boolean
}

const bays = Array.from({ length: BUSES }, (_, i): Bay => {
  const row = Math.floor(i / BAYS_IN_ROW)
  return { n: i + 1, two: String(i + 1).padStart(2, '0'), row, column: i % BAYS_IN_ROW, articulated: row === 3 }
})

const nodes = [
  { id: 'site', parentId: null, label: 'Grid connection', limitKw: 1050, baseLoadKw: MOST_KW, hourlyBaseLoadKw },
  { id: 'transformer-1', parentId: 'site', label: 'Transformer 1, 630 kVA', limitKw: 560 },
  { id: 'transformer-2', parentId: 'site', label: 'Transformer 2, 630 kVA', limitKw: 560 },
  { id: 'feeder-a', parentId: 'transformer-1', label: 'Feeder A', limitKw: 300 },
  { id: 'feeder-b', parentId: 'transformer-1', label: 'Feeder B', limitKw: 300 },
  { id: 'feeder-c', parentId: 'transformer-2', label: 'Feeder C', limitKw: 300 },
  { id: 'feeder-d', parentId: 'transformer-2', label: 'Feeder D', limitKw: 350 },
]

const tariff = {
  zones: [
    { from: '22:00', to: '06:00', eurPerKwh: 0.092 },
    { from: '08:00', to: '11:00', months: [11, 12, 1, 2, 3], eurPerKwh: 0.178 },
    { from: '17:00', to: '21:00', months: [11, 12, 1, 2, 3], eurPerKwh: 0.194 },
    { from: '19:00', to: '22:00', months: [4, 5, 6, 7, 8, 9, 10], eurPerKwh: 0.186 },
    { from: '10:00', to: '16:00', months: [4, 5, 6, 7, 8, 9, 10], eurPerKwh: 0.081 },
    { from: '00:00', to: '24:00', eurPerKwh: 0.136 },
  ],
  networkEurPerKwh: 0.027,
  peakEurPerKw: 5.1,
}

const solo = {
  id: 'solo-12m',
  label: 'E-bus, 12 m',
  batteryCapacityKwh: 320,
  maxPowerKw: 100,
  minSocPercent: 10,
  maxSocPercent: 100,
  reserveSocPercent: 10,
  taper: [
    [0, 70],
    [5, 100],
    [82, 100],
    [90, 58],
    [100, 12],
  ],
  consumptionKwhPerKm: [
    [-15, 1.95],
    [-5, 1.6],
    [5, 1.28],
    [15, 1.03],
    [22, 0.98],
    [30, 1.16],
    [38, 1.38],
  ],
  passengerPlaces: 80,
}

const articulated = {
  id: 'articulated-18m',
  label: 'E-bus, articulated, 18 m',
  batteryCapacityKwh: 460,
  maxPowerKw: 150,
  minSocPercent: 10,
  maxSocPercent: 100,
  reserveSocPercent: 10,
  taper: [
    [0, 100],
    [5, 150],
    [82, 150],
    [90, 84],
    [100, 18],
  ],
  consumptionKwhPerKm: [
    [-15, 2.7],
    [-5, 2.22],
    [5, 1.78],
    [15, 1.46],
    [22, 1.4],
    [30, 1.64],
    [38, 1.94],
  ],
  passengerPlaces: 130,
}

/** The depot as its fleet file says it. */
export const fleet = {
  $schema: '../../docs/schema/fleet.schema.json',
  licence: 'CC0-1.0',
  sites: [
    {
      id: 'burgas',
      name: 'Бургасбус',
      timeZone: 'Europe/Sofia',
      latitude: depot.latitude,
      longitude: depot.longitude,
      monthlyTemperatureC: [2.9, 4.0, 6.8, 11.2, 16.3, 21.0, 23.7, 23.8, 19.7, 14.7, 9.4, 4.9],
      nodes,
      stations: bays.map(({ two, row, articulated: long }) => ({
        id: `CP-${two}`,
        label: `Charger ${two}`,
        nodeId: `feeder-${'abcd'[row]}`,
        evses: [{ evseId: 1, maxPowerKw: long ? 90 : 60, efficiency: 0.94 }],
      })),
      bays: bays.map(({ two, row, column }) => ({
        id: `bay-${two}`,
        label: two,
        row,
        column,
        stationId: `CP-${two}`,
        evseId: 1,
      })),
      tariff,
    },
  ],
  vehicleTypes: [solo, articulated],
  vehicles: bays.map(({ n, two, articulated: long }) => ({
    id: busId(n),
    label: `Bus ${two}`,
    siteId: 'burgas',
    typeId: long ? articulated.id : solo.id,
    bayId: `bay-${two}`,
    tokens: [
      { value: `BGS-BUS-${two}`, type: 'ISO14443' },
      { value: `0A12B0E50D${two}`, type: 'MacAddress' },
    ],
  })),
  tokens: [{ value: 'BGS-WORKSHOP', type: 'ISO14443', label: 'Workshop card' }],
}

export const vehicles = bays.map(({ n, two }) => ({
  id: busId(n),
  label: `Bus ${two}`,
  licensePlate: `A ${3100 + n} EB`,
}))
