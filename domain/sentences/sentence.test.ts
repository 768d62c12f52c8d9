import { expect, test } from 'vitest'
import { FEED_REFUSAL_WORDS } from './words/feed-refusal-words.ts'
import { FEED_WORDS } from './words/feed-words.ts'
import { FLEET_WORDS } from './words/fleet-words.ts'
import { IMPORT_WORDS } from './words/import-words.ts'
import { MARKET_WORDS } from './words/market-words.ts'
import { PLACE_WORDS } from './words/place-words.ts'
import { SERIES_WORDS } from './words/series-words.ts'
import { TAKING_BACK_WORDS } from './words/taking-back-words.ts'
import { keptSentence, readSentence, wordsOf } from './kept-sentence.ts'
import { say, sentenceOf } from './sentence.ts'
import { AREAS, SENTENCES } from './sentences.ts'

const note = say('noPrices', { share: say('percent', { n: 33.3 }) })

test('a sentence is English in JSON, and what the reader reads in its language', () => {
  expect(JSON.parse(JSON.stringify({ note }))).toEqual({
    note: 'No prices for 33.3 % of the energy; its cost is not in the figures.',
  })
  expect(note.in('bg')).toBe('Няма цени за 33,3 % от енергията; стойността ѝ не е включена.')
  expect(note.in('uk')).toBe('Немає цін для 33,3 % енергії; її вартість не враховано.')
})

test('a sentence that was kept says the same', () => {
  const kept = JSON.parse(JSON.stringify(note.plain()))
  expect(kept).toEqual({ code: 'noPrices', values: { share: { code: 'percent', values: { n: 33.3 } } } })
  expect(sentenceOf(kept)?.in('uk')).toBe(note.in('uk'))
  expect(sentenceOf({ code: 'of another version', values: {} })).toBeNull()
})

test('a column of text keeps a sentence, and what an older version wrote there stays as it is', () => {
  const kept = keptSentence(note)
  expect(readSentence(kept)?.in('bg')).toBe(note.in('bg'))
  expect(wordsOf(kept, 'uk')).toBe(note.in('uk'))
  for (const other of ['The address answered 500.', '{broken', '{"code":"of another version","values":{}}'])
    expect(wordsOf(other, 'bg')).toBe(other)
})

test('no two areas have a code in common', () => {
  const codes = AREAS.flatMap((words) => Object.keys(words))
  expect(codes.toSorted()).toEqual(Object.keys(SENTENCES).toSorted())
})

test('every language tells the same values', () => {
  const values = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted()
  for (const [name, [en, ...others]] of Object.entries(SENTENCES))
    for (const other of others) expect({ name, values: values(other) }).toEqual({ name, values: values(en) })
})

test('what imports say has no English left in it, beyond names of files, fields, formats and things to write', () => {
  const words = {
    ...FEED_REFUSAL_WORDS,
    ...FEED_WORDS,
    ...FLEET_WORDS,
    ...IMPORT_WORDS,
    ...MARKET_WORDS,
    ...PLACE_WORDS,
    ...SERIES_WORDS,
    ...TAKING_BACK_WORDS,
  }
  const names =
    /\{\w+\}|\w+\.txt|\w+_\w+|source\.id|[a-z]+[A-Z]\w+|[A-Z][a-z]+[A-Z]\w*|Open-Meteo|Europe\/Sofia|entsoe:[\w-]+|\b(?:m|MWh|zip|true|false|null)\b|\b[A-Z][A-Z\d]*\b|[\d-]+T[\d:+Z]+/g
  for (const [code, [en, ...others]] of Object.entries(words))
    for (const other of others) {
      expect([code, other.replaceAll(names, '').match(/[A-Za-z]+/g)]).toEqual([code, null])
      if (/[a-z]/.test(en.replaceAll(/\{\w+\}/g, ''))) expect([code, other]).not.toEqual([code, en])
    }
})
