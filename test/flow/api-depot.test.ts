import { expect, test } from 'vitest'
import { openReplanRequests } from '../../db/replan-requests.ts'
import { listOf, problem } from '../../fleet-api/schemas/common.ts'
import * as depot from '../../fleet-api/schemas/depot.ts'
import * as records from '../../fleet-api/schemas/records.ts'
import { body, depotApi, EVENING, openSession, type TestApi } from './api-depot.ts'

const MINUTE = 60_000

async function plugIn({ db }: TestApi, vehicleId: string, powerW: number | null): Promise<void> {
  await db
    .updateTable('evse')
    .set({ plugged_in: true, vehicle_id: vehicleId, vehicle_source: 'token', power_w: powerW, power_at: EVENING })
    .where('station_id', '=', 'CP1')
    .where('evse_id', '=', 1)
    .execute()
}

test('a vehicle that charges shows its next pull-out and what the plan promises for it', async () => {
  const api = await depotApi()
  await plugIn(api, 'bus-1', 40_000)
  const vehicle = await body(api.get('/api/v1/vehicles/bus-1'), depot.vehicle)
  expect(vehicle).toMatchObject({
    vehicleId: 'bus-1',
    typeLabel: 'solo',
    batteryCapacityWh: 200_000,
    bayId: 'A1',
    socPercent: null,
    state: 'charging',
    stationId: 'CP1',
    evseId: 1,
    powerW: 40_000,
    block: null,
    next: {
      blockId: 'B1',
      date: '2026-11-24',
      pullOutAt: '2026-11-24T03:40:00.000Z',
      pullInAt: '2026-11-24T17:40:00.000Z',
      routes: ['7'],
      distanceM: 120_000,
      needSocPercent: 85,
      plannedSocPercent: 97.5,
      shortWh: 0,
    },
  })
  // 70 kWh at 40 kW × 0.95 take 1 h 50.5 min from 21:00Z.
  const ready = new Date(vehicle.next?.readyAt ?? Number.NaN).getTime()
  expect(Math.abs(ready - Date.parse('2026-11-23T22:50:30Z'))).toBeLessThan(MINUTE)
})

test('a vehicle’s state follows the timetable, its plug and what people say', async () => {
  const api = await depotApi()
  const state = async (id: string) => (await body(api.get(`/api/v1/vehicles/${id}`), depot.vehicle)).state
  // 22:00: bus-1 came back at 19:40 by the timetable and nobody has seen it; bus-2 drives until 23:00; bus-3 has no work.
  expect(await state('bus-1')).toBe('unknown')
  expect(await state('bus-2')).toBe('onTheLine')
  expect(await state('bus-3')).toBe('parked')
  api.clock.now = new Date('2026-11-23T21:20:00Z')
  expect(await state('bus-2')).toBe('late')
  const line = await body(api.get('/api/v1/vehicles/bus-2'), depot.vehicle)
  expect(line).toMatchObject({ block: null, next: { blockId: 'B2', date: '2026-11-24', needSocPercent: null } })
  await plugIn(api, 'bus-2', 0)
  expect(await state('bus-2')).toBe('pluggedIn')
  await api.send('PATCH', '/api/v1/vehicles/bus-2', { inService: false })
  expect(await state('bus-2')).toBe('outOfService')
})

test('vehicles come page by page and by site', async () => {
  const { get } = await depotApi()
  const first = await body(get('/api/v1/vehicles?limit=2&siteId=depot'), listOf(depot.vehicle))
  const second = await body(get(`/api/v1/vehicles?limit=2&siteId=depot&cursor=${first.next}`), listOf(depot.vehicle))
  const ids = [...first.items, ...second.items].map((one: { vehicleId: string }) => one.vehicleId)
  expect(ids).toEqual(['bus-1', 'bus-2', 'bus-3'])
  expect((await body(get('/api/v1/vehicles?siteId=elsewhere'), listOf(depot.vehicle))).items).toEqual([])
  expect((await get('/api/v1/vehicles/bus-9')).status).toBe(404)
  expect((await get('/api/v1/vehicles/bus-9/soc')).status).toBe(404)
})

