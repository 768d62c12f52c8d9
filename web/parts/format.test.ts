import { expect, test } from 'vitest'
import { createFormat } from './format.ts'

const format = createFormat('en-GB', 'Europe/Sofia')
const at = (text: string): number => Date.parse(text)

test('times are those of the site, 24 hours a day, through both changes of the clock', () => {
  expect(format.time(at('2026-11-23T19:42:00Z'))).toBe('21:42')
  expect(format.time(at('2026-11-23T22:00:00Z'))).toBe('00:00')
  expect(format.time(at('2026-10-25T00:30:00Z'))).toBe('03:30')
  expect(format.time(at('2026-10-25T01:30:00Z'))).toBe('03:30')
})

test('a time of another day says which, unless it is the coming night', () => {
  const now = at('2026-11-23T19:42:00Z')
  expect(format.timeFrom(at('2026-11-24T03:10:00Z'), now)).toBe('05:10')
  expect(format.timeFrom(at('2026-11-24T16:10:00Z'), now)).toBe('Tue 18:10')
})

test('power, money and spans of time are short and keep their meaning', () => {
  expect([format.kw(142_400), format.kw(7_340), format.kw(0)]).toEqual(['142', '7.3', '0'])
  expect([format.money(61_200_000), format.price(148_000)]).toEqual(['€61.20', '0.148'])
  expect([format.duration(40_000), format.duration(463 * 60_000), format.duration(7_200_000)]).toEqual([
    '40 s',
    '7 h 43 min',
    '2 h',
  ])
})

test('the language decides how figures are written', () => {
  expect(createFormat('bg', 'Europe/Sofia').price(148_000)).toBe('0,148')
  expect(createFormat('bg', 'Europe/Sofia').duration(463 * 60_000)).toBe('7 ч 43 мин')
  expect(createFormat('uk', 'Europe/Kyiv').duration(40 * 60_000)).toBe('40 хв')
})

test.each(['bg', 'uk', 'en-GB'])('the hour is a number in every language: %s', (locale) => {
  expect(createFormat(locale, 'Europe/Sofia').hour(Date.parse('2026-11-23T02:30:00Z'))).toBe(4)
})
