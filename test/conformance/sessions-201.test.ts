import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JsonObject } from '../../domain/command.ts'
import { startCentral, type TestCentral } from '../support/central.ts'
import { bootRequest, connectCharger, type Charger } from '../support/charger.ts'
import { enterDepot } from '../support/depot.ts'

const NOW = new Date('2026-11-23T20:00:00Z')

let central: TestCentral
let station: Charger

beforeEach(async () => {
  central = await startCentral({ policy: 'known', now: () => NOW })
  await enterDepot(central.db, { stationIds: ['CP-1'], evsesPerStation: 2 })
  station = await connectCharger({ wsUrl: central.wsUrl, stationId: 'CP-1', protocol: 'ocpp2.0.1' })
  await station.call('BootNotification', bootRequest('ocpp2.0.1'))
})
afterEach(() => station.close())
afterEach(() => central.stop())

interface EventChanges {
  info?: JsonObject
  [field: string]: unknown
}

function event(eventType: string, seqNo: number, minute: number, changes: EventChanges = {}): Promise<JsonObject> {
  const { info = {}, ...fields } = changes
  return station.call('TransactionEvent', {
    eventType,
    seqNo,
    timestamp: at(minute),
    triggerReason: 'MeterValuePeriodic',
    transactionInfo: { transactionId: 'tx-1', ...info },
    ...fields,
  })
}

function at(minute: number): string {
  return `2026-11-23T19:${String(minute).padStart(2, '0')}:00Z`
}

function register(minute: number, wh: number, context = 'Sample.Periodic'): JsonObject {
  return { timestamp: at(minute), sampledValue: [{ value: wh, context }] }
}

const bus = { idToken: 'BUS-1', type: 'ISO14443' }
const evse = { id: 1, connectorId: 1 }

function sessions() {
  return central.db.selectFrom('charging_session').selectAll().orderBy('number').execute()
}

function evseRow(evseId = 1) {
  return central.db
    .selectFrom('evse')
    .selectAll()
    .where('station_id', '=', 'CP-1')
    .where('evse_id', '=', evseId)
    .executeTakeFirstOrThrow()
}

test('a card first, then the cable, then energy: one session that learns as it goes', async () => {
  await event('Started', 0, 1, { triggerReason: 'Authorized', idToken: bus })
  expect(await sessions()).toMatchObject([{ evse_id: 0, vehicle_id: 'bus-1' }])
  expect(await evseRow()).toMatchObject({ plugged_in: null, vehicle_id: null })
  await event('Updated', 1, 2, { triggerReason: 'CablePluggedIn', evse, info: { chargingState: 'EVConnected' } })
  expect(await evseRow()).toMatchObject({ plugged_in: true, vehicle_id: 'bus-1', vehicle_source: 'token' })
  await event('Updated', 2, 3, { info: { chargingState: 'Charging' }, meterValue: [register(3, 100)] })
  await event('Updated', 3, 4, { meterValue: [register(4, 900)] })
  expect(await sessions()).toMatchObject([
    { evse_id: 1, connector_id: 1, charging_state: 'Charging', energy_wh: 800, last_seq_no: 3 },
  ])
})

test('the cable first, then the card: the vehicle becomes known with its token', async () => {
  await event('Started', 0, 1, { triggerReason: 'CablePluggedIn', evse, info: { chargingState: 'EVConnected' } })
  expect(await sessions()).toMatchObject([{ id_token: null, vehicle_id: null, authorization: 'accepted' }])
  const answer = await event('Updated', 1, 2, { triggerReason: 'Authorized', evse, idToken: bus })
  expect(answer).toEqual({ idTokenInfo: { status: 'Accepted' } })
  expect(await sessions()).toMatchObject([{ id_token: 'BUS-1', vehicle_id: 'bus-1' }])
  expect(await evseRow()).toMatchObject({ vehicle_id: 'bus-1' })
})

test('an unknown token is told Invalid and its energy is kept all the same', async () => {
  const answer = await event('Started', 0, 1, {
    evse,
    idToken: { idToken: 'NOBODY', type: 'ISO14443' },
    info: { chargingState: 'Charging' },
    meterValue: [register(1, 0, 'Transaction.Begin')],
  })
  expect(answer).toEqual({ idTokenInfo: { status: 'Invalid' } })
  await event('Ended', 1, 5, {
    meterValue: [register(5, 700, 'Transaction.End')],
    info: { stoppedReason: 'DeAuthorized' },
  })
  expect(await sessions()).toMatchObject([{ authorization: 'invalid', energy_wh: 700, stop_reason: 'DeAuthorized' }])
})

