import { beforeEach, describe, expect, test } from 'vitest'
import { notePlaceFetch } from '../../db/place-sources.ts'
import { signPlaceReport } from '../../domain/places/signature.ts'
import { keptSentence } from '../../domain/sentences/kept-sentence.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { listOf } from '../../fleet-api/schemas/common.ts'
import { placeExamples } from '../../fleet-api/schemas/place-examples.ts'
import { adHocTariff, occupancy, place, placeReading, placeSource } from '../../fleet-api/schemas/places.ts'
import { body, depotApi, EVENING, type TestApi } from './api-depot.ts'

const CENTRE = '42.02,23.09'
let api: TestApi
beforeEach(async () => {
  api = await depotApi()
})

/** As somebody whom nobody knows. */
function anonymous(path: string): Promise<Response> {
  return Promise.resolve(api.app.request(path))
}

async function carParks(): Promise<void> {
  await api.send('PUT', '/api/v1/place-sources/parkings', { name: 'Car parks', kind: 'parking', licence: 'CC0-1.0' })
  const feature = (id: string, latitude: number, time: string) => ({
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [23.09, latitude] },
    properties: { parking_id: id, name: id, total_lots: '60', zone: 'blue', data: [{ free_lots: '23', time }] },
  })
  const features = [feature('P1', 42.021, '2026-11-23 21:58:00'), feature('P2', 42.022, '2024-11-23 21:58:00')]
  const answer = await api.send('PUT', '/api/v1/place-sources/parkings/geojson', {
    type: 'FeatureCollection',
    features,
  })
  expect(await answer.json()).toEqual({ places: 2, findings: [] })
}

async function connect(stationId: string, status: 'available' | 'charging', heard = EVENING): Promise<void> {
  await api.db
    .updateTable('station')
    .set({ connected: true, last_message_at: heard })
    .where('id', '=', stationId)
    .execute()
  await api.db.updateTable('connector').set({ status, status_at: heard }).where('station_id', '=', stationId).execute()
}

