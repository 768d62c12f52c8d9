import { beforeEach, expect, test } from 'vitest'
import { noteFeedInfo } from '../../db/feed-attribution.ts'
import { feedList } from '../../fleet-api/schemas/feeds.ts'
import { body, type TestApi } from './api-depot.ts'
import { boardApi } from './board-depot.ts'

let api: TestApi
beforeEach(async () => {
  api = await boardApi()
})

const attribution = async () => (await body(api.app.request('/api/v1/feeds'), feedList)).items[0]?.attribution
const LICENCE = { publisher: 'City', licence: 'CC-BY-4.0', url: 'https://city.example', text: '© City' }

test('timetables are listed for everybody, with the addresses of their live feeds', async () => {
  const { items } = await body(api.app.request('/api/v1/feeds'), feedList)
  expect(items).toMatchObject([
    { feedId: 'f', timeZone: 'Europe/Sofia', realtime: { tripUpdates: '/gtfs-rt/trip-updates.pb?feedId=f' } },
  ])
})

test('what a timetable says of itself holds until somebody enters whose it is', async () => {
  await noteFeedInfo(api.db, 'f', { publisher: 'The publisher', url: 'https://p.example', version: '1' })
  expect(await attribution()).toEqual({
    publisher: 'The publisher',
    licence: null,
    url: 'https://p.example',
    text: null,
  })
  expect((await api.send('PUT', '/api/v1/feeds/f/attribution', LICENCE)).status).toBe(200)
  await noteFeedInfo(api.db, 'f', { publisher: 'The publisher', url: null, version: '2' })
  expect(await attribution()).toEqual(LICENCE)
})

test('only who runs the depot enters it, only for a timetable that is there, and only web addresses', async () => {
  expect((await api.send('PUT', '/api/v1/feeds/nowhere/attribution', LICENCE)).status).toBe(404)
  const bad = { ...LICENCE, url: 'javascript:alert(1)' }
  expect((await api.send('PUT', '/api/v1/feeds/f/attribution', bad)).status).toBe(400)
  const stranger = await api.app.request('/api/v1/feeds/f/attribution', {
    method: 'PUT',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(LICENCE),
  })
  expect(stranger.status).toBe(401)
})
