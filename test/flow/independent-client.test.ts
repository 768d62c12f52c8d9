import OcppRpc from 'ocpp-rpc'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { enterDepot } from '../support/depot.ts'
import { startServer, type TestServer } from '../support/server.ts'

const { RPCClient } = OcppRpc

let server: TestServer
beforeEach(async () => {
  server = await startServer({ stationPolicy: 'known' })
  await enterDepot(server.db, { stationIds: ['CP-1'] })
})
afterEach(() => server.close())

type Payload = Record<string, unknown>

interface Client {
  call(method: string, params: object): Promise<Payload>
  received: { method: string; params: Payload }[]
  /** Whatever did not pass the official schemas, in either direction. */
  broken: unknown[]
  close(): Promise<unknown>
}

/** A client that nobody here wrote, in strict mode; it accepts every profile. */
async function connect(protocol: string): Promise<Client> {
  const client = new RPCClient({
    endpoint: `${server.url.replace('http', 'ws')}/ocpp`,
    identity: 'CP-1',
    protocols: [protocol],
    strictMode: true,
    reconnect: false,
  } as ConstructorParameters<typeof RPCClient>[0])
  const received: Client['received'] = []
  const broken: unknown[] = []
  client.on('strictValidationFailure', (failure: unknown) => broken.push(failure))
  client.on('badMessage', (message: unknown) => broken.push(message))
  const answers: Record<string, Payload> = {
    SetChargingProfile: { status: 'Accepted' },
    GetConfiguration: { configurationKey: [], unknownKey: [] },
  }
  for (const [method, reply] of Object.entries(answers)) {
    if (protocol !== 'ocpp1.6' && method === 'GetConfiguration') continue
    client.handle(
      method as never,
      (({ params }: { params: Payload }) => {
        received.push({ method, params })
        return reply
      }) as never,
    )
  }
  await client.connect()
  return {
    call: (method, params) => client.call(method, params) as Promise<Payload>,
    received,
    broken,
    close: () => client.close({}),
  }
}

async function api(path: string, body?: object): Promise<Payload> {
  const post = { method: 'POST', headers: { 'content-type': 'application/json' } }
  const answer = await fetch(
    `${server.url}/api/v1${path}`,
    body === undefined ? {} : { ...post, body: JSON.stringify(body) },
  )
  expect(answer.status).toBe(200)
  return (await answer.json()) as Payload
}

async function onlySession(): Promise<Payload> {
  const { items } = (await api('/sessions')) as { items: Payload[] }
  expect(items).toHaveLength(1)
  return items[0] ?? {}
}

const minute = (offset: number): string => new Date(Date.now() + offset * 60_000).toISOString()

/** Sends a profile as a person at the API would, and returns what the charger received. */
async function sendProfile(client: Client, transactionId: string): Promise<Payload | undefined> {
  const answer = await api('/stations/CP-1/commands', {
    type: 'setChargingProfile',
    evseId: 1,
    profile: {
      id: 7,
      stackLevel: 1,
      purpose: 'tx',
      kind: 'absolute',
      transactionId,
      validTo: minute(60),
      schedule: {
        rateUnit: 'W',
        startAt: minute(0),
        durationSeconds: 3600,
        periods: [{ startSeconds: 0, limit: 40_000 }],
      },
    },
  })
  expect(answer).toMatchObject({ outcome: 'answered', accepted: true, status: 'Accepted' })
  return client.received.find((one) => one.method === 'SetChargingProfile')?.params
}

const dayInTheApi = {
  vehicleId: 'bus-1',
  authorization: 'accepted',
  meterStartWh: 100_000,
  meterStopWh: 125_000,
  energyWh: 25_000,
  socStartPercent: 31,
  socPercent: 34,
  orphan: false,
}

