import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { changesSince, liveHorizon } from '../../db/live-changes.ts'
import { storePlan } from '../../db/plans.ts'
import { appendEvent } from '../../db/events.ts'
import { depotApi, EVENING, KEY, nightPlan, openSession, plugIn, type TestApi } from './api-depot.ts'

interface LiveEvent {
  id: string
  event: string
  // Read as a page would: without types of the server.
  data: Record<'sites' | 'stations' | 'vehicles' | 'sessions' | 'alerts' | 'plans', Record<string, unknown>[]> & {
    now: string
  }
}

interface Listening {
  next(): Promise<LiveEvent>
  /** Reads on until an event fits. */
  until(fits: (event: LiveEvent) => boolean): Promise<LiveEvent>
  lastId(): string
  close(): Promise<void>
}

const open: Listening[] = []

afterEach(async () => {
  for (const one of open.splice(0)) await one.close()
})

async function listen(api: TestApi, query = '', lastEventId?: string): Promise<Listening> {
  const answer = await api.app.request(`/api/v1/events${query}`, {
    headers: { Authorization: `Bearer ${KEY}`, ...(lastEventId === undefined ? {} : { 'Last-Event-ID': lastEventId }) },
  })
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toContain('text/event-stream')
  const reader = (answer.body as ReadableStream<Uint8Array>).getReader()
  const decoder = new TextDecoder()
  let text = ''
  let id = lastEventId ?? ''
  const listening: Listening = {
    async next() {
      for (;;) {
        const end = text.indexOf('\n\n')
        if (end >= 0) {
          const lines = text.slice(0, end).split('\n')
          text = text.slice(end + 2)
          const field = (name: string) => lines.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
          const data = field('data')
          if (data === undefined) continue
          id = field('id') ?? id
          return { id, event: field('event') ?? '', data: JSON.parse(data) }
        }
        const { value, done } = await reader.read()
        if (done) throw new Error('the stream ended')
        text += decoder.decode(value, { stream: true })
      }
    },
    async until(fits) {
      for (;;) {
        const event = await listening.next()
        if (event.event !== 'clock' && fits(event)) return event
      }
    },
    lastId: () => id,
    close: () => reader.cancel(),
  }
  open.push(listening)
  return listening
}

const ids = (items: Record<string, unknown>[], key: string) => items.map((item) => item[key])
const setDelay = ({ db }: Pick<TestApi, 'db'>, vehicleId: string, seconds: number) =>
  db.updateTable('vehicle').set({ delay_seconds: seconds, delay_at: EVENING }).where('id', '=', vehicleId).execute()

/** Waits until the horizon has passed all that was done so far; writers elsewhere on the same server hold it back. */
async function settled({ db }: TestApi): Promise<void> {
  while ((await changesSince(db, await liveHorizon(db))).length > 0)
    await new Promise((resolve) => setTimeout(resolve, 20))
}

test('a stream begins with everything, then brings only what changed', async () => {
  const api = await depotApi()
  await openSession(api, { vehicleId: null, endedAt: EVENING })
  const session = await openSession(api, { vehicleId: 'bus-1' })
  const stream = await listen(api)
  const first = await stream.next()
  expect(first.event).toBe('snapshot')
  expect(first.data.now).toBe(EVENING.toISOString())
  expect(ids(first.data.sites, 'siteId')).toEqual(['depot'])
  expect(ids(first.data.stations, 'stationId')).toEqual(['CP1', 'CP2'])
  expect(ids(first.data.vehicles, 'vehicleId')).toEqual(['bus-1', 'bus-2', 'bus-3'])
  expect(ids(first.data.sessions, 'sessionNumber')).toEqual([session])
  expect(ids(first.data.plans, 'planId')).toEqual([1])

  await setDelay(api, 'bus-2', 300)
  const second = await stream.next()
  expect(second.event).toBe('changes')
  expect(second.data.vehicles).toMatchObject([{ vehicleId: 'bus-2', delaySeconds: 300 }])
  expect([second.data.stations, second.data.sessions, second.data.sites]).toEqual([[], [], []])

  await api.db.updateTable('charging_session').set({ ended_at: EVENING }).where('number', '=', session).execute()
  const third = await stream.until((event) => event.data.sessions.length > 0)
  expect(third.data.sessions).toMatchObject([{ sessionNumber: session, endedAt: EVENING.toISOString() }])
  expect((await (await listen(api)).next()).data.sessions).toEqual([])
})

