import { expect, test } from 'vitest'
import { readSisterCities } from './city-glance.ts'

test('sister cities are names with the addresses of their servers', () => {
  expect(readSisterCities('Бургас=https://burgas.example; Kherson = http://127.0.0.1:8090/ ')).toEqual([
    { name: 'Бургас', url: 'https://burgas.example' },
    { name: 'Kherson', url: 'http://127.0.0.1:8090' },
  ])
  expect(readSisterCities('')).toEqual([])
})

test('what is no origin, comes twice or is too many is refused', () => {
  for (const wrong of [
    'https://burgas.example',
    'Burgas=burgas',
    'Burgas=ftp://burgas.example',
    'Burgas=https://me:secret@burgas.example',
    'Burgas=https://burgas.example/api?key=1',
    'A=https://a.example; A=https://b.example',
    Array.from({ length: 6 }, (_, i) => `C${i}=https://c${i}.example`).join(';'),
  ])
    expect({ wrong, read: readSisterCities(wrong) }).toEqual({ wrong, read: null })
})