test('what a person says of a vehicle is stored with an event and asks for a plan, once', async () => {
  const { db, get, send } = await depotApi()
  const answer = await send('PATCH', '/api/v1/vehicles/bus-2', {
    delaySeconds: 900,
    socPercent: 41.5,
    at: { stationId: 'CP2', evseId: 1 },
  })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({
    delaySeconds: 900,
    socPercent: 41.5,
    socSource: 'manual',
    stationId: 'CP2',
    evseId: 1,
  })
  expect(await openReplanRequests(db)).toMatchObject([
    { siteId: 'depot', reason: 'bus-2 is 15 min late, bus-2 says that it has 42 %, bus-2 is at CP2/1' },
  ])
  const events = await db
    .selectFrom('event')
    .select(['type', 'vehicle_id', 'site_id', 'details'])
    .orderBy('id')
    .execute()
  expect(events.filter((event) => event.vehicle_id === 'bus-2')).toEqual([
    { type: 'vehicleDelayed', vehicle_id: 'bus-2', site_id: 'depot', details: { delaySeconds: 900 } },
    { type: 'vehicleChanged', vehicle_id: 'bus-2', site_id: 'depot', details: { socPercent: 41.5 } },
    {
      type: 'vehiclePlugged',
      vehicle_id: 'bus-2',
      site_id: 'depot',
      details: { by: 'hand', stationId: 'CP2', evseId: 1 },
    },
  ])
  const soc = await body(get('/api/v1/vehicles/bus-2/soc'), listOf(records.socReading))
  expect(soc.items).toEqual([{ at: EVENING.toISOString(), socPercent: 41.5, source: 'manual', measured: true }])
})

test('a vehicle stands at one plug: putting it elsewhere by hand frees the first, and the session there is no longer its own', async () => {
  const api = await depotApi()
  await plugIn(api, 'bus-1', 10_000)
  const session = await openSession(api, { vehicleId: 'bus-1' })
  await api.send('PATCH', '/api/v1/vehicles/bus-1', { at: { stationId: 'CP2', evseId: 1 } })
  const station = await body(api.get('/api/v1/stations/CP1'), depot.station)
  expect(station.evses[0]).toMatchObject({ vehicleId: null, vehicleSource: null })
  expect(await body(api.get(`/api/v1/sessions/${session}`), depot.session)).toMatchObject({ vehicleId: null })
  await api.send('PATCH', '/api/v1/vehicles/bus-1', { at: null })
  expect(await body(api.get('/api/v1/vehicles/bus-1'), depot.vehicle)).toMatchObject({ stationId: null, evseId: null })
})

test('nonsense about a vehicle is refused and changes nothing', async () => {
  const { db, send } = await depotApi()
  expect((await send('PATCH', '/api/v1/vehicles/bus-9', { delaySeconds: 1 })).status).toBe(404)
  expect((await send('PATCH', '/api/v1/vehicles/bus-1', { delaySeconds: 5, bayId: 'Z9' })).status).toBe(409)
  expect((await send('PATCH', '/api/v1/vehicles/bus-1', { at: { stationId: 'CP1', evseId: 7 } })).status).toBe(409)
  const wrong = await send('PATCH', '/api/v1/vehicles/bus-1', { socPercent: 101, delay: 3 })
  expect(wrong.status).toBe(400)
  expect(problem.parse(await wrong.json()).errors?.map((one) => one.path)).toContain('body.socPercent')
  expect(await openReplanRequests(db)).toEqual([])
  expect(await db.selectFrom('vehicle').select('delay_seconds').where('id', '=', 'bus-1').executeTakeFirst()).toEqual({
    delay_seconds: null,
  })
})

