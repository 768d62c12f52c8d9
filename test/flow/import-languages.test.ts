import { readFileSync } from 'node:fs'
import { zipSync } from 'fflate'
import { sql, type Kysely } from 'kysely'
import { expect, test } from 'vitest'
import { json } from '../../db/database.ts'
import { up } from '../../db/migrations/0021-import-sentences.ts'
import { importJob } from '../../fleet-api/schemas/imports.ts'
import { smallFeed } from '../../scheduler/timetable/small-feed.ts'
import { emptyApi, EVENING, KEY, openSession, type TestApi } from './api-depot.ts'
import { apply, handIn, run } from './hand-in.ts'

const FLEET = readFileSync(new URL('../../examples/blagoevgrad/fleet.json', import.meta.url), 'utf8')
const LANGUAGES = ['en', 'bg', 'uk'] as const

function feedZip(changes: Record<string, string | undefined>): Uint8Array {
  return zipSync(Object.fromEntries(smallFeed(changes)))
}

function ask({ app }: TestApi, path: string, language?: string): Promise<Response> {
  const headers = { Authorization: `Bearer ${KEY}`, ...(language === undefined ? {} : { 'Accept-Language': language }) }
  return Promise.resolve(app.request(`/api/v1/imports${path}`, { headers }))
}

/** An import as readers of each language get it. */
async function inEach(api: TestApi, importId: number) {
  const [en, bg, uk] = await Promise.all(
    LANGUAGES.map(async (language) => importJob.parse(await (await ask(api, `/${importId}`, language)).json())),
  )
  if (en === undefined || bg === undefined || uk === undefined) throw new Error('there is none')
  return { en, bg, uk }
}

type Import = Awaited<ReturnType<typeof inEach>>['en']
const whole = ({ message, problems }: Import): string[] => [message ?? '', ...problems.map((one) => one.text)]

test('a refused feed says why in the reader’s language, and in English to who asks for none that we speak', async () => {
  const api = await emptyApi()
  const { importId } = await handIn(api, 'kind=gtfs&fileName=x.zip', feedZip({ 'stop_times.txt': undefined }))
  const { en, bg, uk } = await inEach(api, importId)
  expect([en, bg, uk].map(whole)).toEqual([
    ['it is no GTFS feed: stop_times.txt missing'],
    ['това не е разписание GTFS: липсва stop_times.txt'],
    ['це не розклад GTFS: бракує stop_times.txt'],
  ])
  expect([en.code, bg.code, uk.code]).toEqual(['filesMissing', 'filesMissing', 'filesMissing'])
  for (const language of [undefined, 'de', 'fr-CH, de;q=0.8']) {
    const answer = await ask(api, `/${importId}`, language)
    expect(answer.headers.get('content-language')).toBe('en')
    expect(await answer.json()).toMatchObject({ message: en.message })
  }
  const listed = await ask(api, '?lang=bg', 'uk')
  expect(await listed.json()).toMatchObject({ items: [{ message: bg.message }] })
})

test('what is found in a feed is told in the reader’s language, in the same order and with the same figures', async () => {
  const api = await emptyApi()
  const dirty = feedZip({
    'routes.txt': 'route_id,route_short_name,route_type,colour\nR,12,3,blue',
    'trips.txt': 'trip_id,route_id,service_id,block_id\nT1,R,WD,B1\nT1,R,WD,B1\nT2,R,NO,B1',
  })
  const { importId } = await handIn(api, 'kind=gtfs&fileName=dirty.zip', dirty)
  const { en, bg, uk } = await inEach(api, importId)
  const shape = ({ report }: Import) => report?.findings.map(({ code, count, values }) => ({ code, count, values }))
  expect(shape(bg)).toEqual(shape(en))
  const found = ({ report }: Import, code: string) => report?.findings.find((finding) => finding.code === code)
  expect(found(en, 'danglingService')).toMatchObject({
    message: 'trips of unknown services left out',
    examples: [{ line: 4, detail: 'T2: service "NO"' }],
  })
  expect(found(bg, 'danglingService')).toMatchObject({
    message: 'пропуснати са курсове с непознат календар',
    examples: [{ line: 4, detail: 'T2: календар „NO“' }],
  })
  expect(found(uk, 'duplicateId')).toMatchObject({
    message: 'trip_id повторюється; лишається перший рядок',
    values: { key: 'trip_id' },
    examples: [{ line: 3, detail: 'T1' }],
  })
  expect(bg.report?.lines.map((line) => line.text)).toEqual(['agency: от 2026-11-23 до 2026-11-27, Europe/Sofia.'])
  expect(bg.report?.lines).toMatchObject([{ code: 'feedSpan', values: { zone: 'Europe/Sofia' } }])

  const done = await inEach(api, (await apply(api, importId)).importId)
  expect(done.uk.report?.lines.map((line) => line.text)).toEqual(['agency: рейсів — 1, випусків — 1, зупинок — 3.'])
})

