import { afterAll, afterEach, beforeEach, expect, test } from 'vitest'
import { socReadings } from '../../db/views/soc-readings.ts'
import type { JsonObject } from '../../domain/command.ts'
import { startCentral, type TestCentral } from '../support/central.ts'
import { bootRequest, connectCharger, type Charger } from '../support/charger.ts'
import { enterDepot } from '../support/depot.ts'

const NOW = new Date('2026-11-23T20:00:00Z')

let central: TestCentral
let station: Charger

beforeEach(async () => {
  central = await startCentral({ policy: 'known', now: () => NOW })
  await enterDepot(central.db, { stationIds: ['CP-1', 'CP-2'], evsesPerStation: 2 })
  station = await connectCharger({ wsUrl: central.wsUrl, stationId: 'CP-1', protocol: 'ocpp1.6' })
  await station.call('BootNotification', bootRequest('ocpp1.6'))
})
afterEach(() => station.close())
afterEach(() => central.stop())
afterAll(() => undefined)

const startRequest = { connectorId: 1, idTag: 'BUS-1', meterStart: 1000, timestamp: '2026-11-23T19:00:00Z' }

async function start(changes: JsonObject = {}): Promise<number> {
  const { transactionId } = await station.call('StartTransaction', { ...startRequest, ...changes })
  return Number(transactionId)
}

function stop(transactionId: number, meterStop: number, changes: JsonObject = {}): Promise<JsonObject> {
  return station.call('StopTransaction', { transactionId, meterStop, timestamp: '2026-11-23T19:50:00Z', ...changes })
}

function values(changes: JsonObject, timestamp: string, registerWh: number, socPercent?: number): Promise<JsonObject> {
  const soc = socPercent === undefined ? [] : [{ value: String(socPercent), measurand: 'SoC' }]
  return station.call('MeterValues', {
    connectorId: 1,
    ...changes,
    meterValue: [{ timestamp, sampledValue: [{ value: String(registerWh) }, ...soc] }],
  })
}

function sessions() {
  return central.db.selectFrom('charging_session').selectAll().orderBy('number').execute()
}

function evse(stationId = 'CP-1', evseId = 1) {
  return central.db
    .selectFrom('evse')
    .selectAll()
    .where('station_id', '=', stationId)
    .where('evse_id', '=', evseId)
    .executeTakeFirstOrThrow()
}

async function eventTypes(): Promise<string[]> {
  const rows = await central.db.selectFrom('event').select('type').orderBy('id').execute()
  return rows.map((row) => row.type)
}

function samples() {
  return central.db.selectFrom('meter_sample').selectAll().orderBy('at').execute()
}

test('a start that is sent again, even over a new connection, opens one session and gets the same number', async () => {
  const first = await start()
  await station.close()
  station = await connectCharger({ wsUrl: central.wsUrl, stationId: 'CP-1', protocol: 'ocpp1.6' })
  expect(await start()).toBe(first)
  expect(await sessions()).toHaveLength(1)
  expect(await start({ timestamp: '2026-11-23T19:10:00Z' })).not.toBe(first)
})

test('a message with the same id gets the same answer and changes nothing', async () => {
  const answer = await station.call('StartTransaction', startRequest, 'same-id')
  expect(await station.call('StartTransaction', startRequest, 'same-id')).toEqual(answer)
  expect(await station.call('Heartbeat', {}, 'same-id')).toHaveProperty('currentTime')
  expect(await sessions()).toHaveLength(1)
})

test('a start with an unknown, a blocked or an expired token is kept and told so', async () => {
  await central.db
    .insertInto('token')
    .values([
      { value: 'STOLEN', label: null, vehicle_id: null, blocked: true, expires_at: null },
      { value: 'OLD', label: null, vehicle_id: null, expires_at: new Date('2026-01-01T00:00:00Z') },
    ])
    .execute()
  for (const [idTag, status] of [
    ['NOBODY', 'Invalid'],
    ['STOLEN', 'Blocked'],
    ['OLD', 'Expired'],
    ['bus-1', 'Accepted'],
  ]) {
    const answer = await station.call('StartTransaction', { ...startRequest, idTag })
    expect(answer['idTagInfo']).toEqual({ status })
  }
  expect((await sessions()).map((one) => one.authorization)).toEqual(['invalid', 'blocked', 'expired', 'accepted'])
})

