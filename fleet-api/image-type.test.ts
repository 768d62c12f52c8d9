import { expect, test } from 'vitest'
import { imageType } from './image-type.ts'

test('an image is what its first bytes say, and everything else is none', () => {
  const of = (text: string) => imageType(Uint8Array.from(text, (character) => character.charCodeAt(0)))
  expect(of('\xff\xd8\xff\xe0 and so on')).toBe('image/jpeg')
  expect(of('\x89PNG\r\n\x1a\n and so on')).toBe('image/png')
  expect(of('RIFF\x10\x00\x00\x00WEBPVP8 ')).toBe('image/webp')
  for (const text of [
    '',
    '\xff\xd8',
    'GIF89a',
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<html>',
    'RIFF\x10\x00\x00\x00WAVE',
    '%PDF-1.7',
  ])
    expect(of(text)).toBeNull()
})
