import OcppRpc from 'ocpp-rpc'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Command } from '../../domain/command.ts'
import { startCentral, type TestCentral } from '../support/central.ts'
import { enterDepot } from '../support/depot.ts'

const { RPCClient } = OcppRpc

let central: TestCentral
beforeEach(async () => {
  central = await startCentral({ policy: 'known' })
  await enterDepot(central.db, { stationIds: ['CP-1'] })
})
afterEach(() => central.stop())

/** A client that nobody here wrote; it refuses whatever does not pass the official schemas, in both directions. */
async function connect(protocol: string) {
  const received: { method: string; params: Record<string, unknown> }[] = []
  const broken: unknown[] = []
  const client = new RPCClient({
    endpoint: `${central.wsUrl}/ocpp`,
    identity: 'CP-1',
    protocols: [protocol],
    strictMode: true,
    reconnect: false,
  } as ConstructorParameters<typeof RPCClient>[0])
  client.on('strictValidationFailure', (failure: unknown) => broken.push(failure))
  client.on('badMessage', (message: unknown) => broken.push(message))
  const answer = (method: string, reply: Record<string, unknown>): void =>
    client.handle(
      method as never,
      (({ params }: { params: Record<string, unknown> }) => {
        received.push({ method, params })
        return reply
      }) as never,
    )
  const call = (method: string, params: object) => client.call(method, params) as Promise<Record<string, unknown>>
  await client.connect()
  return { client, call, answer, received, broken }
}

const minute = (offset: number) => new Date(Date.now() + offset * 60_000).toISOString()

function profile(transactionId: string): Command {
  return {
    type: 'setChargingProfile',
    evseId: 1,
    profile: {
      id: 3,
      stackLevel: 1,
      purpose: 'tx',
      kind: 'absolute',
      transactionId,
      validTo: new Date('2026-11-24T05:00:00Z'),
      schedule: {
        rateUnit: 'W',
        startAt: new Date('2026-11-23T20:00:00Z'),
        durationSeconds: 1800,
        periods: [
          { startSeconds: 0, limit: 43_210.98 },
          { startSeconds: 900, limit: 11_000 },
        ],
      },
    },
  }
}

function session() {
  return central.db.selectFrom('charging_session').selectAll().executeTakeFirstOrThrow()
}

function bus() {
  return central.db.selectFrom('vehicle').selectAll().where('id', '=', 'bus-1').executeTakeFirstOrThrow()
}

test('OCPP 1.6: an independent strict client charges a bus', async () => {
  const { client, call, answer, received, broken } = await connect('ocpp1.6')
  answer('GetConfiguration', { configurationKey: [], unknownKey: [] })
  answer('SetChargingProfile', { status: 'Accepted' })
  answer('GetCompositeSchedule', {
    status: 'Accepted',
    connectorId: 1,
    scheduleStart: '2026-11-23T20:00:00Z',
    chargingSchedule: {
      duration: 1800,
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 43_210.9 }],
    },
  })
  expect(await call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' })).toMatchObject({
    status: 'Accepted',
  })
  expect(await call('Authorize', { idTag: 'BUS-1' })).toMatchObject({ idTagInfo: { status: 'Accepted' } })
  await call('StatusNotification', { connectorId: 1, errorCode: 'NoError', status: 'Preparing' })
  const { transactionId } = await call('StartTransaction', {
    connectorId: 1,
    idTag: 'BUS-1',
    meterStart: 100_000,
    timestamp: minute(-30),
  })
  for (const [offset, energy, soc] of [
    [-20, 110_000, 31],
    [-10, 121_500, 34],
  ] as const) {
    await call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [
        {
          timestamp: minute(offset),
          sampledValue: [
            { value: String(energy), measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
            { value: String(soc), measurand: 'SoC', unit: 'Percent', location: 'EV' },
          ],
        },
      ],
    })
  }
  expect(await central.gateway.send('CP-1', profile(String(transactionId)))).toMatchObject({ accepted: true })
  expect(received.find((one) => one.method === 'SetChargingProfile')?.params).toMatchObject({
    connectorId: 1,
    csChargingProfiles: { transactionId, chargingSchedule: { chargingSchedulePeriod: [{ limit: 43_210.9 }, {}] } },
  })
  expect(
    await central.gateway.send('CP-1', {
      type: 'getCompositeSchedule',
      evseId: 1,
      durationSeconds: 1800,
      rateUnit: 'W',
    }),
  ).toMatchObject({
    outcome: 'answered',
    accepted: true,
    compositeSchedule: {
      evseId: 1,
      startAt: new Date('2026-11-23T20:00:00Z'),
      durationSeconds: 1800,
      rateUnit: 'W',
      periods: [{ startSeconds: 0, limit: 43_210.9 }],
    },
  })
  await call('StopTransaction', { transactionId, meterStop: 125_000, timestamp: minute(0), reason: 'EVDisconnected' })
  await client.close({})
  expect(broken).toEqual([])
  expect(await session()).toMatchObject({
    protocol: 'ocpp1.6',
    vehicle_id: 'bus-1',
    energy_wh: 25_000,
    soc_start_percent: 31,
    soc_percent: 34,
    stop_reason: 'EVDisconnected',
  })
  expect(await bus()).toMatchObject({ soc_percent: 34, soc_source: 'ocpp' })
})