test('a token tells which vehicle is plugged in, asks for a new plan, and contradicts what a person entered', async () => {
  await central.db
    .updateTable('evse')
    .set({ vehicle_id: 'bus-2', vehicle_source: 'manual', plugged_in: true })
    .where('station_id', '=', 'CP-1')
    .where('evse_id', '=', 1)
    .execute()
  await start({ idTag: 'NOBODY' })
  expect(await evse()).toMatchObject({ vehicle_id: 'bus-2', vehicle_source: 'manual' })
  expect((await sessions())[0]).toMatchObject({ vehicle_id: 'bus-2' })
  await start({ timestamp: '2026-11-23T19:30:00Z' })
  expect(await evse()).toMatchObject({ vehicle_id: 'bus-1', vehicle_source: 'token', plugged_in: true })
  expect(await eventTypes()).toContain('vehiclePlugged')
  const request = await central.db.selectFrom('replan_request').selectAll().executeTakeFirstOrThrow()
  expect(request.site_id).toBe('depot')
})

test('a vehicle that starts elsewhere has left where it stood before', async () => {
  await start()
  await start({ connectorId: 2, timestamp: '2026-11-23T19:30:00Z' })
  expect(await evse('CP-1', 1)).toMatchObject({ vehicle_id: null })
  expect(await evse('CP-1', 2)).toMatchObject({ vehicle_id: 'bus-1' })
})

test('a start on an EVSE whose session never stopped closes that session; its stop, when it comes late, still counts', async () => {
  const first = await start()
  await values({ transactionId: first }, '2026-11-23T19:05:00Z', 3000)
  await start({ meterStart: 5000, timestamp: '2026-11-23T19:30:00Z' })
  expect((await sessions())[0]).toMatchObject({
    ended_at: new Date('2026-11-23T19:05:00Z'),
    energy_wh: 2000,
    stop_reason: 'Superseded',
  })
  await stop(first, 4800, { timestamp: '2026-11-23T19:20:00Z', reason: 'PowerLoss' })
  expect((await sessions())[0]).toMatchObject({
    ended_at: new Date('2026-11-23T19:20:00Z'),
    energy_wh: 3800,
    stop_reason: 'PowerLoss',
    flags: {},
  })
})

test('a stop of an unknown transaction is kept as a session of its own and answered', async () => {
  expect(await stop(4711, 8000)).toEqual({})
  expect(await stop(4711, 8000)).toEqual({})
  expect(await sessions()).toMatchObject([
    { orphan: true, transaction_id: '4711', meter_stop_wh: 8000, energy_wh: null },
  ])
})

test('a second stop with other values is answered and changes nothing', async () => {
  const number = await start()
  await stop(number, 3000, { idTag: 'BUS-1' })
  expect(await stop(number, 9000, { idTag: 'BUS-1', timestamp: '2026-11-23T19:55:00Z' })).toEqual({
    idTagInfo: { status: 'Accepted' },
  })
  expect(await sessions()).toMatchObject([{ energy_wh: 2000, meter_stop_wh: 3000 }])
})

test.each([0, -1])('a stop with transaction id %i means the session that is open', async (transactionId) => {
  await start({ idTag: 'BUS-2', connectorId: 2 })
  await start()
  await stop(transactionId, 3000, { idTag: 'BUS-2' })
  expect(await sessions()).toMatchObject([{ ended_at: expect.any(Date), energy_wh: 2000 }, { ended_at: null }])
})

test('a stop before its start, and one without a register, are kept', async () => {
  const number = await start()
  await values({ transactionId: number }, '2026-11-23T19:05:00Z', 3000)
  await station.call('StopTransaction', { transactionId: number, timestamp: '2026-11-23T18:00:00Z' })
  expect((await sessions())[0]).toMatchObject({
    ended_at: new Date('2026-11-23T19:00:00Z'),
    meter_stop_wh: null,
    energy_wh: 2000,
    flags: { stopBeforeStart: true },
  })
})

test('meter values with transaction id 0, or none, belong to the session at their connector and time', async () => {
  const number = await start()
  await values({ transactionId: 0 }, '2026-11-23T19:05:00Z', 2000)
  await values({}, '2026-11-23T19:06:00Z', 2500)
  await values({}, '2026-11-23T18:00:00Z', 900)
  expect((await samples()).map((one) => one.session_number)).toEqual([null, number, number])
  expect((await sessions())[0]).toMatchObject({ energy_wh: 1500 })
})

test('meter values of connector 0 are the station’s main meter', async () => {
  await start()
  await values({ connectorId: 0 }, '2026-11-23T19:05:00Z', 900_000)
  expect(await samples()).toMatchObject([{ evse_id: 0, session_number: null, register_wh: 900_000 }])
  expect((await sessions())[0]).toMatchObject({ energy_wh: 0 })
})

