import { expect, test } from 'vitest'
import { openReplanRequests } from '../../db/replan-requests.ts'
import { wantState } from '../../db/desired-state.ts'
import { insertFrames } from '../../db/message-log.ts'
import { listOf } from '../../fleet-api/schemas/common.ts'
import * as depot from '../../fleet-api/schemas/depot.ts'
import * as records from '../../fleet-api/schemas/records.ts'
import { body, depotApi, EVENING, openSession } from './api-depot.ts'

test('stations come page by page, each once, and an unknown cursor is refused', async () => {
  const { get } = await depotApi()
  const first = await body(get('/api/v1/stations?limit=1'), listOf(depot.station))
  expect(first.items.map((one: { stationId: string }) => one.stationId)).toEqual(['CP1'])
  const second = await body(get(`/api/v1/stations?limit=1&cursor=${first.next}`), listOf(depot.station))
  expect(second.items.map((one: { stationId: string }) => one.stationId)).toEqual(['CP2'])
  expect(second.next).toBeNull()
  const wrong = await get('/api/v1/stations?cursor=nonsense')
  expect(wrong.status).toBe(400)
  expect(await wrong.json()).toMatchObject({ errors: [{ path: 'query.cursor' }] })
})

test('a station shows its EVSEs with connectors, session, vehicle and the profile that is wanted of it now', async () => {
  const api = await depotApi()
  const { db, get } = api
  await openSession(api, { vehicleId: 'bus-1' })
  await db
    .updateTable('evse')
    .set({ plugged_in: true, vehicle_id: 'bus-1', vehicle_source: 'token', power_w: 40_000, power_at: EVENING })
    .where('station_id', '=', 'CP1')
    .where('evse_id', '=', 1)
    .execute()
  await wantState(db, {
    stationId: 'CP1',
    item: 'txProfile:1',
    at: EVENING,
    wanted: {
      type: 'setChargingProfile',
      evseId: 1,
      profile: {
        id: 7,
        stackLevel: 1,
        purpose: 'tx',
        kind: 'absolute',
        transactionId: 'tx-0',
        schedule: {
          rateUnit: 'W',
          startAt: new Date('2026-11-23T19:45:00Z'),
          durationSeconds: 7200,
          periods: [
            { startSeconds: 0, limit: 75_000 },
            { startSeconds: 900, limit: 40_000 },
          ],
        },
      },
    },
  })
  const station = await body(get('/api/v1/stations/CP1'), depot.station)
  expect(station).toMatchObject({
    stationId: 'CP1',
    label: 'Charger 1',
    siteId: 'depot',
    registration: 'accepted',
    connected: false,
  })
  expect(station.evses).toHaveLength(2)
  expect(station.evses[0]).toMatchObject({
    evseId: 1,
    nodeId: 'feeder-1',
    maxPowerW: 75_000,
    pluggedIn: true,
    vehicleId: 'bus-1',
    powerW: 40_000,
    powerAt: EVENING.toISOString(),
    connectors: [{ connectorId: 1, type: 'cCCS2', status: 'unknown' }],
    profile: { wantedAt: EVENING.toISOString(), confirmed: false, confirmedAt: null, outcome: null, limitNowW: 40_000 },
  })
  expect(station.evses[1]).toMatchObject({ pluggedIn: null, powerW: null, profile: null })
  await db.updateTable('charging_session').set({ ended_at: EVENING }).execute()
  expect((await body(get('/api/v1/stations/CP1'), depot.station)).evses[0]?.profile).toBeNull()
})

test('a station that nobody knows is not found', async () => {
  const { get, send } = await depotApi()
  for (const answer of [
    await get('/api/v1/stations/CP9'),
    await get('/api/v1/stations/CP9/messages'),
    await send('PATCH', '/api/v1/stations/CP9', { label: 'x' }),
    await send('POST', '/api/v1/stations/CP9/commands', { type: 'reset', kind: 'soft' }),
    await send('POST', '/api/v1/stations/CP9/call', { action: 'Reset', payload: { type: 'Soft' } }),
  ]) {
    expect(answer.status).toBe(404)
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    expect(await answer.json()).toMatchObject({
      type: 'urn:zaryad:problem:not-found',
      status: 404,
      detail: 'There is no station CP9.',
    })
  }
})

test('approving a pending station places it at the grid connection, leaves an event and asks for a plan', async () => {
  const { db, send } = await depotApi()
  await db
    .insertInto('station')
    .values({ id: 'NEW', capabilities: '{}', quirks: '{}', label: null, ...nothingKnown })
    .execute()
  const answer = await send('PATCH', '/api/v1/stations/NEW', {
    registration: 'accepted',
    siteId: 'depot',
    label: 'Charger 3',
  })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ registration: 'accepted', siteId: 'depot', label: 'Charger 3' })
  const row = await db.selectFrom('station').select('node_id').where('id', '=', 'NEW').executeTakeFirstOrThrow()
  expect(row.node_id).toBe('grid')
  expect(await openReplanRequests(db)).toMatchObject([{ siteId: 'depot', reason: 'NEW was placed' }])
  const event = await db.selectFrom('event').selectAll().where('type', '=', 'stationChanged').executeTakeFirstOrThrow()
  expect(event).toMatchObject({ station_id: 'NEW', site_id: 'depot', details: { registration: 'accepted' } })
})