test('OCPP 2.0.1: an independent strict client charges a bus', async () => {
  const protocol = 'ocpp2.0.1'
  const { client, call, answer, received, broken } = await connect(protocol)
  answer('SetChargingProfile', { status: 'Accepted' })
  answer('GetCompositeSchedule', {
    status: 'Accepted',
    schedule: {
      evseId: 1,
      duration: 1800,
      scheduleStart: '2026-11-23T20:00:00Z',
      chargingRateUnit: 'W',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 43_210.9 }],
    },
  })
  const boot = { reason: 'PowerUp', chargingStation: { vendorName: 'V', model: 'M' } }
  expect(await call('BootNotification', boot)).toMatchObject({ status: 'Accepted' })
  const idToken = { idToken: 'BUS-1', type: 'ISO14443' }
  expect(await call('Authorize', { idToken })).toMatchObject({ idTokenInfo: { status: 'Accepted' } })
  const transactionId = 'a8e2c1'
  const event = (eventType: string, seqNo: number, offset: number, energy: number, soc: number, more: object = {}) =>
    call('TransactionEvent', {
      eventType,
      seqNo,
      timestamp: minute(offset),
      triggerReason: 'MeterValuePeriodic',
      transactionInfo: { transactionId, chargingState: 'Charging' },
      evse: { id: 1, connectorId: 1 },
      meterValue: [
        {
          timestamp: minute(offset),
          sampledValue: [
            { value: energy, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'kWh' } },
            { value: soc, measurand: 'SoC', location: 'EV' },
          ],
        },
      ],
      ...more,
    })
  await event('Started', 0, -30, 100, 30, { idToken })
  await event('Updated', 1, -20, 110, 31)
  await event('Updated', 2, -10, 121.5, 34)
  expect(await central.gateway.send('CP-1', profile(transactionId))).toMatchObject({ accepted: true })
  expect(received.find((one) => one.method === 'SetChargingProfile')?.params).toMatchObject({
    evseId: 1,
    chargingProfile: { transactionId, chargingSchedule: [{ chargingSchedulePeriod: [{ limit: 43_210.9 }, {}] }] },
  })
  expect(
    await central.gateway.send('CP-1', { type: 'getCompositeSchedule', evseId: 1, durationSeconds: 1800 }),
  ).toMatchObject({ accepted: true, compositeSchedule: { periods: [{ startSeconds: 0, limit: 43_210.9 }] } })
  await event('Ended', 3, 0, 125, 35.5, {
    transactionInfo: { transactionId, chargingState: 'Idle', stoppedReason: 'EVDisconnected' },
  })
  await client.close({})
  expect(broken).toEqual([])
  expect(await session()).toMatchObject({
    protocol,
    vehicle_id: 'bus-1',
    energy_wh: 25_000,
    soc_start_percent: 30,
    soc_percent: 35.5,
    stop_reason: 'EVDisconnected',
  })
  expect(await bus()).toMatchObject({ soc_percent: 35.5 })
})
