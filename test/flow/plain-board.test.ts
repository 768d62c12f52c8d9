import { beforeEach, expect, test } from 'vitest'
import { listOf } from '../../fleet-api/schemas/common.ts'
import { foundStop } from '../../fleet-api/schemas/stops.ts'
import { body, type TestApi } from './api-depot.ts'
import { boardApi, NOON, predict } from './board-depot.ts'

let api: TestApi
beforeEach(async () => {
  api = await boardApi()
})

async function plain(stopId: string, query = '', headers: Record<string, string> = {}): Promise<string> {
  const answer = await api.app.request(`/stop/${stopId}?plain${query}`, { headers })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/html')
  return await answer.text()
}

/** Cells of the table, row by row, as a text browser shows them. */
function table(page: string): string[][] {
  return [...page.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].slice(1).map(([, row]) =>
    [...(row ?? '').matchAll(/<td>([\s\S]*?)<\/td>/g)].map(([, cell]) =>
      (cell ?? '')
        .replaceAll(/<del>(.*?)<\/del>/g, '[$1]')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    ),
  )
}

test('the plain page has the same rows as the board, with words for what is late or cancelled', async () => {
  await predict(api.db, NOON, { lateS: 300, cancelledTrips: ['n2'] })
  const page = await plain('p', '&lang=en')
  expect(table(page)).toEqual([
    ['7', 'Village', '[12:20] 25 min', 'late, +5 min'],
    ['7', '[Centre]', '[12:55]', 'CANCELLED, do not board'],
  ])
  expect(page).toContain('LIVE')
  expect(page).toContain('Line 7 at 12:55 does not run: its bus will not have enough energy.')
  expect(page).toContain('Updated 12:00:00')
  expect(page).toMatch(/<html lang="en">/)
})

test('without live data it says SCHEDULED and shows clock times', async () => {
  const page = await plain('p', '&lang=en')
  expect(table(page)[0]).toEqual(['7', 'Village', '12:20', 'scheduled'])
  expect(page).toContain('SCHEDULED: there are no live data.')
})

test('it speaks the language asked for, else the browser’s', async () => {
  await predict(api.db, NOON, { lateS: 300 })
  expect(table(await plain('p', '&lang=bg'))[0]?.[3]).toBe('закъснява, +5 мин')
  expect(table(await plain('p', '', { 'accept-language': 'de,uk;q=0.8,en;q=0.5' }))[0]?.[3]).toBe('запізнюється, +5 хв')
  expect(table(await plain('p', '&lang=xx', { 'accept-language': 'bg-BG' }))[0]?.[3]).toBe('закъснява, +5 мин')
})

test('it needs no script and no inline style, and its policy allows none', async () => {
  const answer = await api.app.request('/stop/p?plain')
  const policy = answer.headers.get('content-security-policy') ?? ''
  expect(policy).toContain("default-src 'none'")
  expect(policy).toContain("style-src 'self'")
  expect(policy).not.toContain('unsafe')
  const page = await answer.text()
  expect(page).not.toMatch(/<script|style=|<style/)
  expect(page).toContain('<meta http-equiv="refresh" content="30" />')
})

test('names with markup in them stay names', async () => {
  await api.db.updateTable('stop').set({ name: '<b>Park & "Ride"</b>' }).where('id', '=', 'p').execute()
  const page = await plain('p')
  expect(page).toContain('&lt;b&gt;Park &amp; &quot;Ride&quot;&lt;/b&gt;')
  expect(page).not.toContain('<b>')
})

test('when nothing leaves soon, it says what leaves first, with the day when it is another', async () => {
  api.clock.now = new Date('2026-11-24T12:00:00Z')
  expect(await plain('p', '&lang=en')).toContain('The next one: line 7 to Village, Wednesday 25 November, 00:25.')
})

test('a stop that is not there is told so in words', async () => {
  const answer = await api.app.request('/stop/nowhere?plain&lang=bg')
  expect(answer.status).toBe(404)
  expect(await answer.text()).toContain('Няма такава спирка')
})

test('a stop is found as people type it: in Latin letters, with a letter wrong', async () => {
  await api.db.updateTable('stop').set({ name: 'кв. Грамада' }).where('id', '=', 'v').execute()
  const find = async (words: string) =>
    (await body(api.app.request(`/api/v1/stops?find=${encodeURIComponent(words)}`), listOf(foundStop))).items
  for (const words of ['gramada', 'Грамада', 'gramda', 'V']) expect((await find(words))[0]?.stopId).toBe('v')
  expect(await find('nowhere at all')).toEqual([])
  const [near] = (await body(api.app.request('/api/v1/stops?find=gramada&near=42.0291,23.1'), listOf(foundStop))).items
  expect(near?.distanceM).toBe(100)
})