test('when a vehicle leaves its plug the vehicle, the station and the site are told, though only the plug’s row has changed', async () => {
  const api = await depotApi()
  const plug = (values: object) =>
    api.db.updateTable('evse').set(values).where('station_id', '=', 'CP1').where('evse_id', '=', 1).execute()
  await plug({ vehicle_id: 'bus-1', vehicle_source: 'token', plugged_in: true, power_w: 50_000, power_at: EVENING })
  const stream = await listen(api)
  expect((await stream.next()).data.sites).toMatchObject([{ powerW: 70_000 }])
  await plug({ vehicle_id: null, vehicle_source: null, plugged_in: false, power_w: 0 })
  const seen: LiveEvent[] = []
  await stream.until((event) => {
    seen.push(event)
    return event.data.sites.length > 0
  })
  const all = (list: 'vehicles' | 'stations' | 'sites') => seen.flatMap((event) => event.data[list])
  expect(all('vehicles')).toMatchObject([{ vehicleId: 'bus-1', stationId: null, powerW: null, state: 'unknown' }])
  expect(all('stations')).toMatchObject([{ stationId: 'CP1', evses: [{ pluggedIn: false }, {}] }])
  expect(all('sites')).toMatchObject([{ siteId: 'depot', powerW: 20_000 }])
})

test('a new plan brings the plan and what it promises each vehicle', async () => {
  const api = await depotApi()
  const stream = await listen(api, '?siteId=depot')
  await stream.next()
  const plan = nightPlan()
  const [visit] = plan.result.visits
  if (visit !== undefined) Object.assign(visit, { socAtDepart: 0.8, shortKwh: 10 })
  await storePlan(api.db, { ...plan, siteId: 'depot', createdAt: EVENING, causes: [{ kind: 'byHand' }] })
  const event = await stream.until(({ data }) => data.plans.length > 0)
  expect(event.data.plans).toMatchObject([{ planId: 2, reason: 'asked for by hand' }])
  expect(event.data.vehicles).toMatchObject([{ vehicleId: 'bus-1', next: { plannedSocPercent: 80, shortWh: 10_000 } }])
})

test('what time alone changes comes with the minute', async () => {
  const api = await depotApi()
  const stream = await listen(api)
  await stream.next()
  api.clock.now = new Date('2026-11-23T21:20:00Z')
  const event = await stream.until(({ data }) => data.vehicles.length > 0)
  expect(event.data.vehicles).toMatchObject([{ vehicleId: 'bus-2', state: 'late' }])
  expect(event.data.sites).toMatchObject([{ siteId: 'depot', priceNowMicroEurPerKwh: 80_000 }])
})

test('a listener to one site hears nothing of another, but of stations that belong nowhere yet', async () => {
  const api = await depotApi()
  await api.db
    .insertInto('site')
    .values({
      id: 'other',
      name: 'Other',
      time_zone: 'Europe/Sofia',
      latitude: 42,
      longitude: 23,
      tariff: null,
      monthly_temperature_c: null,
      outdoor_temperature_c: null,
      outdoor_temperature_at: null,
    })
    .execute()
  const stream = await listen(api, '?siteId=other')
  const first = await stream.next()
  expect(ids(first.data.sites, 'siteId')).toEqual(['other'])
  expect([first.data.vehicles, first.data.stations, first.data.plans]).toEqual([[], [], []])
  await setDelay(api, 'bus-1', 60)
  await sql`insert into station (id) values ('NEW')`.execute(api.db)
  const event = await stream.next()
  expect(ids(event.data.stations, 'stationId')).toEqual(['NEW'])
  expect(event.data.vehicles).toEqual([])
})

