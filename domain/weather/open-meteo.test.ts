import { expect, test } from 'vitest'
import { openMeteoAnswer, readOpenMeteo } from './open-meteo.ts'

const answer = (hourly: object, more: object = {}) =>
  openMeteoAnswer.parse({ hourly_units: { time: 'iso8601', temperature_2m: '°C' }, hourly, ...more })

test('local times are brought to UTC by the answer’s own offset, over a change of the clocks too', () => {
  const hourly = {
    time: ['2026-10-25T02:00', '2026-10-25T03:00', '2026-10-25T04:00'],
    temperature_2m: [4.2, null, -0.5],
  }
  expect(readOpenMeteo(answer(hourly, { utc_offset_seconds: 10_800 }))).toEqual([
    { at: new Date('2026-10-24T23:00:00Z'), temperatureC: 4.2 },
    { at: new Date('2026-10-25T01:00:00Z'), temperatureC: -0.5 },
  ])
})

test('seconds since 1970 are UTC, and Fahrenheit becomes Celsius', () => {
  const units = { hourly_units: { time: 'unixtime', temperature_2m: '°F' }, utc_offset_seconds: 7200 }
  const hourly = { time: [1_795_305_600, 1_795_309_200], temperature_2m: [50, 999] }
  expect(readOpenMeteo(answer(hourly, units))).toEqual([{ at: new Date(1_795_305_600_000), temperatureC: 10 }])
})

test('an answer that cannot be meant is refused', () => {
  expect(() => readOpenMeteo(answer({ time: ['2026-10-25T02:00'], temperature_2m: [] }))).toThrow(RangeError)
  expect(() => readOpenMeteo(answer({ time: ['tomorrow'], temperature_2m: [1] }))).toThrow(RangeError)
  const kelvin = { hourly_units: { time: 'iso8601', temperature_2m: 'K' } }
  expect(() => readOpenMeteo(answer({ time: ['2026-10-25T02:00'], temperature_2m: [280] }, kelvin))).toThrow('K')
})
