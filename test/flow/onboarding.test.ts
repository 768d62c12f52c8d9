import { expect, test } from 'vitest'
import { noteConnectionAttempts, type CountedAttempt } from '../../db/connection-attempts.ts'
import { storeDeviceVariables } from '../../db/device-variables.ts'
import { wantState } from '../../db/desired-state.ts'
import { noteProfileHeld, noteProfileReadback, noteProfileSent } from '../../db/held-profiles.ts'
import { insertFrames } from '../../db/message-log.ts'
import { openReplanRequests } from '../../db/replan-requests.ts'
import type { ChargingProfile } from '../../domain/charging-profile.ts'
import * as chargers from '../../fleet-api/schemas/chargers.ts'
import { listOf } from '../../fleet-api/schemas/common.ts'
import * as depot from '../../fleet-api/schemas/depot.ts'
import { message } from '../../fleet-api/schemas/records.ts'
import { body, depotApi, EVENING } from './api-depot.ts'

const attempt = (change: Partial<CountedAttempt>): CountedAttempt => ({
  stationId: 'CP-7',
  address: '10.0.0.7',
  outcome: 'passwordWrong',
  path: '/ocpp/CP-7',
  protocols: ['ocpp1.6'],
  tries: 1,
  firstAt: EVENING,
  lastAt: EVENING,
  ...change,
})

test('the same try again is one item with a count, and each station’s can be asked for', async () => {
  const { db, get } = await depotApi()
  const later = new Date(EVENING.getTime() + 60_000)
  await noteConnectionAttempts(db, [
    attempt({ tries: 3 }),
    attempt({ stationId: null, outcome: 'wrongPath', path: '/' }),
  ])
  await noteConnectionAttempts(db, [attempt({ lastAt: later, protocols: ['ocpp2.0.1', 'ocpp1.6'] })])
  const { items } = await body(get('/api/v1/connection-attempts?stationId=CP-7'), listOf(chargers.connectionAttempt))
  expect(items).toEqual([
    {
      stationId: 'CP-7',
      address: '10.0.0.7',
      outcome: 'passwordWrong',
      path: '/ocpp/CP-7',
      protocols: ['ocpp2.0.1', 'ocpp1.6'],
      tries: 4,
      firstAt: EVENING.toISOString(),
      lastAt: later.toISOString(),
    },
  ])
  const all = await body(get('/api/v1/connection-attempts'), listOf(chargers.connectionAttempt))
  expect(all.items.map((one) => one.outcome)).toEqual(['passwordWrong', 'wrongPath'])
})

test('a scanner that tries ten thousand ids keeps no more than its twenty newest, and does not push out another’s', async () => {
  const { db, get } = await depotApi()
  await noteConnectionAttempts(db, [attempt({ address: '10.0.0.8' })])
  for (let round = 0; round < 6; round += 1)
    await noteConnectionAttempts(
      db,
      Array.from({ length: 50 }, (_, i) =>
        attempt({ stationId: `scan-${round}-${i}`, lastAt: new Date(EVENING.getTime() + (round * 50 + i) * 1000) }),
      ),
    )
  const { items } = await body(get('/api/v1/connection-attempts'), listOf(chargers.connectionAttempt))
  expect(items.filter((one) => one.address === '10.0.0.7')).toHaveLength(20)
  expect(items[0]?.stationId).toBe('scan-5-49')
  expect(items.filter((one) => one.address === '10.0.0.8')).toHaveLength(1)
})

test('a station can be entered before it connects, once, waiting for approval and with a password of which nothing is told', async () => {
  const { db, send } = await depotApi()
  const entry = { stationId: 'CP-7', label: 'Charger 7', password: 'h7Kq-29xT-pLm4-Zs81' }
  const answer = await send('POST', '/api/v1/stations', entry)
  expect(answer.status).toBe(201)
  const told = depot.station.parse(await answer.json())
  expect(told).toMatchObject({ stationId: 'CP-7', label: 'Charger 7', registration: 'pending', hasPassword: true })
  // There is one site only.
  expect(told.siteId).toBe('depot')
  expect((await send('POST', '/api/v1/stations', entry)).status).toBe(409)
  expect((await send('POST', '/api/v1/stations', { stationId: 'with space' })).status).toBe(400)
  expect((await send('POST', '/api/v1/stations', { stationId: 'CP-8', password: 'short' })).status).toBe(400)
  const audit = await db.selectFrom('audit_log').selectAll().where('subject_id', '=', 'CP-7').execute()
  expect(JSON.stringify(audit)).not.toContain('h7Kq')
  expect(JSON.stringify(audit)).not.toContain('pbkdf2')
})

test('a password is set and taken away again', async () => {
  const { send } = await depotApi()
  const set = await body(
    send('PUT', '/api/v1/stations/CP1/password', { password: 'h7Kq-29xT-pLm4-Zs81' }),
    depot.station,
  )
  expect(set.hasPassword).toBe(true)
  const gone = await body(send('PUT', '/api/v1/stations/CP1/password', { password: null }), depot.station)
  expect(gone.hasPassword).toBe(false)
  expect((await send('PUT', '/api/v1/stations/CP9/password', { password: null })).status).toBe(404)
})

