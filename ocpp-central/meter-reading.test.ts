import { expect, test } from 'vitest'
import { byContext, readSamples, type SampledValue } from './meter-reading.ts'

const none = { registerWh: null, powerW: null, offeredW: null, socPercent: null, currentA: null, voltageV: null }

function read(...values: SampledValue[]) {
  const quirks: string[] = []
  const reading = readSamples(values, (name) => quirks.push(name))
  return { ...reading, quirks }
}

test('a value without a measurand is the energy register in Wh', () => {
  expect(read({ value: '1234' })).toEqual({ ...none, registerWh: 1234, quirks: [] })
})

test('kWh, kW and multipliers are brought to Wh and W', () => {
  expect(
    read(
      { value: '12.345', unit: 'kWh' },
      { value: '50.5', measurand: 'Power.Active.Import', unit: 'kW' },
      { value: '60', measurand: 'Power.Offered', unit: 'kW' },
    ),
  ).toMatchObject({ registerWh: 12_345, powerW: 50_500, offeredW: 60_000 })
  expect(
    read(
      { value: 12.3, unitOfMeasure: { unit: 'kWh', multiplier: 1 } },
      { value: 5, measurand: 'Power.Active.Import', unitOfMeasure: { multiplier: 4 } },
    ),
  ).toMatchObject({ registerWh: 123_000, powerW: 50_000 })
})

test('power told per phase is summed, and a total wins over its phases', () => {
  const phases = ['L1', 'L2', 'L3'].map((phase) => ({ value: '7000', measurand: 'Power.Active.Import', phase }))
  expect(read(...phases)).toMatchObject({ powerW: 21_000 })
  expect(read(...phases, { value: '20000', measurand: 'Power.Active.Import' })).toMatchObject({ powerW: 20_000 })
})

test('without power it is made from current and voltage per phase; the highest current and the mean voltage are kept', () => {
  expect(
    read(
      { value: '10', measurand: 'Current.Import', phase: 'L1' },
      { value: '16', measurand: 'Current.Import', phase: 'L2' },
      { value: '0.3', measurand: 'Current.Import', phase: 'N' },
      { value: '230', measurand: 'Voltage', phase: 'L1-N' },
      { value: '232', measurand: 'Voltage', phase: 'L2-N' },
    ),
  ).toMatchObject({ powerW: 10 * 230 + 16 * 232, currentA: 16, voltageV: 231 })
})

test('the outlet is believed before the inlet', () => {
  expect(
    read(
      { value: '100', measurand: 'Power.Active.Import', location: 'Inlet' },
      { value: '95', measurand: 'Power.Active.Import', location: 'Outlet' },
    ),
  ).toMatchObject({ powerW: 95 })
  expect(read({ value: '100', measurand: 'Power.Active.Import', location: 'Inlet' })).toMatchObject({ powerW: 100 })
})

test('padded and comma numbers are read and counted, unreadable and impossible ones are no values', () => {
  expect(read({ value: ' 0.0' })).toEqual({ ...none, registerWh: 0, quirks: ['paddedNumber'] })
  expect(read({ value: '12,5', measurand: 'SoC' })).toEqual({ ...none, socPercent: 12.5, quirks: ['decimalComma'] })
  expect(read({ value: '' })).toEqual({ ...none, quirks: ['unreadableValue'] })
  expect(read({ value: 'n/a' })).toEqual({ ...none, quirks: ['unreadableValue'] })
  expect(read({ value: '255', measurand: 'SoC' })).toEqual({ ...none, quirks: ['impossibleValue'] })
  expect(read({ value: '1e300' })).toEqual({ ...none, quirks: ['impossibleValue'] })
})

test('signed data and measurands that are not used say nothing', () => {
  expect(read({ value: 'AA55', format: 'SignedData' }, { value: '50', measurand: 'Frequency' })).toEqual({
    ...none,
    quirks: [],
  })
})

test('values of one message are told apart by their context', () => {
  const contexts = byContext([{ value: 1 }, { value: 2, context: 'Transaction.Begin' }, { value: 3 }])
  expect([...contexts.keys()]).toEqual(['Sample.Periodic', 'Transaction.Begin'])
  expect(contexts.get('Sample.Periodic')).toHaveLength(2)
})
