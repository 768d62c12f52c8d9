import { afterEach, beforeEach, expect, test } from 'vitest'
import type { JsonObject } from '../../domain/command.ts'
import { startCentral, type TestCentral } from '../support/central.ts'
import { bootRequest, connectCharger, type Charger } from '../support/charger.ts'
import { enterDepot } from '../support/depot.ts'

let central: TestCentral
let station: Charger

beforeEach(async () => {
  central = await startCentral({ policy: 'known', now: () => new Date('2026-11-23T20:00:00Z') })
  await enterDepot(central.db, { stationIds: ['CP-1'] })
  station = await connectCharger({ wsUrl: central.wsUrl, stationId: 'CP-1', protocol: 'ocpp1.6' })
})
afterEach(() => station.close())
afterEach(() => central.stop())

function tell(status: string, changes: JsonObject = {}): Promise<JsonObject> {
  return station.call('StatusNotification', { connectorId: 1, status, errorCode: 'NoError', ...changes })
}

function evse() {
  return central.db.selectFrom('evse').selectAll().executeTakeFirstOrThrow()
}

function connector() {
  return central.db.selectFrom('connector').selectAll().executeTakeFirstOrThrow()
}

async function events(): Promise<string[]> {
  const rows = await central.db.selectFrom('event').select('type').orderBy('id').execute()
  return rows.map((row) => row.type).filter((type) => type !== 'stationConnected' && type !== 'stationBooted')
}

async function replans(): Promise<number> {
  const row = await central.db.selectFrom('replan_request').select('version').executeTakeFirst()
  return row?.version ?? 0
}

test('plugging in and leaving are each told once, and each asks for a new plan', async () => {
  await tell('Available')
  const before = await replans()
  await tell('Preparing')
  await tell('Charging')
  await tell('SuspendedEV')
  await tell('Finishing')
  expect(await events()).toEqual(['vehiclePlugged'])
  expect(await evse()).toMatchObject({ plugged_in: true })
  await tell('Available')
  expect(await events()).toEqual(['vehiclePlugged', 'vehicleUnplugged'])
  expect(await evse()).toMatchObject({ plugged_in: false, vehicle_id: null, power_w: 0 })
  expect(await replans()).toBe(before + 2)
})

test('a vehicle that a person entered before it was plugged in stays until it leaves', async () => {
  await tell('Available')
  await central.db.updateTable('evse').set({ vehicle_id: 'bus-1', vehicle_source: 'manual' }).execute()
  await tell('Available')
  expect(await evse()).toMatchObject({ vehicle_id: 'bus-1' })
  await tell('Charging')
  expect(await evse()).toMatchObject({ vehicle_id: 'bus-1', vehicle_source: 'manual', plugged_in: true })
  await tell('Available')
  expect(await evse()).toMatchObject({ vehicle_id: null, plugged_in: false })
})

test('a fault is kept with its code and told once; so is its end', async () => {
  await tell('Available')
  const fault = { errorCode: 'GroundFailure', vendorErrorCode: 'E42', info: 'isolation' }
  await tell('Faulted', fault)
  await tell('Faulted', fault)
  expect(await connector()).toMatchObject({
    status: 'faulted',
    error_code: 'GroundFailure',
    error_info: 'E42: isolation',
  })
  await tell('Available')
  expect(await connector()).toMatchObject({ status: 'available', error_code: null, error_info: null })
  expect(await events()).toEqual(['connectorFaulted', 'connectorRecovered'])
})

test('a fault says nothing of the plug: who stands there still does', async () => {
  await tell('Charging')
  await tell('Faulted', { errorCode: 'OtherError' })
  expect(await evse()).toMatchObject({ plugged_in: true })
})

test('a fault of the station as a whole is told too', async () => {
  await tell('Faulted', { connectorId: 0, errorCode: 'InternalError' })
  await tell('Available', { connectorId: 0 })
  expect(await events()).toEqual(['connectorFaulted', 'connectorRecovered'])
})

test('a report that is older than what is known changes nothing', async () => {
  await tell('Charging', { timestamp: '2026-11-23T19:59:00Z' })
  await tell('Available', { timestamp: '2026-11-23T19:30:00Z' })
  expect(await connector()).toMatchObject({ status: 'charging', status_at: new Date('2026-11-23T19:59:00Z') })
  expect(await evse()).toMatchObject({ plugged_in: true })
})

test('how far the station’s clock is off is kept', async () => {
  await tell('Available', { timestamp: '2026-11-23T22:00:07Z' })
  const row = await central.db.selectFrom('station').select('clock_skew_ms').executeTakeFirstOrThrow()
  expect(row.clock_skew_ms).toBe(2 * 3_600_000 + 7000)
  expect(await connector()).toMatchObject({ status_at: new Date('2026-11-23T20:00:00Z') })
})

test('a boot loses what the station was told; a boot that was asked for does not', async () => {
  await central.db
    .insertInto('desired_state')
    .values({
      station_id: 'CP-1',
      item: 'availability:1',
      wanted: '{"type":"changeAvailability","operative":true}',
      wanted_at: new Date(),
      confirmed_version: 1,
    })
    .execute()
  const confirmed = async () =>
    (await central.db.selectFrom('desired_state').select('confirmed_version').executeTakeFirstOrThrow())
      .confirmed_version
  station.onCall('TriggerMessage', () => ({ status: 'Accepted' }))
  await central.gateway.send('CP-1', { type: 'trigger', message: 'BootNotification' })
  await station.call('BootNotification', bootRequest('ocpp1.6'))
  expect(await confirmed()).toBe(1)
  await station.call('BootNotification', bootRequest('ocpp1.6'))
  expect(await confirmed()).toBeNull()
})