test('what an EVSE can give and which bay it serves is said by hand, and the site is planned anew', async () => {
  const { db, get, send } = await depotApi()
  await send('POST', '/api/v1/stations', { stationId: 'CP-7' })
  const change = { maxPowerW: 120_000, minPowerW: 5_000, currentType: 'DC', nodeId: 'feeder-1', bayId: 'A1' }
  const station = await body(send('PATCH', '/api/v1/stations/CP-7/evses/1', change), depot.station)
  expect(station.evses).toMatchObject([{ evseId: 1, maxPowerW: 120_000, minPowerW: 5_000, nodeId: 'feeder-1' }])
  const site = await body(get('/api/v1/sites/depot'), depot.site)
  expect(site.bays.find((bay) => bay.bayId === 'A1')).toMatchObject({ stationId: 'CP-7', evseId: 1 })
  expect((await openReplanRequests(db)).map((one) => one.causes)).toContainEqual([
    { kind: 'evseChanged', stationId: 'CP-7', evseId: 1 },
  ])
  for (const wrong of [{ nodeId: 'nowhere' }, { bayId: 'Z9' }, { minPowerW: 200_000 }])
    expect((await send('PATCH', '/api/v1/stations/CP-7/evses/1', wrong)).status).toBe(409)
  await send('PATCH', '/api/v1/stations/CP-7/evses/1', { bayId: null })
  const after = await body(get('/api/v1/sites/depot'), depot.site)
  expect(after.bays.find((bay) => bay.bayId === 'A1')).toMatchObject({ stationId: null, evseId: null })
})

test('what is wanted of a charger stands beside what it holds and what it said when it was read back', async () => {
  const { db, get } = await depotApi()
  const profile: ChargingProfile = {
    id: 11,
    stackLevel: 1,
    purpose: 'tx',
    kind: 'absolute',
    transactionId: 'tx-1',
    schedule: {
      rateUnit: 'W',
      startAt: EVENING,
      durationSeconds: 3600,
      periods: [{ startSeconds: 0, limit: 60_000 }],
    },
  }
  const item = 'txProfile:1'
  await wantState(db, {
    stationId: 'CP1',
    item,
    wanted: { type: 'setChargingProfile', evseId: 1, profile },
    at: EVENING,
  })
  await noteProfileSent(db, { stationId: 'CP1', evseId: 1, item, version: 1, profile, lapsesAt: null, at: EVENING })
  const before = await body(get('/api/v1/stations/CP1/profiles'), chargers.stationProfiles)
  expect(before.wanted).toMatchObject([{ item, version: 1, confirmed: false, evseId: 1, profile: { id: 11 } }])
  expect(before.held).toMatchObject([{ item, version: 1, confirmedAt: null }])
  await noteProfileHeld(db, { stationId: 'CP1', item, version: 1, at: EVENING })
  await noteProfileReadback(db, { stationId: 'CP1', item, version: 1, readback: 'as wanted', at: EVENING })
  const after = await body(get('/api/v1/stations/CP1/profiles'), chargers.stationProfiles)
  expect(after.held).toMatchObject([{ confirmedAt: EVENING.toISOString(), readback: 'as wanted' }])
  expect((await get('/api/v1/stations/CP9/profiles')).status).toBe(404)
})

test('the log is searched by a word of the frames, by errors and by time', async () => {
  const { db, get } = await depotApi()
  const frame = (minutes: number, change: object) => ({
    at: new Date(EVENING.getTime() + minutes * 60_000),
    stationId: 'CP1',
    direction: 'in' as const,
    messageType: 2,
    messageId: 'm',
    action: 'StopTransaction',
    errorCode: null,
    frame: '[2,"m","StopTransaction",{"reason":"EVDisconnected","meterStop":100}]',
    ...change,
  })
  await insertFrames(db, [
    frame(-60 * 24 * 10, {}),
    frame(-5, {}),
    frame(-4, { action: 'Heartbeat', frame: '[2,"m","Heartbeat",{}]' }),
    frame(-3, { messageType: 4, errorCode: 'NotSupported', frame: '[4,"m","NotSupported","",{}]' }),
  ])
  const found = async (query: string) =>
    (await body(get(`/api/v1/stations/CP1/messages?${query}`), listOf(message))).items.map((one) => one.action)
  expect(await found('text=evdisconnected')).toEqual(['StopTransaction'])
  expect(await found('text=evdisconnected&from=2026-11-01T00:00:00Z')).toHaveLength(2)
  expect(await found('text=100%25')).toEqual([])
  expect((await body(get('/api/v1/stations/CP1/messages?errors=true'), listOf(message))).items).toMatchObject([
    { errorCode: 'NotSupported' },
  ])
  expect(await found('to=2026-11-20T00:00:00Z')).toHaveLength(1)
})

test('a charger’s configuration is listed by name, without its password', async () => {
  const { db, get } = await depotApi()
  const variables = [
    { name: 'MeterValueSampleInterval', value: '30', readonly: false },
    { name: 'AuthorizationKey', value: 'secret', readonly: false },
    { name: 'ChargeProfileMaxStackLevel', value: '9', readonly: true },
  ]
  await storeDeviceVariables(db, 'CP1', variables, EVENING)
  const { items } = await body(get('/api/v1/stations/CP1/variables'), listOf(chargers.deviceVariable))
  expect(items.map((one) => [one.name, one.value, one.readonly])).toEqual([
    ['ChargeProfileMaxStackLevel', '9', true],
    ['MeterValueSampleInterval', '30', false],
  ])
})
