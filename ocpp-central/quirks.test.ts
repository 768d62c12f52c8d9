import { describe, expect, test } from 'vitest'
import type { OcppProtocol } from '../domain/status.ts'
import { CallError } from './call-error.ts'
import { readTolerantly } from './quirks.ts'
import { firstViolation, messageValidators, type Validator } from './validation.ts'

function requestOf(protocol: OcppProtocol, action: string): Validator {
  const validator = messageValidators(protocol, action)?.request
  if (validator === undefined) throw new Error(`${protocol} has no ${action}`)
  return validator
}

/** Reads a payload and returns what became of it and the quirks met. */
function read(protocol: OcppProtocol, action: string, payload: object): { payload: object; quirks: string[] } {
  const copy = structuredClone(payload)
  return { quirks: readTolerantly(requestOf(protocol, action), action, copy), payload: copy }
}

const at = '2026-11-23T20:00:00Z'
const sample = { value: '12', measurand: 'SoC' }
const meterValues = (sampledValue: unknown) => ({ connectorId: 1, meterValue: [{ timestamp: at, sampledValue }] })

test('a payload that fits is left alone', () => {
  const start = { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: at }
  expect(read('ocpp1.6', 'StartTransaction', start)).toEqual({ payload: start, quirks: [] })
})

test.each(['2026-11-23T20:00:00', '2026-11-23 20:00:00Z', '2026-11-23T20:00Z', '2026-11-23T22:00:00.123456+0200'])(
  'an instant written as %s passes',
  (timestamp) => {
    expect(
      read('ocpp1.6', 'StartTransaction', { connectorId: 1, idTag: 'A', meterStart: 0, timestamp }).quirks,
    ).toEqual([])
  },
)

describe('what real stations get wrong is mended and counted', () => {
  const cases: [name: string, OcppProtocol, string, object, object, string[]][] = [
    [
      'numbers as texts',
      'ocpp1.6',
      'StartTransaction',
      { connectorId: '1', idTag: 'A', meterStart: ' 5 ', timestamp: at },
      { connectorId: 1, meterStart: 5 },
      ['stringForNumber', 'stringForNumber'],
    ],
    [
      'a decimal comma',
      'ocpp2.0.1',
      'MeterValues',
      { evseId: 1, meterValue: [{ timestamp: at, sampledValue: [{ value: '1,5' }] }] },
      { meterValue: [{ sampledValue: [{ value: 1.5 }] }] },
      ['stringForNumber'],
    ],
    [
      'meter values as numbers',
      'ocpp1.6',
      'MeterValues',
      meterValues([{ value: 12.5 }]),
      meterValues([{ value: '12.5' }]),
      ['numberForString'],
    ],
    [
      'one meterValue without its list',
      'ocpp1.6',
      'MeterValues',
      { connectorId: 1, meterValue: { timestamp: at, sampledValue: [sample] } },
      meterValues([sample]),
      ['objectForArray'],
    ],
    [
      'one sampledValue without its list',
      'ocpp1.6',
      'MeterValues',
      meterValues(sample),
      meterValues([sample]),
      ['objectForArray'],
    ],
    [
      'fractions of whole numbers',
      'ocpp1.6',
      'StopTransaction',
      { transactionId: 1, meterStop: 10.6, timestamp: at },
      { meterStop: 11 },
      ['fractionForInteger'],
    ],
    ['a number as a tag', 'ocpp1.6', 'Authorize', { idTag: 12345 }, { idTag: '12345' }, ['numberForString']],
    [
      'a Boolean as text',
      'ocpp2.0.1',
      'NotifyReport',
      { requestId: 1, generatedAt: at, seqNo: 0, tbc: 'false' },
      { tbc: false },
      ['textForBoolean'],
    ],
    [
      'null for nothing',
      'ocpp1.6',
      'BootNotification',
      { chargePointVendor: 'v', chargePointModel: 'm', iccid: null },
      {},
      ['nullField'],
    ],
    ['fields of their own', 'ocpp1.6', 'Heartbeat', { uptime: 12 }, {}, ['unknownField']],
    [
      'other spellings of a field',
      'ocpp1.6',
      'StopTransaction',
      { transaction_id: 1, meter_stop: 5, timestamp: at },
      { transactionId: 1, meterStop: 5 },
      ['misspelledField', 'misspelledField'],
    ],
    [
      'other spellings of a word',
      'ocpp1.6',
      'MeterValues',
      meterValues([{ value: '1', unit: 'KWH' }]),
      meterValues([{ value: '1', unit: 'kWh' }]),
      ['misspelledValue'],
    ],
    [
      'reasons of their own',
      'ocpp1.6',
      'StopTransaction',
      { transactionId: 1, meterStop: 5, timestamp: at, reason: 'Whatever' },
      { reason: 'Other' },
      ['unknownValue'],
    ],
    [
      'states of their own',
      'ocpp2.0.1',
      'TransactionEvent',
      {
        eventType: 'Updated',
        timestamp: at,
        triggerReason: 'Sunrise',
        seqNo: 1,
        transactionInfo: { transactionId: 't', chargingState: 'Dreaming' },
      },
      { triggerReason: 'Trigger', transactionInfo: { transactionId: 't' } },
      ['unknownValue', 'unknownValue'],
    ],
    [
      'measurands of their own',
      'ocpp1.6',
      'MeterValues',
      meterValues([{ value: '1', measurand: 'Mood' }, sample]),
      meterValues([sample]),
      ['unknownMeasurand'],
    ],
    [
      'texts that are too long',
      'ocpp1.6',
      'StartTransaction',
      { connectorId: 1, idTag: 'x'.repeat(30), meterStart: 0, timestamp: at },
      { idTag: 'x'.repeat(30) },
      ['tooLongText'],
    ],
    [
      'an empty optional date',
      'ocpp1.6',
      'StatusNotification',
      { connectorId: 1, status: 'Available', errorCode: 'NoError', timestamp: '' },
      {},
      ['emptyTime'],
    ],
    [
      'seconds since 1970',
      'ocpp1.6',
      'StatusNotification',
      { connectorId: 1, status: 'Available', errorCode: 'NoError', timestamp: 1_795_464_000 },
      { timestamp: '2026-11-23T20:00:00.000Z' },
      ['epochTime'],
    ],
    [
      'an unreadable date',
      'ocpp1.6',
      'StartTransaction',
      { connectorId: 1, idTag: 'A', meterStart: 0, timestamp: 'yesterday' },
      { timestamp: '1970-01-01T00:00:00Z' },
      ['unreadableTime'],
    ],
    [
      'no error code',
      'ocpp1.6',
      'StatusNotification',
      { connectorId: 1, status: 'Available' },
      { errorCode: 'NoError' },
      ['missingField'],
    ],
    [
      'no meter stop',
      'ocpp1.6',
      'StopTransaction',
      { transactionId: 1, timestamp: at },
      { meterStop: -1 },
      ['missingField'],
    ],
    [
      'an empty list of samples',
      'ocpp2.0.1',
      'MeterValues',
      { evseId: 1, meterValue: [] },
      { evseId: 1 },
      ['emptyList'],
    ],
  ]
  test.each(cases)('%s', (_name, protocol, action, payload, expected, quirks) => {
    const result = read(protocol, action, payload)
    expect(result.payload).toMatchObject(expected)
    expect(result.quirks).toEqual(quirks)
  })

  test('a whole meter reading in numbers costs one repair each and still passes the schema', () => {
    const payload = meterValues(Array.from({ length: 40 }, (_, i) => ({ value: i })))
    const result = read('ocpp1.6', 'MeterValues', payload)
    expect(result.quirks).toHaveLength(40)
    expect(firstViolation(requestOf('ocpp1.6', 'MeterValues'), result.payload)).toBeUndefined()
  })
})

