import { expect, test } from 'vitest'
import { REPORT_WORDS } from './report-words.ts'
import { say, sentenceOf } from './sentence.ts'
import { SENTENCES } from './sentences.ts'

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

test('no two areas have a code in common', () => {
  const areas = [REPORT_WORDS]
  expect(Object.keys(SENTENCES)).toHaveLength(areas.reduce((sum, words) => sum + Object.keys(words).length, 0))
})

test('every language tells the same values', () => {
  const values = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted()
  for (const [name, [en, ...others]] of Object.entries(SENTENCES))
    for (const other of others) expect({ name, values: values(other) }).toEqual({ name, values: values(en) })
})
