import { expect, test } from 'vitest'
import { latinLetters } from './latin-letters.ts'

test('Bulgarian names are written as the law has it', () => {
  const bg = (text: string) => latinLetters(text, 'bg')
  expect(bg('кв. Грамада')).toBe('kv. Gramada')
  expect(bg('бул. „Джеймс Баучер“ – юг')).toBe('bul. „Dzheyms Baucher“ – yug')
  expect(bg('Щъркелово гнездо')).toBe('Shtarkelovo gnezdo')
  expect(bg('София, ул. България')).toBe('Sofia, ul. Bulgaria')
  expect(bg('ЖП гара')).toBe('ZHP gara')
  expect(bg('МБАЛ – болница')).toBe('MBAL – bolnitsa')
})

test('Ukrainian names are written as Ukraine does', () => {
  const uk = (text: string) => latinLetters(text, 'uk')
  expect(uk('Згурівка')).toBe('Zghurivka')
  expect(uk('вул. Ярослава Мудрого')).toBe('vul. Yaroslava Mudroho')
  expect(uk('Знам’янка')).toBe('Znamianka')
  expect(uk('площа Перемоги, Київ')).toBe('ploshcha Peremohy, Kyiv')
})

test('what is Latin already stays', () => {
  expect(latinLetters('Park & Ride 7', 'bg')).toBe('Park & Ride 7')
  expect(latinLetters('', 'uk')).toBe('')
})
