import { afterAll, beforeAll, expect, test } from 'vitest'
import type { OcppProtocol } from '../../domain/status.ts'
import { startCentral, type TestCentral } from '../support/central.ts'
import { connectCharger, type Charger } from '../support/charger.ts'
import { enterDepot } from '../support/depot.ts'

const at = new Date().toISOString()

let central: TestCentral
const stations = new Map<OcppProtocol, Charger>()

beforeAll(async () => {
  central = await startCentral({ policy: 'known' })
  await enterDepot(central.db, { stationIds: ['ocpp1.6', 'ocpp2.0.1'] })
  for (const protocol of ['ocpp1.6', 'ocpp2.0.1'] as const) {
    stations.set(protocol, await connectCharger({ wsUrl: central.wsUrl, stationId: protocol, protocol }))
  }
})
afterAll(async () => {
  for (const station of stations.values()) await station.close()
  await central.stop()
})

const event = {
  eventId: 1,
  timestamp: at,
  trigger: 'Delta',
  actualValue: 'Faulted',
  eventNotificationType: 'CustomMonitor',
  component: { name: 'Connector', evse: { id: 1, connectorId: 1 } },
  variable: { name: 'AvailabilityState' },
}
const profile = {
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: [{ id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit: 6 }] }],
}

test.each([
  ['ocpp1.6', 'DataTransfer', { vendorId: 'x' }, { status: 'UnknownVendorId' }],
  ['ocpp1.6', 'FirmwareStatusNotification', { status: 'Installed' }, {}],
  ['ocpp1.6', 'SignedFirmwareStatusNotification', { status: 'Downloading' }, {}],
  ['ocpp1.6', 'DiagnosticsStatusNotification', { status: 'Uploaded' }, {}],
  ['ocpp1.6', 'LogStatusNotification', { status: 'Uploaded' }, {}],
  ['ocpp1.6', 'SecurityEventNotification', { type: 'SettingSystemTime', timestamp: at }, {}],
  ['ocpp2.0.1', 'DataTransfer', { vendorId: 'x' }, { status: 'UnknownVendorId' }],
  ['ocpp2.0.1', 'FirmwareStatusNotification', { status: 'Installed' }, {}],
  ['ocpp2.0.1', 'LogStatusNotification', { status: 'Uploaded' }, {}],
  ['ocpp2.0.1', 'SecurityEventNotification', { type: 'SettingSystemTime', timestamp: at, techInfo: 'x' }, {}],
  ['ocpp2.0.1', 'NotifyEvent', { generatedAt: at, seqNo: 0, eventData: [event] }, {}],
  [
    'ocpp2.0.1',
    'ReportChargingProfiles',
    { requestId: 1, chargingLimitSource: 'CSO', evseId: 1, chargingProfile: [profile] },
    {},
  ],
] as const)('%s %s is answered', async (protocol, action, payload, answer) => {
  expect(await stations.get(protocol)?.call(action, payload)).toEqual(answer)
})

test.each([
  ['ocpp1.6', 'SignCertificate', { csr: 'x' }],
  ['ocpp1.6', 'Reset', { type: 'Soft' }],
  ['ocpp2.0.1', 'SignCertificate', { csr: 'x' }],
  ['ocpp2.0.1', 'NotifyChargingLimit', { chargingLimit: { chargingLimitSource: 'EMS' } }],
] as const)('%s %s is known but not supported, once its payload is right', async (protocol, action, payload) => {
  expect(await stations.get(protocol)?.ask(action, payload)).toMatchObject({ error: 'NotSupported' })
  const wrong = await stations.get(protocol)?.ask(action, {})
  expect(wrong).toMatchObject({
    error: protocol === 'ocpp1.6' ? 'OccurenceConstraintViolation' : 'OccurrenceConstraintViolation',
  })
})

test('actions of another version, and of none, are not implemented', async () => {
  expect(await stations.get('ocpp1.6')?.ask('TransactionEvent', {})).toMatchObject({ error: 'NotImplemented' })
  expect(await stations.get('ocpp2.0.1')?.ask('StartTransaction', {})).toMatchObject({ error: 'NotImplemented' })
  expect(await stations.get('ocpp2.0.1')?.ask('constructor', {})).toMatchObject({ error: 'NotImplemented' })
})

test('what these messages told is kept', async () => {
  const rows = await central.db.selectFrom('station').select(['id', 'firmware_status']).orderBy('id').execute()
  expect(rows).toEqual([
    { id: 'ocpp1.6', firmware_status: 'Downloading' },
    { id: 'ocpp2.0.1', firmware_status: 'Installed' },
  ])
  const connector = await central.db
    .selectFrom('connector')
    .select('status')
    .where('station_id', '=', 'ocpp2.0.1')
    .executeTakeFirstOrThrow()
  expect(connector.status).toBe('faulted')
  const events = await central.db.selectFrom('event').select('type').where('type', '=', 'securityEvent').execute()
  expect(events).toHaveLength(2)
})