describe('places', () => {
  test('from an upload are near, with minutes, age and links, and an old count is unknown', async () => {
    await carParks()
    const { items } = await body(anonymous(`/api/v1/places?near=${CENTRE}&kind=parking`), listOf(place))
    expect(items).toMatchObject([
      {
        placeId: 'parkings:P1',
        free: 23,
        capacity: 60,
        old: false,
        ageSeconds: 120,
        distanceM: 111,
        minutes: 1.9,
        asOf: '2026-11-23T19:58:00.000Z',
        source: { name: 'Car parks', licence: 'CC0-1.0' },
        properties: { zone: 'blue' },
        links: {
          geo: 'geo:42.021000,23.090000?q=42.021000,23.090000(P1)',
          map: 'https://www.openstreetmap.org/?mlat=42.021000&mlon=23.090000#map=18/42.021000/23.090000',
        },
      },
      { placeId: 'parkings:P2', free: null, freeIsKnown: false, old: true, asOf: '2024-11-23T19:58:00.000Z' },
    ])
    const drive = await body(
      anonymous(`/api/v1/places?near=${CENTRE}&kind=parking&mode=drive&free=true`),
      listOf(place),
    )
    expect(drive.items.map(({ placeId, minutes }) => ({ placeId, minutes }))).toEqual([
      { placeId: 'parkings:P1', minutes: 2.4 },
    ])
    api.clock.now = new Date(EVENING.getTime() + 14 * 60_000)
    expect((await body(anonymous(`/api/v1/places?near=${CENTRE}&free=true`), listOf(place))).items).toEqual([])
  })

  test('the chargers of a depot are for those who are known, of a public site for all', async () => {
    await connect('CP1', 'available')
    const nearest = `/api/v1/places?near=${CENTRE}&kind=charger`
    expect((await body(anonymous(nearest), listOf(place))).items).toEqual([])
    expect((await anonymous('/api/v1/places/station:CP1')).status).toBe(404)
    expect((await body(api.get(nearest), listOf(place))).items).toHaveLength(2)
    await api.send('PUT', '/api/v1/ad-hoc-tariffs/day', {
      name: 'Per kWh',
      energyMicroEurPerKwh: 350_000,
      vatPercent: 20,
    })
    expect((await api.send('PATCH', '/api/v1/sites/depot', { public: true, adHocTariffId: 'day' })).status).toBe(200)
    await api.send('PATCH', '/api/v1/stations/CP2', { public: false })
    const { items } = await body(anonymous(nearest), listOf(place))
    expect(items).toMatchObject([
      {
        placeId: 'station:CP1',
        status: 'AVAILABLE',
        free: 2,
        capacity: 2,
        charging: {
          counts: { total: 2, free: 2, busy: 0, outOfOrder: 0, unknown: 0 },
          evses: [
            { evseId: 1, status: 'AVAILABLE', maxPowerW: 75_000, connectors: [{ connectorId: 1, type: 'cCCS2' }] },
            { evseId: 2, status: 'AVAILABLE' },
          ],
          price: { energyMicroEurPerKwh: 350_000, vatPercent: 20 },
        },
      },
    ])
    expect((await api.send('PATCH', '/api/v1/sites/depot', { adHocTariffId: 'none' })).status).toBe(409)
  })

  test('a charger without its line is unknown, not free, whatever it said last', async () => {
    await connect('CP1', 'available')
    await api.db.updateTable('station').set({ connected: false }).where('id', '=', 'CP1').execute()
    await connect('CP2', 'available', new Date(EVENING.getTime() - 16 * 60_000))
    const { items } = await body(api.get('/api/v1/places?kind=charger'), listOf(place))
    for (const one of items) {
      expect(one).toMatchObject({ status: 'UNKNOWN', free: null, freeIsKnown: false, old: true })
      expect(one.charging?.counts.unknown).toBe(one.charging?.counts.total)
    }
    expect((await body(api.get(`/api/v1/places?near=${CENTRE}&free=true`), listOf(place))).items).toEqual([])
  })

  test('a station that stands elsewhere is found there', async () => {
    await api.send('PATCH', '/api/v1/stations/CP2', { position: { latitude: 42.5, longitude: 27.47 } })
    const { items } = await body(api.get('/api/v1/places?near=42.5,27.47&kind=charger'), listOf(place))
    expect(items.map((one) => [one.placeId, one.distanceM])).toEqual([['station:CP2', 0]])
  })

  test('stops of the timetable are places; pages follow each other without gap or repetition, and a box bounds them', async () => {
    await carParks()
    const stop = {
      feed_id: 'f',
      code: '12',
      name: 'Square',
      location_type: 0,
      parent_id: null,
      latitude: 42.0201,
      longitude: 23.0901,
    }
    await api.db
      .insertInto('stop')
      .values(['a', 'b:c'].map((id) => ({ ...stop, id })))
      .execute()
    const ids: string[] = []
    for (let next: string | null = ''; next !== null;) {
      const cursor: string = next === '' ? '' : `&cursor=${next}`
      const page = await body(api.get(`/api/v1/places?limit=2${cursor}`), listOf(place))
      ids.push(...page.items.map((one) => one.placeId))
      next = page.next
    }
    expect(ids).toEqual(['parkings:P1', 'parkings:P2', 'station:CP1', 'station:CP2', 'stop:f:a', 'stop:f:b:c'])
    const boxed = await body(anonymous('/api/v1/places?bbox=23.08,42.0195,23.1,42.0215'), listOf(place))
    expect(boxed.items.map((one) => one.placeId)).toEqual(['parkings:P1', 'stop:f:a', 'stop:f:b:c'])
    const one = await body(anonymous('/api/v1/places/stop:f:b:c'), place)
    expect(one).toMatchObject({
      kind: 'stop',
      name: 'Square',
      properties: { stopId: 'b:c', code: '12' },
      free: null,
      old: false,
    })
  })

  test.each([
    'near=42',
    'near=142,23',
    'near=a,b',
    'near=42,23,1',
    'bbox=1,2,3',
    'bbox=1,9,3,2',
    'near=42,23&bbox=1,2,3,4',
    'kind=pub',
    'limit=0',
  ])('a question such as %s is refused', async (query) => {
    expect((await anonymous(`/api/v1/places?${query}`)).status).toBe(400)
  })

  test('that are entered by hand are kept, hidden when they are not public, and written down with their author', async () => {
    const change = {
      kind: 'building',
      name: 'Town hall',
      latitude: 42.0209,
      longitude: 23.0943,
      public: false,
      properties: { areaM2: 4200 },
    }
    const put = await body(api.send('PUT', '/api/v1/places/manual:town-hall', change), place)
    expect(put).toMatchObject({ placeId: 'manual:town-hall', public: false, properties: { areaM2: 4200 } })
    expect((await anonymous('/api/v1/places/manual:town-hall')).status).toBe(404)
    expect(
      (
        await api.app.request('/api/v1/places/manual:x', {
          method: 'PUT',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(change),
        })
      ).status,
    ).toBe(401)
    await api.send('PUT', '/api/v1/places/manual:town-hall', { ...change, name: 'Town Hall' })
    expect((await api.send('DELETE', '/api/v1/places/manual:town-hall')).status).toBe(204)
    const log = await api.db
      .selectFrom('audit_log')
      .select(['action', 'actor_name', 'before', 'after'])
      .where('subject_id', '=', 'manual:town-hall')
      .orderBy('id')
      .execute()
    expect(log).toMatchObject([
      { action: 'putPlace', actor_name: 'ADMIN_KEY', before: null, after: { name: 'Town hall' } },
      { action: 'putPlace', before: { name: 'Town hall' }, after: { name: 'Town Hall' } },
      { action: 'deletePlace', before: { name: 'Town Hall' }, after: null },
    ])
  })

  test('a source must not lead the server into its own network', async () => {
    const closed = await depotApi({ outbound: { allowPrivate: false } })
    for (const url of ['http://127.0.0.1/x', 'https://169.254.169.254/latest', 'file:///etc/passwd']) {
      const answer = await closed.send('PUT', '/api/v1/place-sources/s', { name: 'S', kind: 'parking', url })
      expect({ url, status: answer.status }).toEqual({ url, status: 400 })
    }
    const source = await body(
      closed.send('PUT', '/api/v1/place-sources/s', {
        name: 'S',
        kind: 'parking',
        url: 'https://example.org/p.geojson',
      }),
      placeSource,
    )
    expect(source).toMatchObject({ fetchMinutes: 10, places: 0, fetchOutcome: null })
  })
})

