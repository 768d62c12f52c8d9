import fc from 'fast-check'
import pg from 'pg'
import { expect, test } from 'vitest'
import { parseInstant } from './parse-instant.ts'

const TIMESTAMPTZ = 1184
const drivers = pg.types.getTypeParser(TIMESTAMPTZ, 'text') as (text: string) => unknown

test('an instant is read as the driver reads it, to the millisecond', () => {
  const min = new Date('0100-01-01T00:00:00Z')
  const max = new Date('9999-12-31T23:59:59.999Z')
  fc.assert(
    fc.property(
      fc.date({ min, max, noInvalidDate: true }),
      fc.integer({ min: 0, max: 6 }),
      fc.nat(999),
      (date, digits, micros) => {
        const [day, time] = date.toISOString().replace('Z', '').split('T')
        const [seconds = '', millis = ''] = (time ?? '').split('.')
        const fraction = `${millis}${String(micros).padStart(3, '0')}`.slice(0, digits)
        const text = `${day} ${seconds}${fraction === '' ? '' : `.${fraction}`}+00`
        expect(parseInstant(text)).toEqual(drivers(text))
      },
    ),
  )
})

test('what is not a plain instant in UTC is left to the driver', () => {
  for (const text of [
    'infinity',
    '-infinity',
    '',
    '2026-11-23',
    '2026-11-23 19:42:00+02',
    '2026-11-23 19:42:00+05:30',
    '0044-03-15 12:00:00+00 BC',
    '12026-11-23 19:42:00+00',
    '0044-03-15 12:00:00+00',
  ])
    expect([text, parseInstant(text)]).toEqual([text, undefined])
})
