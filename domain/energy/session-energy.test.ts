import { expect, test } from 'vitest'
import { energyAtStop, followRegister, type RegisterState } from './session-energy.ts'

const started = (startWh: number | null): RegisterState => ({
  startWh,
  lastWh: startWh,
  energyWh: startWh === null ? null : 0,
})

function follow(state: RegisterState, ...registers: number[]): RegisterState {
  return registers.reduce(followRegister, state)
}

test('a register that rises gives its rise', () => {
  expect(follow(started(1000), 1500, 3000)).toEqual({ startWh: 1000, lastWh: 3000, energyWh: 2000 })
})

test('without a register at the start the first sample is the start', () => {
  expect(follow(started(null), 5000, 5600)).toEqual({ startWh: 5000, lastWh: 5600, energyWh: 600 })
})

test('a register that began again at zero goes on counting', () => {
  expect(follow(started(5_000_000), 5_020_000, 300, 10_000).energyWh).toBe(30_000)
})

test('a sample out of order, a little below the last, changes nothing', () => {
  expect(follow(started(1000), 2000, 1950, 2000)).toEqual({ startWh: 1000, lastWh: 2000, energyWh: 1000 })
})

test('at the stop the registers of start and stop count', () => {
  expect(energyAtStop(started(1000), 9000)).toBe(8000)
  expect(energyAtStop(follow(started(1000), 4000, 8900), 9000)).toBe(8000)
})

test('a register that restarted during the session is followed at the stop', () => {
  expect(energyAtStop(follow(started(5_000_000), 5_020_000, 10_000), 10_500)).toBe(30_500)
  expect(energyAtStop(follow(started(5_000_000), 5_020_000), 500)).toBe(20_500)
})

test('samples that count per session do not spoil registers that count for ever', () => {
  expect(energyAtStop(follow(started(5_000_000), 0, 25_000, 50_000), 5_050_100)).toBe(50_100)
})

test('a stop that counts per session agrees with the samples', () => {
  expect(energyAtStop(follow(started(5_000_000), 5_025_000, 5_050_000), 50_000)).toBe(50_000)
})

test('a register that began anew just before the stop does not undo what the samples had shown', () => {
  expect(energyAtStop(follow(started(4_000_000), 4_008_314), 5853)).toBe(14_167)
})

test('unknown stays unknown', () => {
  expect(energyAtStop(started(null), null)).toBeNull()
  expect(energyAtStop(started(null), 9000)).toBeNull()
  expect(energyAtStop(follow(started(1000), 4000), null)).toBe(3000)
})
