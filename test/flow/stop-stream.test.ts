import { afterEach, beforeEach, expect, test } from 'vitest'
import { stopBoard } from '../../fleet-api/schemas/stops.ts'
import type { TestApi } from './api-depot.ts'
import { boardApi, NOON, predict } from './board-depot.ts'

let api: TestApi
const open: ReadableStreamDefaultReader<Uint8Array>[] = []

beforeEach(async () => {
  api = await boardApi()
})

afterEach(async () => {
  for (const reader of open.splice(0)) await reader.cancel()
})

interface StreamEvent {
  event: string
  data: Record<string, unknown>
}

/** A screen at a stop: without a key. */
async function listen(stopId: string): Promise<() => Promise<StreamEvent>> {
  const answer = await api.app.request(`/api/v1/stops/${stopId}/arrivals/stream`)
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  open.push(reader)
  const decoder = new TextDecoder()
  let text = ''
  return async () => {
    for (;;) {
      const end = text.indexOf('\n\n')
      if (end >= 0) {
        const lines = text.slice(0, end).split('\n')
        text = text.slice(end + 2)
        const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
        const data = field('data')
        if (data !== undefined) return { event: field('event') ?? '', data: JSON.parse(data) }
        continue
      }
      const { value, done } = await reader.read()
      if (done) throw new Error('the stream ended')
      text += decoder.decode(value, { stream: true })
    }
  }
}

test('a screen gets the whole board first, and a late bus within a second of its prediction', async () => {
  await predict(api.db, NOON)
  const next = await listen('p')
  const first = await next()
  expect(first.event).toBe('board')
  const board = stopBoard.parse(first.data)
  expect(first.data).toEqual(board)
  expect(board).toMatchObject({ now: NOON.toISOString(), speed: 1, live: 'live', next: null })
  expect(board.items[0]).toMatchObject({ tripId: 'n1', status: 'onTime', stopCode: 'P' })

  api.clock.now = new Date(NOON.getTime() + 1_000)
  const predictedAt = performance.now()
  await predict(api.db, api.clock.now, { lateS: 300 })
  const second = stopBoard.parse((await next()).data)
  expect(second.items[0]).toMatchObject({ tripId: 'n1', status: 'late' })
  expect(performance.now() - predictedAt).toBeLessThan(1_000)
})

test('who looks at the same stop under another name gets the same board, and one who comes later gets it at once', async () => {
  await predict(api.db, NOON, { cancelledTrips: ['n2'] })
  const [one, other] = [await listen('v'), await listen('f:v')]
  const boards = [stopBoard.parse((await one()).data), stopBoard.parse((await other()).data)]
  expect(boards[0]).toEqual(boards[1])
  const cancelled = boards[0]?.items.find((item) => item.tripId === 'n2')
  expect(cancelled).toMatchObject({ status: 'cancelled', notice: { reason: 'energy' } })
  expect(cancelled?.notice?.translations.bg.text).toContain('достатъчно енергия')
  expect(cancelled?.notice?.translations.uk.text).toContain('не вистачить заряду')
  const late = await listen('v')
  expect((await late()).event).toBe('board')
})

test('a stop that is not there has no stream; a HEAD request opens none', async () => {
  expect((await api.app.request('/api/v1/stops/nowhere/arrivals/stream')).status).toBe(404)
  const head = await api.app.request('/api/v1/stops/p/arrivals/stream', { method: 'HEAD' })
  expect([head.status, head.body]).toEqual([200, null])
})

test('one address may open 200 streams, and a closed one makes room', async () => {
  const path = '/api/v1/stops/p/arrivals/stream'
  const readers = []
  for (let n = 0; n < 200; n += 1) {
    const answer = await api.app.request(path)
    expect(answer.status).toBe(200)
    readers.push((answer.body as ReadableStream<Uint8Array>).getReader())
  }
  open.push(...readers.slice(1))
  const full = await api.app.request(path)
  expect([full.status, full.headers.get('retry-after')]).toEqual([503, '30'])
  await readers[0]?.cancel()
  await listen('p')
})

test('when nothing leaves in the next two hours, the board says what leaves first', async () => {
  api.clock.now = new Date('2026-11-24T12:00:00Z')
  const { data } = await (await listen('p'))()
  const board = stopBoard.parse(data)
  expect(board.items).toEqual([])
  expect(board.next).toMatchObject({ route: '7', headsign: 'Village', scheduledAt: '2026-11-24T22:25:00.000Z' })
})

test('where lines only end, the board says so, on the plain page too; where no bus comes, it does not', async () => {
  await api.db.deleteFrom('trip').where('id', '=', 'n2').execute()
  api.clock.now = new Date('2026-11-24T14:00:00Z')
  const { data } = await (await listen('v'))()
  expect(stopBoard.parse(data)).toMatchObject({ items: [], next: null, endsHere: true })
  const plain = await (await api.app.request('/stop/v?plain', { headers: { 'Accept-Language': 'bg' } })).text()
  expect(plain).toContain('Крайна спирка')
  const garage = await (await listen('garage'))()
  expect(stopBoard.parse(garage.data)).toMatchObject({ items: [], next: null, endsHere: false })
})