test('a station cannot be placed at a site or a node that is not there, and then nothing of the change happens', async () => {
  const { get, send } = await depotApi()
  expect((await send('PATCH', '/api/v1/stations/CP1', { siteId: 'elsewhere', label: 'x' })).status).toBe(409)
  expect((await send('PATCH', '/api/v1/stations/CP1', { nodeId: 'feeder-9', label: 'x' })).status).toBe(409)
  expect((await send('PATCH', '/api/v1/stations/CP1', { nodeID: 'feeder-1' })).status).toBe(400)
  expect(await body(get('/api/v1/stations/CP1'), depot.station)).toMatchObject({ label: 'Charger 1' })
})

test('frames are listed newest first, page by page, and by action and direction', async () => {
  const { db, get } = await depotApi()
  await insertFrames(
    db,
    Array.from({ length: 5 }, (_, n) => ({
      at: new Date(EVENING.getTime() + n),
      stationId: 'CP1',
      direction: n % 2 === 0 ? ('in' as const) : ('out' as const),
      messageType: n % 2 === 0 ? 2 : 3,
      messageId: `m${n}`,
      action: n === 4 ? 'Heartbeat' : 'BootNotification',
      errorCode: null,
      frame: `[${n}]`,
    })),
  )
  const frames = async (query: string) => body(get(`/api/v1/stations/CP1/messages?${query}`), listOf(records.message))
  const first = await frames('limit=3')
  const rest = await frames(`limit=3&cursor=${first.next}`)
  expect([...first.items, ...rest.items].map((one) => one.frame)).toEqual(['[4]', '[3]', '[2]', '[1]', '[0]'])
  expect(rest.next).toBeNull()
  expect((await frames('action=Heartbeat')).items).toMatchObject([{ messageId: 'm4', direction: 'in', messageType: 2 }])
  expect((await frames('direction=out')).items).toHaveLength(2)
  expect((await get('/api/v1/stations/CP1/messages?direction=up')).status).toBe(400)
  expect((await get('/api/v1/stations/CP1/messages?limit=501')).status).toBe(400)
})

test('a command reaches the station in our own words and the answer is the station’s own', async () => {
  const { send, station } = await depotApi()
  station.answer = { outcome: 'answered', accepted: false, status: 'Rejected', response: { status: 'Rejected' } }
  const answer = await send('POST', '/api/v1/stations/CP1/commands', {
    type: 'setChargingProfile',
    evseId: 1,
    profile: {
      id: 1,
      stackLevel: 0,
      purpose: 'txDefault',
      kind: 'absolute',
      schedule: { rateUnit: 'W', startAt: '2026-11-23T22:00:00+02:00', periods: [{ startSeconds: 0, limit: 11_000 }] },
    },
  })
  expect(answer.status).toBe(200)
  expect(await answer.json()).toEqual({
    outcome: 'answered',
    accepted: false,
    status: 'Rejected',
    response: { status: 'Rejected' },
  })
  expect(station.asked).toMatchObject([
    { stationId: 'CP1', command: { type: 'setChargingProfile', profile: { schedule: { startAt: EVENING } } } },
  ])
  expect(Object.keys(station.asked[0]?.command ?? {})).toEqual(['type', 'evseId', 'profile'])
})

test('a CALLERROR is passed on; a station that is away, silent or unable is a problem of its own kind', async () => {
  const { send, station } = await depotApi()
  const ask = () => send('POST', '/api/v1/stations/CP1/call', { action: 'DataTransfer', payload: { vendorId: 'x' } })
  station.answer = { outcome: 'refused', errorCode: 'NotSupported', errorDescription: 'no', errorDetails: {} }
  const refused = await ask()
  expect(refused.status).toBe(200)
  expect(await refused.json()).toMatchObject({ outcome: 'refused', errorCode: 'NotSupported' })
  expect(station.asked[0]?.command).toEqual({ type: 'call', action: 'DataTransfer', payload: { vendorId: 'x' } })

  const cases = [
    [{ outcome: 'offline' }, 409, 'station-offline'],
    [{ outcome: 'timeout' }, 504, 'station-timeout'],
    [{ outcome: 'unsendable', reason: 'no such action in OCPP 1.6' }, 422, 'command-unsendable'],
  ] as const
  for (const [outcome, status, name] of cases) {
    station.answer = outcome
    const answer = await ask()
    expect(answer.status).toBe(status)
    expect(await answer.json()).toMatchObject({ type: `urn:zaryad:problem:${name}`, status })
  }
})

test('a command of no known kind, or without a body, is refused before anything is sent', async () => {
  const { send, app, station } = await depotApi()
  expect((await send('POST', '/api/v1/stations/CP1/commands', { type: 'explode' })).status).toBe(400)
  expect((await send('POST', '/api/v1/stations/CP1/commands', { type: 'reset', kind: 'wild' })).status).toBe(400)
  expect((await send('POST', '/api/v1/stations/CP1/call', { action: 'Reset', payload: [] })).status).toBe(400)
  const headers = { Authorization: 'Bearer a-key-for-tests' }
  expect((await app.request('/api/v1/stations/CP1/commands', { method: 'POST', headers })).status).toBe(400)
  const broken = await app.request('/api/v1/stations/CP1/commands', {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/json' },
    body: '{"type":',
  })
  expect(broken.status).toBe(400)
  expect(await broken.json()).toMatchObject({ type: 'urn:zaryad:problem:invalid-request' })
  expect(station.asked).toEqual([])
})

const nothingKnown = {
  site_id: null,
  node_id: null,
  password_hash: null,
  protocol: null,
  vendor: null,
  model: null,
  serial_number: null,
  firmware_version: null,
  firmware_status: null,
  connection_id: null,
  connected_at: null,
  disconnected_at: null,
  last_message_at: null,
  last_boot_at: null,
  boot_reason: null,
  clock_skew_ms: null,
  first_seen_at: EVENING,
}
