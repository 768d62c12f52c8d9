import { expect, test } from 'vitest'
import { energyByHour } from './energy-by-hour.ts'

const MINUTE_MS = 60_000
const at = (minutes: number, value: number) => ({ at: minutes * MINUTE_MS, value })

test('what counters rose by is shared out by the hour, and adds up', () => {
  const hours = energyByHour([
    [at(0, 1000), at(30, 1500), at(90, 2700)],
    [at(10, 0), at(50, 400)],
  ])
  expect(hours).toEqual([
    { at: 0, energyWh: 500 + 600 + 400, buildings: 2 },
    { at: 60 * MINUTE_MS, energyWh: 600, buildings: 1 },
  ])
})

test('a counter that begins anew, and a long silence, add nothing that nobody measured', () => {
  expect(energyByHour([[at(0, 5000), at(10, 20), at(20, 30)]])).toEqual([{ at: 0, energyWh: 10, buildings: 1 }])
  expect(energyByHour([[at(0, 0), at(300, 9000)]])).toEqual([])
})
