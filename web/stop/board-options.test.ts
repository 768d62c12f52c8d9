import { expect, test } from 'vitest'
import { boardOptions, usualLanguages } from './board-options.ts'

const of = (path: string) => boardOptions(new URL(path, 'http://board.test'))

test('a plain address is a board in the usual form', () => {
  expect(of('/stop/1201')).toEqual({ stopId: '1201', theme: 'auto', languages: null, rotateS: 12 })
})

test('the address chooses theme, languages in their order, and how long each is shown', () => {
  expect(of('/stop/f%3A12%2F1/?theme=led&lang=uk,en,uk&rotate=20')).toEqual({
    stopId: 'f:12/1',
    theme: 'led',
    languages: ['uk', 'en'],
    rotateS: 20,
  })
})

test('what makes no sense is left out, and nothing flickers', () => {
  expect(of('/stop/a?theme=neon&lang=xx&rotate=never')).toMatchObject({ theme: 'auto', languages: null, rotateS: 12 })
  expect(of('/stop/a?rotate=0.1').rotateS).toBe(4)
  expect(of('/stop/%E0%A4%A').stopId).toBe('%E0%A4%A')
})

test('electronic paper is drawn at most once a minute', () => {
  expect(of('/stop/a?theme=epaper').rotateS).toBe(60)
  expect(of('/stop/a?theme=epaper&rotate=90').rotateS).toBe(90)
})

test('a screen that was not told speaks the language of its country and English', () => {
  expect(usualLanguages('Europe/Kyiv')).toEqual(['uk', 'en'])
  expect(usualLanguages('Europe/Sofia')).toEqual(['bg', 'en'])
})