test('an import tells everybody everything anew', async () => {
  const api = await depotApi()
  const stream = await listen(api)
  await stream.next()
  await api.db.deleteFrom('bay').where('id', '=', 'A2').execute()
  await appendEvent(api.db, { type: 'fleetImported', at: EVENING })
  const event = await stream.next()
  expect(event.event).toBe('snapshot')
  expect(event.data.sites).toMatchObject([{ bays: [{ bayId: 'A1' }] }])
})

test('who comes back gets what changed meanwhile and no more, whether anybody else listened or not', async () => {
  for (const others of [true, false]) {
    const api = await depotApi()
    const session = await openSession(api, { vehicleId: 'bus-1' })
    await settled(api)
    const leaving = await listen(api)
    await leaving.next()
    const staying = others ? await listen(api) : null
    await staying?.next()
    await leaving.close()
    await api.db.updateTable('station').set({ vendor: 'ACME' }).where('id', '=', 'CP2').execute()
    await api.db.updateTable('charging_session').set({ ended_at: EVENING }).where('number', '=', session).execute()
    await staying?.until(({ data }) => data.sessions.length > 0)
    const back = await listen(api, '', leaving.lastId())
    const event = await back.next()
    expect(event.event).toBe('changes')
    expect(ids(event.data.stations, 'stationId').toSorted()).toEqual(['CP1', 'CP2'])
    expect(event.data.sessions).toMatchObject([{ sessionNumber: session, endedAt: EVENING.toISOString() }])
    expect(event.data.plans).toEqual([])
    await back.close()
    await staying?.close()
  }
})

test('a cursor that is not ours, from the future, or an hour old brings everything', async () => {
  const api = await depotApi()
  const stream = await listen(api)
  const { id } = await stream.next()
  const minute = Number(id.split('.')[1])
  for (const cursor of ['', 'x', '1.2', `999999999999.${minute}.00000000.1`, `1.${minute - 61}.00000000.1`]) {
    const other = await listen(api, '', cursor)
    expect({ cursor, event: (await other.next()).event }).toEqual({ cursor, event: 'snapshot' })
    await other.close()
  }
})

test('nothing is lost by a reader that is cut off again and again while changes go on', async () => {
  const api = await depotApi()
  const vehicles = ['bus-1', 'bus-2', 'bus-3']
  const known = new Map<string, unknown>()
  let done = false
  const writing = (async () => {
    for (let n = 1; n <= 60; n += 1) {
      await setDelay(api, vehicles[n % 3] ?? '', n)
      if (n % 7 === 0) await new Promise((resolve) => setTimeout(resolve, 15))
    }
    done = true
  })()
  let cursor: string | undefined
  let connections = 0
  for (;;) {
    const finished = done
    const stream = await listen(api, '', cursor)
    connections += 1
    for (let events = 0; events < 2; events += 1) {
      const event = await Promise.race([stream.next(), new Promise<null>((resolve) => setTimeout(resolve, 300, null))])
      if (event === null) break
      for (const vehicle of event.data.vehicles ?? []) known.set(String(vehicle['vehicleId']), vehicle['delaySeconds'])
      cursor = event.id
    }
    await stream.close()
    if (finished) break
  }
  await writing
  expect(connections).toBeGreaterThan(2)
  expect(Object.fromEntries(known)).toEqual({ 'bus-1': 60, 'bus-2': 58, 'bus-3': 59 })
})