test('a site shows what it draws now: an old reading counts nothing and is counted, an empty plug is not', async () => {
  const api = await depotApi()
  await plugIn(api, 'bus-1', 40_000)
  await api.db.updateTable('station').set({ connected: true }).execute()
  await api.db.updateTable('evse').set({ plugged_in: false }).where('station_id', '=', 'CP2').execute()
  await api.db
    .insertInto('monthly_peak')
    .values({ site_id: 'depot', month: '2026-11-01', peak_w: 120_000, at: EVENING })
    .execute()
  const read = async () => body(api.get('/api/v1/sites/depot'), depot.site)
  expect(await read()).toMatchObject({
    siteId: 'depot',
    limitW: 300_000,
    baseLoadW: 20_000,
    powerW: 60_000,
    evsesWithoutReading: 1,
    peakThisMonthW: 120_000,
    priceNowMicroEurPerKwh: 150_000,
    nodes: [
      { nodeId: 'feeder-1', parentId: 'grid' },
      { nodeId: 'grid', parentId: null },
    ],
    bays: [{ bayId: 'A1', stationId: 'CP1', evseId: 1 }, { bayId: 'A2' }],
  })
  api.clock.now = new Date(EVENING.getTime() + 6 * MINUTE)
  expect(await read()).toMatchObject({ powerW: 20_000, evsesWithoutReading: 2 })
  // December in Sofia begins at 22:00Z of the 30th.
  api.clock.now = new Date('2026-11-30T22:05:00Z')
  expect(await read()).toMatchObject({ peakThisMonthW: null, priceNowMicroEurPerKwh: null })
  expect((await body(api.get('/api/v1/sites'), listOf(depot.site))).items).toHaveLength(1)
  expect((await api.get('/api/v1/sites/x')).status).toBe(404)
})

test('a new limit is stored, noted with the old one, and asks for a plan; the same again does not', async () => {
  const { db, send } = await depotApi()
  const change = () => send('PATCH', '/api/v1/sites/depot', { nodes: [{ nodeId: 'grid', limitW: 250_000 }] })
  expect(await (await change()).json()).toMatchObject({ limitW: 250_000, baseLoadW: 20_000 })
  const [first] = await openReplanRequests(db)
  expect(first).toMatchObject({ reason: 'the limit of grid is 250 kW' })
  await change()
  expect(await openReplanRequests(db)).toEqual([first])
  const events = await db.selectFrom('event').select('details').where('type', '=', 'limitChanged').execute()
  expect(events).toEqual([{ details: { nodeId: 'grid', limitW: 250_000, limitBeforeW: 300_000 } }])
  expect(await body(send('PATCH', '/api/v1/sites/depot', { outdoorTemperatureC: -7.5 }), depot.site)).toMatchObject({
    outdoorTemperatureC: -7.5,
  })
  expect((await send('PATCH', '/api/v1/sites/depot', { nodes: [{ nodeId: 'no', limitW: 1 }] })).status).toBe(409)
  expect((await send('PATCH', '/api/v1/sites/x', { outdoorTemperatureC: 1 })).status).toBe(404)
})

test('measured power is a mean for each quarter: unknown stays null, and nobody charging is nothing drawn', async () => {
  const api = await depotApi()
  await openSession(api, { vehicleId: 'bus-1', startedAt: new Date('2026-11-23T19:20:00Z') })
  await api.db
    .insertInto('energy_interval')
    .values([
      {
        station_id: 'CP1',
        evse_id: 1,
        start_at: new Date('2026-11-23T19:15:00Z'),
        energy_wh: 5000,
        session_number: 1,
        vehicle_id: null,
        complete: true,
      },
      {
        station_id: 'CP2',
        evse_id: 1,
        start_at: new Date('2026-11-23T19:15:00Z'),
        energy_wh: 2500,
        session_number: 0,
        vehicle_id: null,
        complete: true,
      },
    ])
    .execute()
  await api.db
    .insertInto('energy_quarter')
    .values({ site_id: 'depot', start_at: new Date('2026-11-23T19:00:00Z'), energy_wh: 0 })
    .execute()
  // What was before the first reading is not known, nor what is still to come.
  const around = await body(
    api.get('/api/v1/sites/depot/power?from=2026-11-23T18:45:00Z&to=2026-11-23T20:30:00Z'),
    listOf(records.sitePower),
  )
  for (const one of [around.items[0], around.items.at(-1)])
    expect(one).toMatchObject({ chargingW: null, powerW: null, complete: false })
  const { items } = await body(
    api.get('/api/v1/sites/depot/power?from=2026-11-23T19:05:00Z'),
    listOf(records.sitePower),
  )
  expect(items).toEqual([
    { startAt: '2026-11-23T19:00:00.000Z', chargingW: 0, baseLoadW: 20_000, powerW: 20_000, complete: true },
    { startAt: '2026-11-23T19:15:00.000Z', chargingW: 30_000, baseLoadW: 20_000, powerW: 50_000, complete: true },
    { startAt: '2026-11-23T19:30:00.000Z', chargingW: null, baseLoadW: 20_000, powerW: null, complete: false },
    { startAt: '2026-11-23T19:45:00.000Z', chargingW: null, baseLoadW: 20_000, powerW: null, complete: false },
  ])
  expect((await body(api.get('/api/v1/sites/depot/power'), listOf(records.sitePower))).items).toHaveLength(96)
  expect((await api.get('/api/v1/sites/depot/power?from=2026-01-01T00:00:00Z')).status).toBe(400)
  expect((await api.get('/api/v1/sites/x/power')).status).toBe(404)
})