test('why a fetch brought nothing is told in the reader’s language', async () => {
  const api = await depotApi({ outbound: { allowPrivate: false } })
  await api.send('PUT', '/api/v1/place-sources/s', { name: 'S', kind: 'parking', url: 'https://example.org/p.json' })
  const outcome = async (language: string): Promise<unknown> => {
    const { items } = await body(api.get(`/api/v1/place-sources?lang=${language}`), listOf(placeSource))
    return items[0]?.fetchOutcome
  }
  const note = { at: new Date(), nextAt: new Date(), failures: 1 }
  await notePlaceFetch(api.db, 's', { ...note, outcome: keptSentence(say('outside_late')) })
  expect(await outcome('bg')).toBe('няма отговор навреме')
  expect(await outcome('en')).toBe('no answer in time')
  // As an earlier version kept it.
  await notePlaceFetch(api.db, 's', { ...note, outcome: 'it is no JSON' })
  expect(await outcome('uk')).toBe('it is no JSON')
})

test('the examples of places are what they are examples of', () => {
  const schemas = { adHocTariff, place, placeReading, placeSource }
  for (const name of ['adHocTariff', 'place', 'placeReading', 'placeSource'] as const)
    expect(schemas[name].parse(placeExamples[name])).toEqual(placeExamples[name])
})

