import { expect, test } from 'vitest'
import { foldName, nameDistance } from './stop-search.ts'

const names = [
  'кв. Грамада',
  'Грамада – детска градина',
  'бул. „Джеймс Баучер“',
  'бул. „Джеймс Баучер“ – юг',
  'Автогара – ЖП гара',
  'Общински пазар',
  'Щъркелово гнездо',
  'Студентски град',
  'Парк „Бачиново“ – разклон',
  'площа Перемоги',
]
const find = (words: string): string[] =>
  names
    .map((name) => ({ name, distance: nameDistance(foldName(words), foldName(name)) }))
    .filter((one) => one.distance !== null)
    .sort((a, b) => (a.distance ?? 0) - (b.distance ?? 0))
    .map((one) => one.name)

test('a name is found in Latin letters, by its beginning, in the middle, and whole', () => {
  expect(find('gramada')).toEqual(['Грамада – детска градина', 'кв. Грамада'])
  expect(find('kv gramada')[0]).toBe('кв. Грамада')
  expect(find('баучер')).toEqual(['бул. „Джеймс Баучер“', 'бул. „Джеймс Баучер“ – юг'])
  expect(find('dzheyms')[0]).toBe('бул. „Джеймс Баучер“')
  expect(find('peremohy')).toEqual(['площа Перемоги'])
  expect(find('peremogi')).toEqual(['площа Перемоги'])
})

test('one wrong letter in a word does not hide a stop, two in a long one', () => {
  for (const words of ['gramda', 'grammada', 'garmada', 'Грамата', 'gramad'])
    expect(find(words)[0]).toContain('Грамада')
  expect(find('studenstki')).toEqual(['Студентски град'])
  expect(find('bachinwo')).toEqual(['Парк „Бачиново“ – разклон'])
})

test('the ways people spell щ, ч, ш, я and й in Latin all lead there', () => {
  for (const words of ['shtarkelovo', 'obshtinski', 'ob6tinski']) expect(find(words)).toHaveLength(1)
  expect(find('bau4er')[0]).toContain('Баучер')
})

test('what is not there is not found, and short words are taken as they are', () => {
  expect(find('xylophone')).toEqual([])
  expect(find('gramada pazar')).toEqual([])
  expect(find('gra')).toEqual(expect.arrayContaining(['кв. Грамада', 'Студентски град']))
})
