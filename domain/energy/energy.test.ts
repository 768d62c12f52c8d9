import { expect, test } from 'vitest'
import type { Block } from '../block.ts'
import type { VehicleType } from '../fleet.ts'
import { blockNeed, driveEnergyKwh, rangeM } from './block-need.ts'
import { assumedTemperature, consumptionKwhPerKm } from './consumption.ts'
import { estimateCharge } from './estimate-soc.ts'

const type: VehicleType = {
  typeId: 'midi',
  label: 'Midi',
  batteryCapacityWh: 100_000,
  maxPowerW: 60_000,
  minSocPercent: 10,
  maxSocPercent: 95,
  reserveSocPercent: 10,
  taper: [
    [0, 60],
    [100, 10],
  ],
  consumption: [
    [-10, 1.2],
    [10, 0.8],
    [25, 0.7],
  ],
}

const now = new Date('2026-11-23T10:00:00Z')

function drive(start: string, end: string): Block {
  const startAt = new Date(start)
  const endAt = new Date(end)
  const trip = {
    tripId: 'T',
    kind: 'revenue',
    route: '12',
    headsign: null,
    startAt,
    endAt,
    distanceM: 50_000,
    startStopId: null,
    endStopId: null,
  }
  return {
    blockId: 'B',
    date: '2026-11-23',
    vehicleId: 'bus-1',
    assignedBy: 'timetable',
    startAt,
    endAt,
    distanceM: 50_000,
    routes: ['12'],
    trips: [trip],
  }
}

test('consumption follows its curve, is flat beyond it, and is the worst when the temperature is unknown', () => {
  expect([-20, -10, 0, 10, 17.5, 40].map((celsius) => consumptionKwhPerKm(type, celsius))).toEqual([
    1.2, 1.2, 1, 0.8, 0.75, 0.7,
  ])
  expect(consumptionKwhPerKm(type, null)).toBe(1.2)
})

test('the temperature is the measured one while it is fresh, else the monthly mean without steps, else unknown', () => {
  const monthly = [0, 3, 7, 12, 17, 21, 24, 23, 18, 12, 6, 2]
  const site = {
    monthlyTemperatureC: monthly,
    outdoorTemperatureC: 9.5,
    outdoorTemperatureAt: new Date('2026-11-23T08:00:00Z'),
  }
  expect(assumedTemperature(site, now)).toEqual({ celsius: 9.5, source: 'measured' })
  const old = { ...site, outdoorTemperatureAt: new Date('2026-11-22T08:00:00Z') }
  expect(assumedTemperature(old, new Date('2026-11-15T00:00:00Z'))).toEqual({ celsius: 6, source: 'monthlyMean' })
  expect(assumedTemperature(old, new Date('2026-11-30T00:00:00Z'))).toEqual({ celsius: 4, source: 'monthlyMean' })
  expect(assumedTemperature(old, new Date('2027-01-01T00:00:00Z')).celsius).toBeCloseTo(0.9, 1)
  expect(assumedTemperature({ ...old, monthlyTemperatureC: null }, now)).toEqual({ celsius: null, source: 'unknown' })
})

test('the need is the block’s energy with the reserve above the minimum', () => {
  expect(driveEnergyKwh(type, 50_000, 10)).toBe(40)
  expect(blockNeed(type, 40)).toEqual({ energyKwh: 40, needSoc: expect.closeTo(0.6, 9), note: null })
  expect(rangeM(type, 10)).toBeCloseTo(93_750, 6)
})

test('a block that eats the reserve, or more than the battery, says so and asks for a full one', () => {
  expect(blockNeed(type, 80)).toMatchObject({
    needSoc: 0.95,
    note: { kind: 'workIntoReserve', workWh: 80_000, reservePercent: 10 },
  })
  expect(blockNeed(type, 90).note).toMatchObject({ kind: 'workBeyondBattery', workWh: 90_000 })
})

test('a charge is the last reading less what was driven since', () => {
  const blocks = [drive('2026-11-23T06:00:00Z', '2026-11-23T14:00:00Z')]
  const state = { now, pluggedIn: false, temperatureC: 10 }
  const read = (socPercent: number | null, socAt: string | null) =>
    estimateCharge({ socPercent, socAt: socAt === null ? null : new Date(socAt) }, type, blocks, state)
  expect(read(90, '2026-11-23T05:00:00Z')).toEqual({ energyKwh: 70, basis: 'driven' })
  expect(read(90, '2026-11-23T08:00:00Z')).toEqual({ energyKwh: 80, basis: 'driven' })
  expect(read(10, '2026-11-23T05:00:00Z').energyKwh).toBe(0)
  expect(read(70, '2026-11-23T10:00:00Z')).toEqual({ energyKwh: 70, basis: 'measured' })
})

test('without a reading, or with one of the day before yesterday, a driving vehicle has what its plan gave it, and a parked one its reserve', () => {
  const blocks = [drive('2026-11-23T06:00:00Z', '2026-11-23T14:00:00Z')]
  const unknown = { socPercent: null, socAt: null }
  const old = { socPercent: 80, socAt: new Date('2026-11-21T10:00:00Z') }
  for (const vehicle of [unknown, old]) {
    expect(estimateCharge(vehicle, type, blocks, { now, pluggedIn: false, temperatureC: 10 })).toEqual({
      energyKwh: expect.closeTo(40, 9),
      basis: 'plan',
    })
    expect(estimateCharge(vehicle, type, [], { now, pluggedIn: null, temperatureC: 10 })).toEqual({
      energyKwh: 20,
      basis: 'cautious',
    })
  }
})

test('a vehicle that still stands at its plug while its block runs has driven nothing', () => {
  const blocks = [drive('2026-11-23T09:30:00Z', '2026-11-23T14:00:00Z')]
  const vehicle = { socPercent: 90, socAt: new Date('2026-11-23T09:00:00Z') }
  expect(estimateCharge(vehicle, type, blocks, { now, pluggedIn: true, temperatureC: 10 })).toEqual({
    energyKwh: 90,
    basis: 'measured',
  })
})