test('problems of a fleet file are told with their place, those of its form and those between its parts', async () => {
  const api = await emptyApi()
  const formless = await handIn(api, 'kind=fleet&fileName=f.json', '{"sites":[{"id":"a b"}],"vehicles":[],"more":1}')
  const form = await inEach(api, formless.importId)
  expect(whole(form.en)).toContain('sites.0.name: A value is missing.')
  expect(whole(form.bg)).toEqual(
    expect.arrayContaining([
      'f.json не е годен файл за парка:',
      'sites.0.id: само латински букви, цифри и _ . : -',
      'sites.0.name: Липсва стойност.',
      'vehicleTypes: Липсва стойност.',
      'целият файл: Непознати тук: more.',
    ]),
  )

  const fleet = JSON.parse(FLEET) as { vehicles: { typeId: string }[] }
  for (const vehicle of fleet.vehicles) vehicle.typeId = 'tram'
  const crossed = await handIn(api, 'kind=fleet&fileName=f.json', JSON.stringify(fleet))
  const between = await inEach(api, crossed.importId)
  expect(between.en.problems[0]?.text).toBe('vehicles.0.typeId: there is no vehicle type tram')
  expect(between.bg.problems[0]?.text).toBe('vehicles.0.typeId: няма тип превозно средство tram')
  expect(between.uk.problems[0]).toEqual({
    text: 'vehicles.0.typeId: немає типу транспорту tram',
    code: 'problemAtPath',
    values: { path: 'vehicles.0.typeId', problem: { code: 'noVehicleType', values: { id: 'tram' } } },
  })
})

test('of a file in which everything is wrong the first hundred problems are kept', async () => {
  const api = await emptyApi()
  const fleet = JSON.parse(FLEET) as { vehicles: object[] }
  fleet.vehicles = Array.from({ length: 500 }, () => ({}))
  const { problems } = await handIn(api, 'kind=fleet&fileName=f.json', JSON.stringify(fleet))
  expect(problems).toHaveLength(101)
  expect(problems.at(-1)?.text).toBe('… and 1400 more')
})

test('a broken JSON is told with line, column and what stands there', async () => {
  const api = await emptyApi()
  const broken = await inEach(api, (await handIn(api, 'kind=fleet&fileName=f.json', '{\n  "sites": [}')).importId)
  expect([broken.en, broken.bg, broken.uk].map(whole)).toEqual([
    ['f.json is no JSON: "}" in line 2, column 13 is not expected there'],
    ['f.json не е JSON: „}“ на ред 2, колона 13 не се очаква там'],
    ['f.json не є JSON: «}» у рядку 2, стовпці 13 там не очікується'],
  ])
  const cut = await inEach(api, (await handIn(api, 'kind=places&fileName=p.json', '{"type":\n')).importId)
  expect(cut.bg.message).toBe('p.json не е JSON: прекъсва на ред 2, без да е завършен')
})