test('events that come again, late and out of order change nothing that is newer', async () => {
  await event('Started', 0, 1, { evse, idToken: bus, info: { chargingState: 'EVConnected' } })
  await event('Updated', 2, 3, { info: { chargingState: 'SuspendedEV' }, meterValue: [register(3, 900)] })
  await event('Updated', 1, 2, { offline: true, info: { chargingState: 'Charging' }, meterValue: [register(2, 400)] })
  await event('Started', 0, 1, { evse, idToken: bus, info: { chargingState: 'EVConnected' } })
  expect(await sessions()).toMatchObject([{ charging_state: 'SuspendedEV', meter_last_wh: 900, last_seq_no: 2 }])
  const samples = await central.db.selectFrom('meter_sample').select('register_wh').orderBy('at').execute()
  expect(samples.map((one) => one.register_wh)).toEqual([400, 900])
})

test('an event of a transaction whose start was never told opens the session, and the start completes it', async () => {
  await event('Updated', 3, 10, { evse, info: { chargingState: 'Charging' }, meterValue: [register(10, 5000)] })
  expect(await sessions()).toMatchObject([{ flags: { startUnknown: true }, evse_id: 1 }])
  await event('Started', 0, 1, {
    evse,
    idToken: bus,
    offline: true,
    meterValue: [register(1, 1000, 'Transaction.Begin')],
  })
  expect(await sessions()).toMatchObject([
    { flags: {}, started_at: new Date(at(1)), meter_start_wh: 1000, vehicle_id: 'bus-1' },
  ])
})

test('an end without a start is a session of its own, which the start completes when it comes late', async () => {
  await event('Ended', 5, 30, { meterValue: [register(30, 9000, 'Transaction.End')] })
  expect(await sessions()).toMatchObject([{ orphan: true, energy_wh: null, meter_stop_wh: 9000 }])
  await event('Started', 0, 1, {
    evse,
    idToken: bus,
    offline: true,
    meterValue: [register(1, 1000, 'Transaction.Begin')],
  })
  expect(await sessions()).toMatchObject([
    { orphan: false, energy_wh: 8000, started_at: new Date(at(1)), vehicle_id: 'bus-1', evse_id: 1 },
  ])
  expect(await evseRow()).toMatchObject({ plugged_in: null })
})

test('an end that is sent again changes nothing', async () => {
  await event('Started', 0, 1, { evse, idToken: bus, meterValue: [register(1, 0)] })
  await event('Ended', 1, 5, { meterValue: [register(5, 700)] })
  await event('Ended', 1, 6, { meterValue: [register(6, 9999)] })
  expect(await sessions()).toMatchObject([{ energy_wh: 700, ended_at: new Date(at(5)) }])
})

test('samples outside transactions belong to the session at their EVSE', async () => {
  await event('Started', 0, 1, { evse, idToken: bus, info: { chargingState: 'Charging' } })
  await station.call('MeterValues', {
    evseId: 1,
    meterValue: [{ timestamp: at(15), sampledValue: [{ value: 33, measurand: 'SoC' }] }],
  })
  expect(await sessions()).toMatchObject([{ soc_percent: 33, soc_start_percent: 33 }])
})

test('a report of the device model is kept by name, with what it says of charging profiles', async () => {
  const variable = (component: object, name: object, value: string, mutability = 'ReadOnly') => ({
    component,
    variable: name,
    variableAttribute: [{ type: 'Actual', value, mutability }],
  })
  await station.call('NotifyReport', {
    requestId: 1,
    generatedAt: at(1),
    seqNo: 0,
    reportData: [
      variable({ name: 'EVSE', evse: { id: 1 } }, { name: 'Power' }, '150000'),
      variable({ name: 'Connector', evse: { id: 1, connectorId: 2 } }, { name: 'Available' }, 'true'),
      variable({ name: 'SmartChargingCtrlr' }, { name: 'RateUnit' }, 'A,W'),
      variable({ name: 'SmartChargingCtrlr' }, { name: 'Entries', instance: 'ChargingProfiles' }, '12'),
      variable({ name: 'SecurityCtrlr' }, { name: 'BasicAuthPassword' }, 'geheim', 'WriteOnly'),
    ],
  })
  const rows = await central.db.selectFrom('device_variable').select(['name', 'value']).orderBy('name').execute()
  expect(rows).toEqual([
    { name: 'Connector#1/2.Available', value: 'true' },
    { name: 'EVSE#1.Power', value: '150000' },
    { name: 'SmartChargingCtrlr.Entries[ChargingProfiles]', value: '12' },
    { name: 'SmartChargingCtrlr.RateUnit', value: 'A,W' },
  ])
  const { capabilities } = await central.db.selectFrom('station').select('capabilities').executeTakeFirstOrThrow()
  expect(capabilities).toEqual({ rateUnits: ['W', 'A'], maxProfiles: 12 })
})