test('OCPP 1.6: a strict client of other hands charges a bus, and the API shows session, energy and SoC', async () => {
  const client = await connect('ocpp1.6')
  expect(await client.call('BootNotification', { chargePointVendor: 'V', chargePointModel: 'M' })).toMatchObject({
    status: 'Accepted',
  })
  expect(await client.call('Authorize', { idTag: 'BUS-1' })).toMatchObject({ idTagInfo: { status: 'Accepted' } })
  const { transactionId } = await client.call('StartTransaction', {
    connectorId: 1,
    idTag: 'BUS-1',
    meterStart: 100_000,
    timestamp: minute(-30),
  })
  for (const [offset, registerWh, soc] of [
    [-20, 110_000, 31],
    [-10, 121_500, 34],
  ] as const) {
    const sampledValue = [
      { value: String(registerWh), measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
      { value: String(soc), measurand: 'SoC', unit: 'Percent', location: 'EV' },
    ]
    await client.call('MeterValues', {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: minute(offset), sampledValue }],
    })
  }
  expect(await sendProfile(client, String(transactionId))).toMatchObject({
    connectorId: 1,
    csChargingProfiles: { transactionId, chargingProfilePurpose: 'TxProfile' },
  })
  expect(await onlySession()).toMatchObject({ endedAt: null, meterStopWh: null })
  await client.call('StopTransaction', { transactionId, meterStop: 125_000, timestamp: minute(0), reason: 'Local' })
  expect(await onlySession()).toMatchObject({ ...dayInTheApi, protocol: 'ocpp1.6', stopReason: 'Local' })
  expect(await api('/vehicles/bus-1')).toMatchObject({ socPercent: 34, socSource: 'ocpp' })
  expect(client.broken).toEqual([])
  await client.close()
})

test('OCPP 2.0.1: a strict client of other hands charges a bus, and the API shows session, energy and SoC', async () => {
  const client = await connect('ocpp2.0.1')
  const chargingStation = { vendorName: 'V', model: 'M' }
  expect(await client.call('BootNotification', { reason: 'PowerUp', chargingStation })).toMatchObject({
    status: 'Accepted',
  })
  const idToken = { idToken: 'BUS-1', type: 'ISO14443' }
  expect(await client.call('Authorize', { idToken })).toMatchObject({ idTokenInfo: { status: 'Accepted' } })
  const transactionId = 'd41d8c'
  const event = (
    eventType: string,
    seqNo: number,
    offset: number,
    kwh: number,
    soc: number | null,
    more: object = {},
  ) => {
    const register = { value: kwh, measurand: 'Energy.Active.Import.Register', unitOfMeasure: { unit: 'kWh' } }
    const charge = soc === null ? [] : [{ value: soc, measurand: 'SoC', location: 'EV' }]
    return client.call('TransactionEvent', {
      eventType,
      seqNo,
      timestamp: minute(offset),
      triggerReason: 'MeterValuePeriodic',
      transactionInfo: { transactionId, chargingState: 'Charging' },
      evse: { id: 1, connectorId: 1 },
      meterValue: [{ timestamp: minute(offset), sampledValue: [register, ...charge] }],
      ...more,
    })
  }
  await event('Started', 0, -30, 100, null, { idToken, triggerReason: 'CablePluggedIn' })
  await event('Updated', 1, -20, 110, 31)
  await event('Updated', 2, -10, 121.5, 34)
  expect(await sendProfile(client, transactionId)).toMatchObject({
    evseId: 1,
    chargingProfile: { transactionId, chargingProfilePurpose: 'TxProfile' },
  })
  await event('Ended', 3, 0, 125, null, {
    triggerReason: 'EVCommunicationLost',
    transactionInfo: { transactionId, stoppedReason: 'EVDisconnected' },
  })
  expect(await onlySession()).toMatchObject({ ...dayInTheApi, protocol: 'ocpp2.0.1', stopReason: 'EVDisconnected' })
  expect(await api('/vehicles/bus-1')).toMatchObject({ socPercent: 34, socSource: 'ocpp' })
  expect(client.broken).toEqual([])
  await client.close()
})
