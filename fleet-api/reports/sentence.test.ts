import { expect, test } from 'vitest'
import { percent, Sentence } from './sentence.ts'
import { SENTENCES } from './sentences.ts'

test('a sentence is English in JSON, and what the reader reads in a file', () => {
  const note = new Sentence('noPrices', { share: percent(1, 3) })
  expect(JSON.parse(JSON.stringify({ note }))).toEqual({
    note: 'No prices for 33.3 % of the energy; its cost is not in the figures.',
  })
  expect(note.in('bg')).toBe('Няма цени за 33,3 % от енергията; стойността ѝ не е включена.')
  expect(note.in('uk')).toBe('Немає цін для 33,3 % енергії; її вартість не враховано.')
})

test('a share too small to be told is not told as nothing', () => {
  expect(percent(1, 1_000_000).in('en')).toBe('less than 0.1 %')
  expect(percent(0, 5).in('en')).toBe('0 %')
})

test('every language tells the same values', () => {
  const values = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).toSorted()
  for (const [name, [en, ...others]] of Object.entries(SENTENCES))
    for (const other of others) expect({ name, values: values(other) }).toEqual({ name, values: values(en) })
})