describe('cameras and sensors', () => {
  let secret: string
  beforeEach(async () => {
    await carParks()
    const answer = await api.send('POST', '/api/v1/place-sources/parkings/keys')
    expect(answer.status).toBe(201)
    secret = ((await answer.json()) as { secret: string }).secret
  })

  async function report(
    what: object | string,
    options: { path?: string; key?: string; at?: Date; signature?: string } = {},
  ): Promise<Response> {
    const text = typeof what === 'string' ? what : JSON.stringify(what)
    const timestamp = String(Math.floor((options.at ?? api.clock.now).getTime() / 1000))
    const signature = options.signature ?? (await signPlaceReport(options.key ?? secret, timestamp, text))
    const headers = {
      'Content-Type': 'application/json',
      'X-Zaryad-Signature': signature,
      'X-Zaryad-Timestamp': timestamp,
    }
    return api.app.request(options.path ?? '/api/v1/places/parkings:P1/occupancy', {
      method: 'POST',
      headers,
      body: text,
    })
  }
  const minutesLater = (minutes: number): void => void (api.clock.now = new Date(EVENING.getTime() + minutes * 60_000))

  test('set bays, and the place’s free count is their sum, as old as the oldest', async () => {
    const bays = [
      { bayId: '1', occupied: false, at: '2026-11-23T19:56:00Z' },
      { bayId: '2', occupied: true },
      { bayId: '3', occupied: false },
    ]
    expect(await body(report({ bays }), occupancy)).toEqual({
      placeId: 'parkings:P1',
      free: 2,
      asOf: '2026-11-23T19:56:00.000Z',
    })
    const next = await body(report({ bays: [{ bayId: '3', occupied: true }] }), occupancy)
    expect(next.free).toBe(1)
    const { items } = await body(anonymous(`/api/v1/places?near=${CENTRE}&kind=parking&free=true`), listOf(place))
    expect(items).toMatchObject([{ placeId: 'parkings:P1', free: 1, ageSeconds: 240 }])
  })

  test('a bay that fell silent is counted neither free nor occupied', async () => {
    await report({ bays: ['1', '2'].map((bayId) => ({ bayId, occupied: false })) })
    minutesLater(16)
    const said = await body(report({ bays: [{ bayId: '1', occupied: false }] }), occupancy)
    expect(said).toMatchObject({ free: 1, asOf: api.clock.now.toISOString() })
  })

  test('an older report that comes late changes nothing', async () => {
    await report({ bays: [{ bayId: '1', occupied: true }] })
    const late = await body(report({ bays: [{ bayId: '1', occupied: false, at: '2026-11-23T19:55:00Z' }] }), occupancy)
    expect(late.free).toBe(0)
    await report({ free: 9 }, { path: '/api/v1/places/parkings:P2/occupancy' })
    const old = await body(
      report({ free: 30, at: '2026-11-23T19:50:00Z' }, { path: '/api/v1/places/parkings:P2/occupancy' }),
      occupancy,
    )
    expect(old).toMatchObject({ free: 9, asOf: EVENING.toISOString() })
  })

  test('an upload leaves the sum of the bays as it is', async () => {
    await report({ bays: [{ bayId: '1', occupied: false }] })
    minutesLater(1)
    await carParks()
    expect(await body(anonymous('/api/v1/places/parkings:P1'), place)).toMatchObject({
      free: 1,
      asOf: EVENING.toISOString(),
    })
  })

  test('are turned away with a wrong, an old, a missing or another source’s signature, and change nothing', async () => {
    await api.send('PUT', '/api/v1/place-sources/other', { name: 'Other', kind: 'parking' })
    const other = (await (await api.send('POST', '/api/v1/place-sources/other/keys')).json()) as { secret: string }
    const refused = [
      await report({ free: 1 }, { key: 'zps_wrong' }),
      await report({ free: 1 }, { key: other.secret }),
      await report({ free: 1 }, { at: new Date(EVENING.getTime() - 6 * 60_000) }),
      await report({ free: 1 }, { at: new Date(EVENING.getTime() + 6 * 60_000) }),
      await report({ free: 1 }, { signature: 'sha256=00' }),
      await report({ free: 1 }, { path: '/api/v1/places/parkings:none/occupancy' }),
      await report({ free: 1 }, { path: '/api/v1/places/station:CP1/occupancy' }),
      await api.app.request('/api/v1/places/parkings:P1/occupancy', { method: 'POST' }),
      // The ADMIN_KEY is no sensor.
      await api.send('POST', '/api/v1/places/parkings:P1/occupancy', { free: 1 }),
    ]
    expect(refused.map((answer) => answer.status)).toEqual(refused.map(() => 401))
    expect(await body(anonymous('/api/v1/places/parkings:P1'), place)).toMatchObject({ free: 23 })
  })

  test('a report is taken once: played again it is refused', async () => {
    expect((await report({ free: 5 })).status).toBe(200)
    expect((await report({ free: 5 })).status).toBe(409)
    minutesLater(1)
    expect((await report({ free: 5 })).status).toBe(200)
  })

  test('the bytes are signed, not their meaning: a blank more is another report', async () => {
    const timestamp = String(EVENING.getTime() / 1000)
    const signature = await signPlaceReport(secret, timestamp, '{"free":5}')
    expect((await report('{"free": 5}', { signature })).status).toBe(401)
    expect((await report('{"free":5}', { signature })).status).toBe(200)
  })

  test('two keys hold at a time, so that sensors can be changed over; then the oldest ends', async () => {
    const newKey = async () =>
      ((await (await api.send('POST', '/api/v1/place-sources/parkings/keys')).json()) as { secret: string }).secret
    const second = await newKey()
    expect((await report({ free: 1 })).status).toBe(200)
    expect((await report({ free: 2 }, { key: second })).status).toBe(200)
    await newKey()
    expect((await report({ free: 3 })).status).toBe(401)
    await api.send('DELETE', '/api/v1/place-sources/parkings/keys')
    expect((await report({ free: 4 }, { key: second })).status).toBe(401)
    const log = await api.db.selectFrom('audit_log').select('after').where('subject_kind', '=', 'placeKey').execute()
    expect(JSON.stringify(log)).not.toContain(secret)
  })

  test.each([
    ['a time in the future', { free: 1, at: '2026-11-23T21:00:00Z' }],
    ['both bays and a count', { free: 1, bays: [{ bayId: '1', occupied: true }] }],
    ['neither', {}],
    ['a negative count', { free: -1 }],
  ])('%s is refused', async (_, what) => {
    expect((await report(what)).status).toBe(400)
  })

  test('more than 240 reports a minute of one place are turned away', async () => {
    const answers = await Promise.all(
      Array.from({ length: 245 }, () => report({ free: 1 }, { signature: 'sha256=00' })),
    )
    expect(answers.filter((answer) => answer.status === 429)).toHaveLength(5)
    expect(Number(answers.at(-1)?.headers.get('Retry-After'))).toBeGreaterThan(0)
    expect((await report({ free: 1 }, { path: '/api/v1/places/parkings:P2/occupancy' })).status).toBe(200)
  })

  test('measurements are kept, the newest with the place, and are old after a quarter of an hour', async () => {
    await api.send('PUT', '/api/v1/place-sources/air', { name: 'Air', kind: 'air' })
    const feature = {
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [23.09, 42.02] },
      properties: { id: 'A1', name: 'Air post' },
    }
    await api.send('PUT', '/api/v1/place-sources/air/geojson', { type: 'FeatureCollection', features: [feature] })
    const key = ((await (await api.send('POST', '/api/v1/place-sources/air/keys')).json()) as { secret: string }).secret
    const readings = [
      { quantity: 'pm10UgM3', value: 31.5, at: '2026-11-23T19:59:00Z' },
      { quantity: 'pm10UgM3', value: 29, at: '2026-11-23T19:44:00Z' },
      { quantity: 'no2UgM3', value: 12, at: '2026-11-23T19:30:00Z' },
    ]
    expect((await report({ readings }, { key, path: '/api/v1/places/air:A1/readings' })).status).toBe(204)
    expect((await body(anonymous('/api/v1/places/air:A1'), place)).readings).toEqual([
      { quantity: 'no2UgM3', value: 12, at: '2026-11-23T19:30:00.000Z', old: true },
      { quantity: 'pm10UgM3', value: 31.5, at: '2026-11-23T19:59:00.000Z', old: false },
    ])
    const page = await body(anonymous('/api/v1/places/air:A1/readings?limit=2'), listOf(placeReading))
    expect(page.items.map((one) => one.value)).toEqual([31.5, 29])
    const rest = await body(
      anonymous(`/api/v1/places/air:A1/readings?limit=2&cursor=${page.next}`),
      listOf(placeReading),
    )
    expect(rest).toMatchObject({ items: [{ value: 12 }], next: null })
  })
})
