import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readGenerationCarbon } from './generation.ts'

const xml = readFileSync(new URL('../fixtures/generation.xml', import.meta.url), 'utf8')

test('carbon intensity is the mean of the factors by what each kind generates; hours that cannot be known are left out', () => {
  const found = readGenerationCarbon(xml, '10YCA-BULGARIA-R')
  if (found.kind !== 'carbon') throw new Error(found.kind)
  const hours = found.slots.filter((slot) => slot.startAt.getUTCMinutes() === 0)
  // Second hour: a fifth of it is waste, for which there is no factor. Third: lignite is missing.
  expect(hours.map((slot) => [slot.startAt.toISOString(), slot.gPerKwh])).toEqual([
    ['2026-11-22T23:00:00.000Z', Math.round((2000 * 12 + 1000 * 820) / 3000)],
    ['2026-11-23T02:00:00.000Z', Math.round((2000 * 12 + 1000 * 820 + 1000 * 48) / 4000)],
  ])
  expect(found.slots).toHaveLength(8)
  expect(found.problems.map((one) => one.in('en'))).toEqual([
    'consumption of pumps and of power stations is not counted',
  ])
})

test('generation of another zone is not taken', () => {
  expect(readGenerationCarbon(xml, '10YRO-TEL------P')).toMatchObject({ kind: 'carbon', slots: [] })
})
