import { describe, expect, test } from 'vitest'
import { advanceEvse, createEvse, energise, offeredPowerW } from './evse.ts'
import type { EvseSpec, PluggedVehicle } from './evse.ts'

const DC: EvseSpec = {
  evseId: 1,
  currentType: 'DC',
  phases: 3,
  maxPowerW: 60_000,
  minPowerW: 5_000,
  efficiency: 0.9,
  connectorType: 'cCCS2',
}
const AC: EvseSpec = { ...DC, currentType: 'AC', maxPowerW: 22_080, minPowerW: 0 }
const MINUTE = 60_000

function bus(change: Partial<PluggedVehicle> = {}): PluggedVehicle {
  return {
    vehicleId: 'bus-1',
    batteryWh: 20_000,
    capacityWh: 100_000,
    taper: [
      { soc: 0, powerKw: 80 },
      { soc: 0.8, powerKw: 80 },
      { soc: 1, powerKw: 8 },
    ],
    maxPowerW: 80_000,
    maxSocPercent: 100,
    ...change,
  }
}

function charging(spec: EvseSpec, vehicle: PluggedVehicle) {
  const evse = createEvse(spec, 1_000)
  evse.vehicle = vehicle
  energise(evse, 0)
  return evse
}

describe('what an outlet offers under a limit', () => {
  test.each([
    [22_080, 22_080],
    [11_040, 11_040],
    [4_140, 4_140],
    [4_139, 0],
    [10_000, 9_936],
  ])('AC, three phases: of %d W, %d W', (limitW, offeredW) => {
    expect(offeredPowerW(AC, limitW)).toBeCloseTo(offeredW, 6)
  })

  test('AC on one phase offers 16 A as 3,680 W', () => {
    expect(offeredPowerW(AC, 3_680, 1)).toBeCloseTo(3_680, 6)
  })

  test('DC pauses below its smallest power module', () => {
    expect([4_999, 5_000, 70_000].map((limitW) => offeredPowerW(DC, limitW))).toEqual([0, 5_000, 60_000])
  })
})

test('a DC session draws nothing before cable check and pre-charge are over, then ramps up', () => {
  const evse = charging(DC, bus())
  expect(advanceEvse(evse, 0, 30_000, { limitW: 60_000 })).toBe('charging')
  expect(evse.registerWh).toBe(1_000)
  advanceEvse(evse, 30_000, 32_000, { limitW: 60_000 })
  expect(evse.powerW).toBe(16_000)
  advanceEvse(evse, 32_000, MINUTE, { limitW: 60_000 })
  expect(evse.powerW).toBe(60_000)
})

test('the meter turns by what the battery gains, divided by the efficiency', () => {
  const vehicle = bus()
  const evse = charging(DC, vehicle)
  for (let minute = 0; minute < 60; minute += 1)
    advanceEvse(evse, minute * MINUTE, (minute + 1) * MINUTE, { limitW: 40_000 })
  expect((vehicle.batteryWh - 20_000) / 0.9).toBeCloseTo(evse.registerWh - 1_000, 6)
  expect(evse.registerWh - 1_000).toBeGreaterThan(39_500)
  expect(evse.registerWh - 1_000).toBeLessThanOrEqual(40_000)
})

test('power follows the taper down and ends at full, with the register standing still', () => {
  const vehicle = bus({ batteryWh: 80_000 })
  const evse = charging(DC, vehicle)
  const powers: number[] = []
  let state = ''
  for (let minute = 0; minute < 180; minute += 1) {
    state = advanceEvse(evse, minute * MINUTE, (minute + 1) * MINUTE, { limitW: 60_000 })
    if (minute > 0) powers.push(evse.powerW)
  }
  expect(powers).toEqual(powers.toSorted((a, b) => b - a))
  expect(state).toBe('suspendedEv')
  expect(vehicle.batteryWh).toBeCloseTo(100_000, 0)
  const registerWh = evse.registerWh
  advanceEvse(evse, 180 * MINUTE, 240 * MINUTE, { limitW: 60_000 })
  expect(evse.registerWh).toBe(registerWh)
})

test('a limit of zero suspends, and the meter stops', () => {
  const evse = charging(DC, bus())
  advanceEvse(evse, 0, 5 * MINUTE, { limitW: 60_000 })
  const { registerWh } = evse
  expect(advanceEvse(evse, 5 * MINUTE, 6 * MINUTE, { limitW: 0 })).toBe('suspendedEvse')
  expect(evse.powerW).toBe(0)
  expect(evse.registerWh).toBe(registerWh)
})