test('blocks are listed with their trips, and one is given away and taken back', async () => {
  const { db, get, send } = await depotApi()
  const { items } = await body(get('/api/v1/blocks?siteId=depot'), listOf(depot.block))
  expect(
    items.map((one: { blockId: string; date: string; vehicleId: string | null }) => [
      one.date,
      one.blockId,
      one.vehicleId,
    ]),
  ).toEqual([
    ['2026-11-23', 'B2', 'bus-2'],
    ['2026-11-24', 'B1', 'bus-1'],
    ['2026-11-24', 'B2', 'bus-2'],
    ['2026-11-24', 'B3', null],
  ])
  expect(items[1]).toMatchObject({
    assignedBy: 'timetable',
    distanceM: 120_000,
    routes: ['7'],
    trips: [{ tripId: 't1', route: '7', startAt: '2026-11-24T03:40:00.000Z' }, { tripId: 't2' }],
  })

  const give = async (vehicleId: string | null) =>
    body(send('PUT', '/api/v1/blocks/2026-11-24/B1/assignment', { vehicleId }), records.blockAssignment)
  expect(await give('bus-3')).toEqual({
    date: '2026-11-24',
    blockId: 'B1',
    vehicleId: 'bus-3',
    previous: { vehicleId: 'bus-1', assignedBy: 'timetable' },
  })
  expect(await openReplanRequests(db)).toMatchObject([{ siteId: 'depot' }])
  expect(await give(null)).toMatchObject({ vehicleId: null, previous: { vehicleId: 'bus-3', assignedBy: 'manual' } })
  expect((await send('PUT', '/api/v1/blocks/2026-11-24/B9/assignment', { vehicleId: 'bus-1' })).status).toBe(404)
  expect((await send('PUT', '/api/v1/blocks/2026-11-24/B1/assignment', { vehicleId: 'bus-9' })).status).toBe(409)
  expect((await send('PUT', '/api/v1/blocks/tomorrow/B1/assignment', { vehicleId: 'bus-1' })).status).toBe(400)
  expect((await get('/api/v1/blocks?from=2026-11-01T00:00:00Z&to=2026-11-30T00:00:00Z')).status).toBe(400)
})

test('how late a vehicle is comes from where it is, else from what was told lately, else it is not known', async () => {
  const api = await depotApi()
  const delay = async () =>
    ((await (await api.get('/api/v1/vehicles/bus-1')).json()) as { delaySeconds: number | null }).delaySeconds
  const ago = (minutes: number) => new Date(EVENING.getTime() - minutes * 60_000)
  const told = (minutes: number) =>
    api.db
      .updateTable('vehicle')
      .set({ delay_seconds: 900, delay_at: ago(minutes) })
      .where('id', '=', 'bus-1')
      .execute()
  await told(179)
  expect(await delay()).toBe(900)
  await told(181)
  expect(await delay()).toBeNull()
  const progress = {
    vehicle_id: 'bus-1',
    feed_id: 'f',
    block_id: 'B1',
    date: '2026-11-23',
    source: 'position' as const,
  }
  await api.db
    .insertInto('vehicle_progress')
    .values({ ...progress, deviation_s: 120, at: ago(4) })
    .execute()
  await told(1)
  expect(await delay()).toBe(120)
  await api.db
    .updateTable('vehicle_progress')
    .set({ at: ago(6) })
    .execute()
  expect(await delay()).toBe(900)
})