test('samples that come after the stop belong to the session and do not bring it to life again', async () => {
  const number = await start()
  await values({ transactionId: number }, '2026-11-23T19:05:00Z', 2000, 40)
  await stop(number, 3000)
  await values({ transactionId: number }, '2026-11-23T19:52:00Z', 3500, 44)
  expect(await samples()).toMatchObject([{ session_number: number }, { session_number: number, soc_percent: 44 }])
  expect((await sessions())[0]).toMatchObject({
    energy_wh: 2000,
    power_w: 0,
    ended_at: new Date('2026-11-23T19:50:00Z'),
  })
  expect(await evse()).toMatchObject({ power_w: 0 })
})

test('samples with the stop are kept, and the last state of charge stands when the stop is answered', async () => {
  const number = await start()
  await stop(number, 6000, {
    transactionData: [
      {
        timestamp: '2026-11-23T19:00:00Z',
        sampledValue: [{ value: '20', measurand: 'SoC', context: 'Transaction.Begin' }],
      },
      {
        timestamp: '2026-11-23T19:50:00Z',
        sampledValue: [{ value: '60', measurand: 'SoC', context: 'Transaction.End' }],
      },
    ],
  })
  expect((await sessions())[0]).toMatchObject({ soc_percent: 60, energy_wh: 5000 })
  expect(await samples()).toHaveLength(2)
  const vehicle = await central.db.selectFrom('vehicle').selectAll().where('id', '=', 'bus-1').executeTakeFirstOrThrow()
  expect(vehicle).toMatchObject({ soc_percent: 60, soc_at: new Date('2026-11-23T19:50:00Z'), soc_source: 'ocpp' })
})

test('a sample that is sent again is there once, and an old one changes no last value', async () => {
  const number = await start()
  await values({ transactionId: number }, '2026-11-23T19:05:00Z', 2000, 40)
  await values({ transactionId: number }, '2026-11-23T19:05:00Z', 2000, 40)
  await values({ transactionId: number }, '2026-11-23T19:04:00Z', 1900, 39)
  expect(await samples()).toHaveLength(2)
  expect((await sessions())[0]).toMatchObject({ energy_wh: 1000, soc_percent: 40, meter_last_wh: 2000 })
})

test('a register that restarts at zero during the session goes on counting', async () => {
  const number = await start()
  await values({ transactionId: number }, '2026-11-23T19:05:00Z', 3000)
  await values({ transactionId: number }, '2026-11-23T19:06:00Z', 200)
  await stop(number, 700)
  expect((await sessions())[0]).toMatchObject({ energy_wh: 2700 })
})

test('mean power is worked out for a station that reports energy only', async () => {
  const number = await start()
  await values({ transactionId: number }, '2026-11-23T19:05:00Z', 2000)
  await values({ transactionId: number }, '2026-11-23T19:06:00Z', 3000)
  expect(await evse()).toMatchObject({ power_w: 60_000, power_at: new Date('2026-11-23T19:06:00Z') })
  expect((await samples()).map((one) => one.power_w)).toEqual([null, null])
})

test('times of 1970 and of the future are flagged and replaced by the time of receipt', async () => {
  const number = await start({ timestamp: '1970-01-01T00:01:00Z' })
  await values({ transactionId: number }, '2026-11-23T22:00:00Z', 2000)
  expect((await sessions())[0]).toMatchObject({
    started_at: NOW,
    flags: { startClock: 'clockUnset', stationStartedAt: '1970-01-01T00:01:00.000Z' },
  })
  expect((await samples())[0]).toMatchObject({ at: NOW, station_at: new Date('2026-11-23T22:00:00Z') })
  const row = await central.db.selectFrom('station').select('quirks').where('id', '=', 'CP-1').executeTakeFirstOrThrow()
  expect(row.quirks).toEqual({ clockUnset: 1, clockAhead: 1 })
})

test('an energy that does not fit a transaction of a bus is still stored: the message is answered, not refused', async () => {
  const number = await start()
  const answer = await values({ transactionId: number }, '2026-11-23T19:05:00Z', 1e15)
  expect(answer).toEqual({})
})