test('bad lines of a CSV and an unknown document of a market are told in the reader’s language', async () => {
  const api = await emptyApi()
  const csv = 'start,eurPerKwh\nyesterday,0.1\n2026-11-23T00:00Z,112\n'
  const prices = await inEach(api, (await handIn(api, 'kind=prices&fileName=p.csv&series=da', csv)).importId)
  expect(whole(prices.bg)).toEqual([
    'p.csv не е записан:',
    'ред 2: start „yesterday“ не е момент във времето; напишете 2026-11-23T00:00:00Z или 2026-11-23T02:00+02:00',
    'ред 3: „112“ не е възможна сума в евро',
  ])
  expect(whole(prices.uk)[2]).toBe('рядок 3: «112» не є можливою сумою в євро')

  const { importId } = await handIn(api, 'kind=prices&fileName=m.xml&series=entsoe:10YCA-BULGARIA-R', '<Letter/>')
  const letter = await inEach(api, (await apply(api, importId)).importId)
  expect(letter.uk).toMatchObject({ state: 'failed', message: 'm.xml не збережено:' })
  expect(letter.uk.problems.map((one) => one.text)).toEqual(['це Letter, а не ринковий документ'])
})

test('what is found in a file of places is told in the reader’s language, handed in or uploaded', async () => {
  const api = await emptyApi()
  const place = { type: 'Feature', geometry: { type: 'Point', coordinates: [23, 42] } }
  const file = {
    type: 'FeatureCollection',
    source: { id: 'lots' },
    features: [
      { ...place, properties: { id: 'a', name: 'A', total_lots: 5, free: 9 } },
      { ...place, properties: {} },
      7,
    ],
  }
  const { importId } = await handIn(api, 'kind=places&fileName=p.json', JSON.stringify(file))
  const checked = await inEach(api, importId)
  expect(checked.bg.report?.findings).toMatchObject([
    { code: 'outOfRange', message: 'свободни места извън границите от 0 до вместимостта са върнати в тях' },
    { code: 'noName', examples: [{ detail: 'обект 2' }] },
    { code: 'notAFeature', message: 'не е обект на GeoJSON', examples: [{ detail: 'обект 3' }] },
  ])
  const stored = await inEach(api, (await apply(api, importId)).importId)
  expect(stored.uk.report?.lines.map((line) => line.text).slice(1)).toEqual([
    'немає назви; замість неї стоїть вид: 1 (об’єкт 2)',
    'не об’єкт GeoJSON: 1 (об’єкт 3)',
    'Місць: 2, джерело lots.',
  ])

  const answer = await api.app.request('/api/v1/place-sources/lots/geojson', {
    method: 'PUT',
    headers: { Authorization: `Bearer ${KEY}`, 'Content-Type': 'application/json', 'Accept-Language': 'uk' },
    body: JSON.stringify(file),
  })
  expect(answer.headers.get('content-language')).toBe('uk')
  expect(await answer.json()).toMatchObject({
    places: 2,
    findings: [{}, { code: 'noName', values: {} }, { message: 'не об’єкт GeoJSON', examples: ['об’єкт 3'] }],
  })
})

