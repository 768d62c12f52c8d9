import { strToU8, unzipSync, zipSync } from 'fflate'
import { beforeEach, expect, test } from 'vitest'
import { putPlaceSource } from '../../db/place-sources.ts'
import { storeSourcePlaces } from '../../db/store-places.ts'
import { placeCollection } from '../../fleet-api/schemas/place-files.ts'
import { feedList } from '../../fleet-api/schemas/feeds.ts'
import { body, type TestApi } from './api-depot.ts'
import { boardApi, NOON } from './board-depot.ts'

let api: TestApi
beforeEach(async () => {
  api = await boardApi()
  const zip = zipSync({
    'agency.txt': strToU8('agency_name\nCity\n'),
    'vehicle_assignments.txt': strToU8('service_id,block_id,vehicle_id\n'),
  })
  await api.db
    .insertInto('feed_source')
    .values({ feed_id: 'f', zip })
    .onConflict((conflict) => conflict.column('feed_id').doUpdateSet({ zip }))
    .execute()
})

const fileOf = async () => (await body(api.app.request('/api/v1/feeds'), feedList)).items[0]?.file

test('a timetable is given away as GTFS once its licence is known, without who drives what', async () => {
  expect(await fileOf()).toBeNull()
  const closed = await api.app.request('/api/v1/feeds/f/gtfs.zip')
  expect(closed.status).toBe(404)
  expect(await closed.text()).toContain('on what terms')
  await api.send('PUT', '/api/v1/feeds/f/attribution', { publisher: 'City', licence: 'CC0-1.0', url: null, text: null })
  const path = await fileOf()
  expect(path).toBe('/api/v1/feeds/f/gtfs.zip')
  const answer = await api.app.request(path ?? '')
  expect(answer.headers.get('content-type')).toBe('application/zip')
  expect(Object.keys(unzipSync(new Uint8Array(await answer.arrayBuffer())))).toEqual(['agency.txt'])
  const again = await api.app.request(path ?? '', { headers: { 'if-none-match': answer.headers.get('etag') ?? '' } })
  expect(again.status).toBe(304)
  expect((await api.app.request('/api/v1/feeds/nowhere/gtfs.zip')).status).toBe(404)
})

test('places are given away as GeoJSON: what is public, with its licence, and an old count as unknown', async () => {
  const source = { mapping: {}, attribution: '© City', url: null, fetchMinutes: null }
  await putPlaceSource(
    api.db,
    { sourceId: 'p', name: 'Car parks', kind: 'parking', public: true, licence: 'CC-BY-4.0', ...source },
    NOON,
  )
  await putPlaceSource(
    api.db,
    { sourceId: 'q', name: 'Ours', kind: 'parking', public: false, licence: null, ...source },
    NOON,
  )
  const place = (id: string, asOf: Date) => ({
    externalId: id,
    kind: 'parking' as const,
    name: id,
    latitude: 42,
    longitude: 23.1,
    capacity: 60,
    free: 23,
    asOf,
    properties: { zone: 'blue' },
    readings: [],
  })
  await storeSourcePlaces(
    api.db,
    'p',
    [place('market', NOON), place('old', new Date(NOON.getTime() - 3_600_000))],
    NOON,
  )
  await storeSourcePlaces(api.db, 'q', [place('yard', NOON)], NOON)
  const answer = await api.app.request('/api/v1/places.geojson?kind=parking')
  expect(answer.headers.get('content-type')).toBe('application/geo+json')
  const { features } = placeCollection.parse(await answer.json())
  expect(features).toMatchObject([
    {
      id: 'p:market',
      geometry: { coordinates: [23.1, 42] },
      properties: { free: 23, zone: 'blue', licence: 'CC-BY-4.0', attribution: '© City', asOf: NOON.toISOString() },
    },
    { id: 'p:old', properties: { free: null, old: true } },
  ])
  const stops = placeCollection.parse(await (await api.app.request('/api/v1/places.geojson?kind=stop')).json())
  expect(stops.features.length).toBeGreaterThan(3)
  const all = placeCollection.parse(await (await api.app.request('/api/v1/places.geojson')).json())
  expect(all.features.some(({ properties }) => properties['kind'] === 'stop')).toBe(false)
})