test('every state of charge of a burst is in the history of its vehicle, not only the newest', async () => {
  const transactionId = await start()
  const at = (minute: number) => `2026-11-23T19:${minute}:00.000Z`
  await station.call('MeterValues', {
    connectorId: 1,
    transactionId,
    meterValue: [10, 20, 30].map((minute) => ({
      timestamp: at(minute),
      sampledValue: [{ value: String(40 + minute / 10), measurand: 'SoC' }],
    })),
  })
  await central.journal.flush()
  const from = new Date('2026-11-23T19:00:00Z')
  const history = await socReadings(central.db, { vehicleId: 'bus-1', from, limit: 10 })
  expect(history.map((one) => [one.at.toISOString(), one.socPercent])).toEqual([
    [at(10), 41],
    [at(20), 42],
    [at(30), 43],
  ])
  const rest = { vehicleId: 'bus-1', from, after: new Date(at(10)), to: new Date(at(30)), limit: 10 }
  expect(await socReadings(central.db, rest)).toEqual([{ at: new Date(at(20)), socPercent: 42, source: 'ocpp' }])
})

function tellStatus(status: string, timestamp: string): Promise<JsonObject> {
  return station.call('StatusNotification', { connectorId: 1, status, errorCode: 'NoError', timestamp })
}

test('a connector that is free ends the session that was still open there, and a later stop says how it really ended', async () => {
  const transactionId = await start()
  await values({ transactionId }, '2026-11-23T19:30:00Z', 9000)
  await central.journal.flush()
  await tellStatus('Available', '2026-11-23T19:40:00Z')
  expect((await sessions())[0]).toMatchObject({
    ended_at: new Date('2026-11-23T19:30:00Z'),
    stop_reason: 'ConnectorAvailable',
    energy_wh: 8000,
    power_w: 0,
    flags: { presumedEnd: true },
  })
  await stop(transactionId, 9500, { timestamp: '2026-11-23T19:35:00Z', reason: 'EVDisconnected' })
  const [session] = await sessions()
  expect(session).toMatchObject({
    ended_at: new Date('2026-11-23T19:35:00Z'),
    stop_reason: 'EVDisconnected',
    energy_wh: 8500,
  })
  expect(session?.flags).not.toHaveProperty('presumedEnd')
  expect((await eventTypes()).filter((type) => type === 'sessionEnded')).toHaveLength(1)
})

test('what a station has stored of a session that was presumed over still counts, even over a new connection', async () => {
  const transactionId = await start()
  await tellStatus('Available', '2026-11-23T19:45:00Z')
  await values({ transactionId }, '2026-11-23T19:10:00Z', 5000)
  await values({ transactionId }, '2026-11-23T19:20:00Z', 9000)
  await station.close()
  station = await connectCharger({ wsUrl: central.wsUrl, stationId: 'CP-1', protocol: 'ocpp1.6' })
  await central.journal.flush()
  expect((await sessions())[0]).toMatchObject({ energy_wh: 8000, power_w: 0 })
  await stop(transactionId, 10_000, { timestamp: '2026-11-23T19:40:00Z' })
  expect((await sessions())[0]).toMatchObject({ energy_wh: 9000, ended_at: new Date('2026-11-23T19:40:00Z') })
})

test('samples of the idle meter after that belong to no session', async () => {
  await start()
  await tellStatus('Available', '2026-11-23T19:40:00Z')
  await values({}, '2026-11-23T19:45:00Z', 9000)
  expect((await samples()).map((sample) => sample.session_number)).toEqual([null])
})

test('a status older than the session does not end it', async () => {
  await start()
  await tellStatus('Available', '2026-11-23T18:59:00Z')
  expect((await sessions())[0]?.ended_at).toBeNull()
})

test('a charge that is told after its connector is free again leaves nobody at the plug', async () => {
  await tellStatus('Available', '2026-11-23T19:55:00Z')
  const transactionId = await start()
  expect((await sessions())[0]).toMatchObject({ vehicle_id: 'bus-1', ended_at: null })
  expect(await evse()).toMatchObject({ plugged_in: false, vehicle_id: null })
  await stop(transactionId, 9000)
  expect((await sessions())[0]).toMatchObject({ vehicle_id: 'bus-1', energy_wh: 8000 })
  expect(await evse()).toMatchObject({ plugged_in: false, vehicle_id: null, power_w: 0 })
  expect(await eventTypes()).not.toContain('vehiclePlugged')
})

test('a charge that begins after its connector was last known free stands at the plug', async () => {
  await tellStatus('Available', '2026-11-23T18:55:00Z')
  await start()
  expect(await evse()).toMatchObject({ plugged_in: true, vehicle_id: 'bus-1' })
})
