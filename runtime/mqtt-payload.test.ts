import { expect, test } from 'vitest'
import { readingsOf } from './mqtt-payload.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

test('one reading, an array of readings and an object with readings are telemetry, of the vehicle that the topic names last', () => {
  const one = { socPercent: 50 }
  const expected = { items: [one], vehicleId: 'bus-7' }
  expect(readingsOf('zaryad/telemetry/bus-7', bytes(JSON.stringify(one)))).toEqual(expected)
  expect(readingsOf('zaryad/telemetry/bus-7', bytes(JSON.stringify([one])))).toEqual(expected)
  expect(readingsOf('zaryad/telemetry/bus-7', bytes(JSON.stringify({ readings: [one] })))).toEqual(expected)
  expect(readingsOf('zaryad/telemetry/', bytes(JSON.stringify(one)))?.vehicleId).toBeUndefined()
})

test('what is no JSON, no object, empty, not UTF-8 or too long is no telemetry', () => {
  for (const text of ['', 'on', '12', 'null', '"x"', '[]', '{"readings":{}}', '{"readings":[]}', '{"soc":']) {
    expect([text, readingsOf('t/bus-1', bytes(text))]).toEqual([text, undefined])
  }
  expect(readingsOf('t/bus-1', new Uint8Array([0x7b, 0xff, 0x7d]))).toBeUndefined()
  expect(readingsOf('t/bus-1', bytes(JSON.stringify([{ note: 'x'.repeat(1024 * 1024) }])))).toBeUndefined()
})
