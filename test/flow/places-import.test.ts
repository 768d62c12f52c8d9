import { readdir, readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { listPlaces } from '../../db/views/list-places.ts'
import { importPlaces } from '../../scheduler/imports/import-places.ts'
import { emptyDatabase } from '../support/database.ts'

const FOLDER = new URL('../../examples/blagoevgrad/places/', import.meta.url)
const AT = new Date('2026-11-23T20:00:00Z')

test('the example city’s places are read whole, belong to everybody, and say that they are examples', async () => {
  const db = await emptyDatabase()
  for (const file of await readdir(FOLDER)) {
    const document: unknown = JSON.parse(await readFile(new URL(file, FOLDER), 'utf8'))
    expect(await importPlaces(db, document, { at: AT })).toMatchObject({ refused: null, findings: [] })
  }
  const { places } = await listPlaces(db, { free: false, publicOnly: true, limit: 500 }, AT)
  const kinds = Map.groupBy(places, (place) => place.kind)
  expect(Object.fromEntries([...kinds].map(([kind, list]) => [kind, list.length]))).toEqual({
    parking: 7,
    charger: 3,
    wifi: 4,
    camera: 3,
    air: 2,
    building: 3,
  })
  for (const place of places) {
    expect(place.name).toMatch(/^Пример: /)
    expect(place.source.licence).toBe('CC0-1.0')
    expect(place.latitude).toBeCloseTo(42.02, 1)
    expect(place.longitude).toBeCloseTo(23.1, 1)
  }
  const stopped = places.find((place) => place.placeId === 'parkings:P7')
  expect(stopped).toMatchObject({ free: null, old: true, asOf: new Date('2024-10-03T06:12:00Z') })
})

test('a file without a name for its source needs one, and a second file of the source replaces the first', async () => {
  const db = await emptyDatabase()
  const file = (id: string) => ({
    type: 'FeatureCollection',
    features: [{ type: 'Feature', geometry: { type: 'Point', coordinates: [23, 42] }, properties: { id, name: id } }],
  })
  expect((await importPlaces(db, file('a'), { at: AT })).refused?.in('en')).toContain('--source')
  expect((await importPlaces(db, file('a'), { source: 'station', at: AT })).refused?.in('en')).toContain('no name')
  await importPlaces(db, file('a'), { source: 's', at: AT })
  await importPlaces(db, file('b'), { source: 's', at: AT })
  const refused = await importPlaces(db, { type: 'FeatureCollection', features: [] }, { source: 's', at: AT })
  expect(refused.refused).not.toBeNull()
  const { places } = await listPlaces(db, { free: false, publicOnly: true, limit: 500 }, AT)
  expect(places.map((place) => place.placeId)).toEqual(['s:b'])
})