test('a reader that does not read gets the newest of each document once, not every change', async () => {
  const api = await depotApi()
  const stream = await listen(api)
  await stream.next()
  const watching = await listen(api)
  await watching.next()
  // More than a stream holds: the label makes each change a large document.
  for (let n = 1; n <= 12; n += 1) {
    const label = `${n} ${'x'.repeat(100_000)}`
    await api.db.updateTable('vehicle').set({ label }).where('id', '=', 'bus-1').execute()
    await watching.until(({ data }) => data.vehicles.some((vehicle) => vehicle['label'] === label))
  }
  let events = 0
  await stream.until(({ data }) => {
    events += 1
    return data.vehicles.some((vehicle) => String(vehicle['label']).startsWith('12 '))
  })
  expect(events).toBeLessThan(8)
})

test('a vehicle that stands at a charger says at once that its line is cut, and that it is back', async () => {
  const api = await depotApi()
  await openSession(api, { vehicleId: 'bus-1' })
  await plugIn(api, 'bus-1', 'CP1')
  const line = (connected: boolean) => api.db.updateTable('station').set({ connected }).execute()
  const says = (kind: string, is: boolean) => (event: LiveEvent) =>
    event.data.vehicles.some(
      (one) => one['vehicleId'] === 'bus-1' && ((one['charging'] as { kind: string }).kind === kind) === is,
    )
  await line(true)
  const stream = await listen(api)
  await stream.next()
  await line(false)
  await stream.until(says('stationOffline', true))
  await line(true)
  await stream.until(says('stationOffline', false))
})

test('rows that were changed since a horizon are found by what they belong to', async () => {
  const { db } = await depotApi()
  const horizon = await liveHorizon(db)
  // Whoever writes elsewhere on the same server holds the horizon back, so older changes may come too.
  const older = new Set((await changesSince(db, horizon)).map((change) => change.changeSeq))
  await db.updateTable('connector').set({ status: 'faulted' }).where('station_id', '=', 'CP2').execute()
  await db.updateTable('limit_node').set({ limit_w: 1 }).where('id', '=', 'feeder-1').execute()
  const changes = (await changesSince(db, horizon)).filter((change) => !older.has(change.changeSeq))
  expect(changes.map(({ kind, id, stationId, siteId }) => [kind, id, stationId, siteId])).toEqual([
    ['node', 'depot feeder-1', null, 'depot'],
    ['connector', 'CP2 1 1', 'CP2', null],
  ])
})

if (process.env['TEST_DATABASE_URL'] !== undefined) {
  test('a change that began early and is committed late reaches who listens and who comes back', async () => {
    const api = await depotApi()
    const stream = await listen(api)
    await stream.next()
    const early = await api.db.startTransaction().execute()
    await setDelay({ db: early }, 'bus-1', 111)
    await setDelay(api, 'bus-2', 222)
    const second = await stream.next()
    expect(second.data.vehicles).toMatchObject([{ vehicleId: 'bus-2', delaySeconds: 222 }])
    await stream.close()
    const staying = await listen(api)
    await staying.next()
    await early.commit().execute()
    const third = await staying.next()
    expect(third.data.vehicles).toMatchObject([{ vehicleId: 'bus-1', delaySeconds: 111 }])
    const back = await listen(api, '', second.id)
    expect((await back.next()).data.vehicles).toContainEqual(
      expect.objectContaining({ vehicleId: 'bus-1', delaySeconds: 111 }),
    )
  })

  test('a row whose number falls, because the older transaction changed it last, is told again', async () => {
    const api = await depotApi()
    const stream = await listen(api)
    await stream.next()
    const older = await api.db.startTransaction().execute()
    await setDelay({ db: older }, 'bus-1', 1)
    await setDelay(api, 'bus-2', 2)
    expect((await stream.next()).data.vehicles).toMatchObject([{ vehicleId: 'bus-2', delaySeconds: 2 }])
    await setDelay({ db: older }, 'bus-2', 3)
    await older.commit().execute()
    const event = await stream.next()
    expect(event.data.vehicles).toMatchObject([
      { vehicleId: 'bus-1', delaySeconds: 1 },
      { vehicleId: 'bus-2', delaySeconds: 3 },
    ])
  })
}
