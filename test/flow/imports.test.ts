import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { listFeeds } from '../../db/timetable.ts'
import { emptyApi, KEY } from './api-depot.ts'
import { apply, handIn, read, run } from './hand-in.ts'

const EXAMPLE = new URL('../../examples/blagoevgrad/', import.meta.url).pathname

function exampleZip(...folders: string[]): Uint8Array {
  const files = folders.flatMap((folder) =>
    readdirSync(join(EXAMPLE, folder)).map((name) => [name, readFileSync(join(EXAMPLE, folder, name))] as const),
  )
  return zipSync(Object.fromEntries(files), { level: 1 })
}

test('a timetable is looked through first, stored when a person says so, and taken back', async () => {
  const api = await emptyApi()
  const first = await handIn(api, 'kind=gtfs&fileName=autumn.zip', exampleZip('gtfs', 'tods'))
  expect(first).toMatchObject({ state: 'checked', report: { counts: { blocks: expect.any(Number) }, canUndo: false } })
  expect(await listFeeds(api.db)).toEqual([])
  expect(await apply(api, first.importId)).toMatchObject({
    state: 'done',
    report: { lines: [{ text: expect.stringContaining('trips'), code: 'feedStored' }] },
  })
  expect((await listFeeds(api.db)).map((feed) => feed.fileName)).toEqual(['autumn.zip'])

  const second = await handIn(api, 'kind=gtfs&fileName=winter.zip', exampleZip('gtfs'))
  expect(second.report).toMatchObject({ replaces: [{ kind: 'timetable', fileName: 'autumn.zip' }], canUndo: true })
  await apply(api, second.importId)
  const [winter] = await listFeeds(api.db)
  const undone = await apply(api, second.importId, 'undo')
  expect(undone).toMatchObject({ state: 'done', fileName: 'winter.zip', options: { undoOf: second.importId } })
  const [back] = await listFeeds(api.db)
  expect(back).toMatchObject({ feedId: winter?.feedId, fileName: 'autumn.zip' })
  // The TODS files of the first are there again.
  expect(await api.db.selectFrom('trip').select('kind').where('kind', '<>', 'revenue').execute()).not.toEqual([])
}, 120_000)

test('a fleet file says what it would add and put out of service, before it does', async () => {
  const api = await emptyApi()
  const text = readFileSync(join(EXAMPLE, 'fleet.json'), 'utf8')
  const all = await handIn(api, 'kind=fleet&fileName=fleet.json', text)
  expect(all).toMatchObject({ state: 'checked', report: { counts: { vehicles: 6, stations: 3, evses: 6 } } })
  expect(all.report?.adds).toContainEqual({ kind: 'vehicle', id: 'bus-6' })
  await apply(api, all.importId)
  const fewer = JSON.parse(text) as { vehicles: { id: string }[] }
  fewer.vehicles = fewer.vehicles.filter((vehicle) => vehicle.id !== 'bus-6')
  const less = await handIn(api, 'kind=fleet&fileName=less.json', JSON.stringify(fewer))
  expect(less.report).toMatchObject({ adds: [], replaces: [{ kind: 'vehicle', id: 'bus-6' }] })
})

test('what cannot be used is refused with the reason and the place, and cannot be stored', async () => {
  const api = await emptyApi()
  const fleet = await handIn(api, 'kind=fleet&fileName=fleet.json', '{"sites":[{}],"vehicles":[]}')
  expect(fleet).toMatchObject({ state: 'refused', code: 'noFleetFile' })
  expect(fleet.problems[0]?.text).toMatch(/^sites\.0\.id: /)
  expect(await handIn(api, 'kind=gtfs&fileName=x.zip', 'no zip')).toMatchObject({
    state: 'refused',
    message: expect.stringContaining('zip'),
  })
  expect(await handIn(api, 'kind=prices&fileName=p.csv&series=da', 'start,eurPerKwh\nyesterday,0.1\n')).toMatchObject({
    state: 'refused',
    message: 'p.csv was not stored:',
    problems: [{ text: expect.stringContaining('line 2'), code: 'problemAtLine' }],
  })
  expect((await api.send('POST', `/api/v1/imports/${fleet.importId}/apply`)).status).toBe(409)
  expect((await api.send('DELETE', `/api/v1/imports/${fleet.importId}`)).status).toBe(204)
  expect((await api.get(`/api/v1/imports/${fleet.importId}`)).status).toBe(404)
})

test('an import that was begun when the process ended is begun again, but not for ever', async () => {
  const api = await emptyApi()
  const checked = await handIn(api, 'kind=prices&fileName=p.csv&series=da', 'start,eurPerKwh\n2026-11-23T00:00Z,0.1\n')
  await api.db.updateTable('import_job').set({ state: 'applying', attempts: 1 }).execute()
  await run(api)
  expect(await read(api, checked.importId)).toMatchObject({ state: 'done' })
  await api.db.updateTable('import_job').set({ state: 'applying', attempts: 3 }).execute()
  await run(api)
  expect(await read(api, checked.importId)).toMatchObject({
    state: 'failed',
    message: expect.stringContaining('several times'),
  })
})

test('an empty file and one beyond the limit are turned away at the door', async () => {
  const api = await emptyApi()
  const post = (body: Uint8Array, headers = {}) =>
    api.app.request('/api/v1/imports?kind=gtfs&fileName=a.zip', {
      method: 'POST',
      headers: { Authorization: `Bearer ${KEY}`, ...headers },
      body: new Blob([new Uint8Array(body)]),
    })
  expect((await post(new Uint8Array())).status).toBe(400)
  expect((await post(new Uint8Array(3_000_000))).status).toBe(201)
  expect((await post(new Uint8Array(10), { 'Content-Length': String(65 * 1024 * 1024) })).status).toBe(413)
})
