import { describe, expect, test } from 'vitest'
import { instantsInOrder, instantsOfLocal } from './local-instant.ts'

const SOFIA = 'Europe/Sofia'
const iso = (texts: readonly string[]): (string | null)[] =>
  instantsInOrder(texts, SOFIA).map((at) => at?.toISOString() ?? null)

describe('a local time without a zone', () => {
  test.each([
    ['2026-01-15 13:45:00', '2026-01-15T11:45:00.000Z'],
    ['2026-07-15T13:45', '2026-07-15T10:45:00.000Z'],
    ['15.07.2026 13:45', '2026-07-15T10:45:00.000Z'],
    ['15.07.2026 г., 13:45', '2026-07-15T10:45:00.000Z'],
    ['2026-07-15T13:45:00Z', '2026-07-15T13:45:00.000Z'],
    ['2026-07-15T13:45:00+02:00', '2026-07-15T11:45:00.000Z'],
  ])('%s is %s', (text, instant) => {
    expect(instantsOfLocal(text, SOFIA).map((at) => at.toISOString())).toEqual([instant])
  })

  test.each(['', 'n/a', '2026-13-01 10:00', '2026-02-30 10:00', '2026-01-15', '2026-01-15 25:00', '45 minutes ago'])(
    '“%s” is no time',
    (text) => {
      expect(instantsOfLocal(text, SOFIA)).toEqual([])
    },
  )

  test('in the hour that autumn repeats it may be either, and the earlier is taken: a reading never seems newer than it is', () => {
    expect(instantsOfLocal('2026-10-25 03:30:00', SOFIA).map((at) => at.toISOString())).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-25T01:30:00.000Z',
    ])
    expect(iso(['2026-10-25 03:30:00'])).toEqual(['2026-10-25T00:30:00.000Z'])
  })

  test('the order of a list tells which of the two hours is meant, oldest or newest first', () => {
    const texts = ['03:05', '03:35', '03:05', '03:35', '04:05'].map((time) => `2026-10-25 ${time}:00`)
    const instants = ['00:05', '00:35', '01:05', '01:35', '02:05'].map((time) => `2026-10-25T${time}:00.000Z`)
    expect(iso(texts)).toEqual(instants)
    expect(iso(texts.toReversed())).toEqual(instants.toReversed())
  })

  test('a time that spring skips is an hour later, and a list goes on after it', () => {
    expect(iso(['2026-03-29 02:59:00', '2026-03-29 03:30:00', 'n/a', '2026-03-29 04:31:00'])).toEqual([
      '2026-03-29T00:59:00.000Z',
      '2026-03-29T01:30:00.000Z',
      null,
      '2026-03-29T01:31:00.000Z',
    ])
  })
})