test('what became of a fleet file, and what is not as before when it is taken back', async () => {
  const api = await emptyApi()
  await apply(api, (await handIn(api, 'kind=fleet&fileName=first.json', FLEET)).importId)
  const fleet = JSON.parse(FLEET) as { vehicles: { id: string; tokens?: unknown }[] }
  const [bus] = fleet.vehicles
  if (bus === undefined) throw new Error('the example has no vehicle')
  const { tokens: _, ...plain } = bus
  fleet.vehicles.push({ ...plain, id: 'bus-9' })
  const second = await handIn(api, 'kind=fleet&fileName=second.json', JSON.stringify(fleet))
  const stored = await inEach(api, (await apply(api, second.importId)).importId)
  expect(stored.bg.report?.lines[0]?.text).toMatch(
    /^Депа: 1, зарядни станции: 3, точки за зареждане: 6, превозни средства: 7, карти: \d+\.$/,
  )
  expect(stored.bg.report?.adds).toEqual([{ kind: 'vehicle', id: 'bus-9' }])

  await openSession(api, { stationId: 'CP-1', vehicleId: 'bus-9' })
  await api.db.updateTable('vehicle').set({ telemetry_at: EVENING }).where('id', '=', 'bus-9').execute()
  const back = await inEach(api, (await apply(api, second.importId, 'undo')).importId)
  expect(back.bg.report?.lines.map((line) => line.text)).toEqual([
    'Както преди: 0, върнати: 0, премахнати: 0.',
    'Не е както преди, защото оттогава е ползвано или променено:',
    'превозно средство bus-9: зареждания, телеметрия',
  ])
  expect(back.uk.report?.lines.at(-1)?.text).toBe('транспортний засіб bus-9: заряджання, телеметрія')
  expect(back.en.report?.lines.at(-1)?.text).toBe('vehicle bus-9: sessions, telemetry')

  // Two people take the first back at once.
  const [first] = await api.db.selectFrom('import_job').select('id').orderBy('id').execute()
  const path = `/api/v1/imports/${first?.id}/undo`
  const asked = [await api.send('POST', path), await api.send('POST', path)]
  await run(api)
  const [done, late] = await Promise.all(
    asked.map(async (answer) => inEach(api, importJob.parse(await answer.json()).importId)),
  )
  expect(done?.bg.state).toBe('done')
  expect(late?.bg).toMatchObject({ state: 'failed', code: 'notTheLastFleetFile' })
  expect(late?.bg.message).toBe(
    'Оттогава е записан друг файл за парка или този вече е отменен. Може да се отмени само последният.',
  )
})

test('what an earlier version wrote in English reads as it did, whatever the language', async () => {
  const api = await emptyApi()
  const finding = {
    severity: 'warning',
    file: 'stops.txt',
    code: 'noCoordinates',
    message: 'stops without usable coordinates',
    count: 1,
  }
  const report = {
    counts: { trips: 1 },
    findings: [{ ...finding, examples: [{ line: 2, detail: 'S1: ,' }] }],
    lines: ['city: 1 trips, 1 blocks, 3 stops.'],
    replaces: ['timetable city (old feed.zip)', 'vehicle bus 9'],
    adds: ['station CP-1'],
    feedId: 'city',
    canUndo: true,
  }
  // The column as it was before migration 0021.
  await sql`alter table import_job alter column message type text using message #>> '{}'`.execute(api.db)
  const { id } = await api.db
    .insertInto('import_job')
    .values({
      kind: 'gtfs',
      file_name: 'before winter.zip',
      options: json({ undoOf: 1 }),
      size_bytes: 1,
      state: 'failed',
      report: json(report),
      message: 'the zip is broken: it has no directory',
      created_by: null,
      created_at: EVENING,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  await up(api.db as unknown as Kysely<unknown>)
  const { bg } = await inEach(api, id)
  expect(bg).toMatchObject({
    fileName: 'winter.zip',
    message: 'the zip is broken: it has no directory',
    code: null,
    problems: [],
    report: {
      findings: [{ message: 'stops without usable coordinates', values: {}, examples: [{ line: 2, detail: 'S1: ,' }] }],
      lines: [{ text: 'city: 1 trips, 1 blocks, 3 stops.', code: null, values: {} }],
      replaces: [
        { kind: 'timetable', id: 'city', fileName: 'old feed.zip' },
        { kind: 'vehicle', id: 'bus 9' },
      ],
      adds: [{ kind: 'station', id: 'CP-1' }],
    },
  })
})

test('an answer names its language, and one language’s entity tag does not stand for another’s', async () => {
  const api = await emptyApi()
  const { importId } = await handIn(api, 'kind=gtfs&fileName=x.zip', 'no zip')
  const bg = await ask(api, `/${importId}`, 'bg')
  expect(bg.headers.get('content-language')).toBe('bg')
  expect(bg.headers.get('vary')).toContain('Accept-Language')
  expect(bg.headers.get('cache-control')).toBe('no-store')
  const tag = bg.headers.get('etag') ?? ''
  const headers = { Authorization: `Bearer ${KEY}`, 'If-None-Match': tag }
  const again = (language: string) =>
    api.app.request(`/api/v1/imports/${importId}`, { headers: { ...headers, 'Accept-Language': language } })
  expect([(await again('bg')).status, (await again('uk')).status]).toEqual([304, 200])
})
