import { afterEach, expect, test } from 'vitest'
import { setStationRegistration } from '../../db/stations.ts'
import { startCentral, type TestCentral, type TestCentralOptions } from '../support/central.ts'
import { bootRequest, connectCharger, type Charger } from '../support/charger.ts'
import { enterDepot } from '../support/depot.ts'

let central: TestCentral
let station: Charger

async function connectTo(options: TestCentralOptions, stationId: string): Promise<void> {
  central = await startCentral(options)
  await enterDepot(central.db, { stationIds: ['CP-1'] })
  station = await connectCharger({ wsUrl: central.wsUrl, stationId, protocol: 'ocpp1.6' })
}
afterEach(async () => {
  await station.close()
  await central.stop()
})

const status = { connectorId: 1, status: 'Available', errorCode: 'NoError' }

test('an unknown station is answered Pending, may do nothing else, and goes on once it is approved', async () => {
  await connectTo({ policy: 'pending' }, 'CP-NEW')
  expect(await station.ask('Heartbeat', {})).toMatchObject({ error: 'SecurityError' })
  const boot = await station.call('BootNotification', bootRequest('ocpp1.6'))
  expect(boot['status']).toBe('Pending')
  expect(boot['interval']).toBeGreaterThanOrEqual(48)
  expect(boot['interval']).toBeLessThanOrEqual(72)
  expect(await station.ask('StatusNotification', status)).toMatchObject({ error: 'SecurityError' })
  const start = { connectorId: 1, idTag: 'BUS-1', meterStart: 0, timestamp: new Date().toISOString() }
  expect(await station.ask('StartTransaction', start)).toMatchObject({ error: 'SecurityError' })
  expect(await stationRow('CP-NEW')).toMatchObject({ registration: 'pending', connected: true, vendor: 'Test works' })
  expect(await central.db.selectFrom('evse').selectAll().where('station_id', '=', 'CP-NEW').execute()).toEqual([])

  await setStationRegistration(central.db, 'CP-NEW', 'accepted')
  expect(await station.call('StartTransaction', start)).toHaveProperty('transactionId')
  expect(await station.call('BootNotification', bootRequest('ocpp1.6'))).toMatchObject({ status: 'Accepted' })
})

test('a pending station may send what it was asked for', async () => {
  await connectTo({ policy: 'pending' }, 'CP-NEW')
  await station.call('BootNotification', bootRequest('ocpp1.6'))
  station.onCall('TriggerMessage', () => ({ status: 'Accepted' }))
  await central.gateway.send('CP-NEW', { type: 'trigger', message: 'StatusNotification' })
  expect(await station.call('StatusNotification', status)).toEqual({})
  expect(await station.ask('Heartbeat', {})).toMatchObject({ error: 'SecurityError' })
})

test('a rejected station is told so', async () => {
  await connectTo({ policy: 'pending' }, 'CP-1')
  await setStationRegistration(central.db, 'CP-1', 'rejected')
  expect(await station.call('BootNotification', bootRequest('ocpp1.6'))).toMatchObject({ status: 'Rejected' })
  expect(await station.ask('Heartbeat', {})).toMatchObject({ error: 'SecurityError' })
})

test('with the policy open an unknown station enters itself, its EVSEs as it tells of them, and its tokens are believed', async () => {
  await connectTo({ policy: 'open' }, 'CP-OPEN')
  expect(await station.call('BootNotification', bootRequest('ocpp1.6'))).toMatchObject({ status: 'Accepted' })
  await station.call('StatusNotification', { ...status, connectorId: 2 })
  expect(await station.call('Authorize', { idTag: 'ANYBODY' })).toEqual({ idTagInfo: { status: 'Accepted' } })
  expect(await stationRow('CP-OPEN')).toMatchObject({ registration: 'accepted', site_id: 'depot', node_id: 'grid' })
  const connectors = await central.db
    .selectFrom('connector')
    .select(['evse_id', 'connector_id', 'status'])
    .where('station_id', '=', 'CP-OPEN')
    .execute()
  expect(connectors).toEqual([{ evse_id: 2, connector_id: 1, status: 'available' }])
})

test('a station that never introduced itself is believed and asked to', async () => {
  await connectTo({ policy: 'known' }, 'CP-1')
  const asked = new Promise((resolve) =>
    station.onCall('TriggerMessage', (payload) => {
      resolve(payload)
      return { status: 'Accepted' }
    }),
  )
  expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
  expect(await asked).toEqual({ requestedMessage: 'BootNotification' })
})

test('a BootNotification without what it must hold is refused and harms nothing', async () => {
  await connectTo({ policy: 'pending' }, 'CP-1')
  expect(await station.ask('BootNotification', {})).toMatchObject({ error: 'OccurenceConstraintViolation' })
  expect(await station.call('BootNotification', bootRequest('ocpp1.6'))).toMatchObject({ status: 'Accepted' })
})

test('after a boot the station is asked what it can do with charging profiles', async () => {
  await connectTo({ policy: 'known' }, 'CP-1')
  station.onCall('GetConfiguration', () => ({
    configurationKey: [
      { key: 'ChargingScheduleAllowedChargingRateUnit', readonly: true, value: 'Current, Power' },
      { key: 'ChargingScheduleMaxPeriods', readonly: true, value: '24' },
      { key: 'MaxChargingProfilesInstalled', readonly: 'true', value: 10 },
      { key: 'ChargeProfileMaxStackLevel', readonly: true, value: '8' },
    ],
  }))
  await station.call('BootNotification', bootRequest('ocpp1.6'))
  await expect
    .poll(async () => (await stationRow('CP-1')).capabilities)
    .toEqual({ rateUnits: ['W', 'A'], maxPeriods: 24, maxProfiles: 10, maxStackLevel: 8 })
})

function stationRow(id: string) {
  return central.db.selectFrom('station').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
}
