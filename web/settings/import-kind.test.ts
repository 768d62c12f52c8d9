import { readFileSync } from 'node:fs'
import { zipSync } from 'fflate'
import { expect, test, vi } from 'vitest'

vi.stubGlobal('location', { search: '' })
vi.stubGlobal('document', { documentElement: {} })
const { guessKind } = await import('./import-kind.ts')

const file = (content: string | Uint8Array) =>
  new File([typeof content === 'string' ? content : new Uint8Array(content)], 'a file')
const example = (path: string) => readFileSync(new URL(`../../examples/blagoevgrad/${path}`, import.meta.url))

test('a file is told by what it holds, whatever it is called', async () => {
  const zip = (name: string) => zipSync({ [name]: new TextEncoder().encode('a,b\n1,2\n') })
  expect(await guessKind(file(zip('trips.txt')))).toBe('gtfs')
  expect(await guessKind(file(zip('trips_supplement.txt')))).toBe('tods')
  expect(await guessKind(file(example('fleet.json')))).toBe('fleet')
  expect(await guessKind(file(example('places/parkings.geojson')))).toBe('places')
  expect(await guessKind(file('\u{FEFF}start,eurPerKwh\n'))).toBe('prices')
  expect(await guessKind(file('time,temperatureC\n'))).toBe('weather')
  expect(await guessKind(file('[{"validFrom":"2027-01-01","tariff":{}}]'))).toBe('tariff')
})

test('what cannot be told is left to a person', async () => {
  expect(await guessKind(file('holiday photos'))).toBeUndefined()
  expect(await guessKind(file(zipSync({ 'photo.jpg': new Uint8Array(9) })))).toBeUndefined()
})