describe('what cannot be mended is refused with its code', () => {
  const cases: [string, OcppProtocol, string, object, string][] = [
    ['a missing field', 'ocpp1.6', 'BootNotification', {}, 'OccurrenceConstraintViolation'],
    [
      'a text for a number',
      'ocpp1.6',
      'StatusNotification',
      { connectorId: 'left', status: 'Available', errorCode: 'NoError' },
      'TypeConstraintViolation',
    ],
    ['a list for an object', 'ocpp2.0.1', 'Authorize', { idToken: [{}, {}] }, 'TypeConstraintViolation'],
    [
      'a limit with two decimals',
      'ocpp1.6',
      'RemoteStartTransaction',
      {
        idTag: 'A',
        chargingProfile: {
          chargingProfileId: 1,
          stackLevel: 0,
          chargingProfilePurpose: 'TxProfile',
          chargingProfileKind: 'Relative',
          chargingSchedule: { chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 0.15 }] },
        },
      },
      'PropertyConstraintViolation',
    ],
    [
      'a word that is required and unknown',
      'ocpp1.6',
      'StatusNotification',
      { connectorId: 1, status: 'Sleeping', errorCode: 'NoError' },
      'OccurrenceConstraintViolation',
    ],
    [
      'an empty list of reports',
      'ocpp2.0.1',
      'NotifyReport',
      { requestId: 1, generatedAt: at, seqNo: 0, reportData: [] },
      'OccurrenceConstraintViolation',
    ],
  ]
  test.each(cases)('%s', (_name, protocol, action, payload, code) => {
    let thrown: unknown
    try {
      read(protocol, action, payload)
    } catch (error) {
      thrown = error
    }
    expect(thrown).toBeInstanceOf(CallError)
    expect(thrown).toMatchObject({ code })
  })

  test('a message that would need endless repairs is refused', () => {
    const payload = meterValues(Array.from({ length: 501 }, (_, i) => ({ value: i })))
    expect(() => read('ocpp1.6', 'MeterValues', payload)).toThrow(CallError)
  })
})
