import { afterEach, beforeEach, expect, test } from 'vitest'
import { startCentral, type TestCentral } from '../support/central.ts'
import { bootRequest, connectCharger, type Charger } from '../support/charger.ts'
import { enterDepot } from '../support/depot.ts'

let central: TestCentral
let station: Charger

beforeEach(async () => {
  central = await startCentral({ policy: 'known', callTimeoutMs: 150, pingEveryMs: 50, deadAfterMs: 60_000 })
  await enterDepot(central.db, { stationIds: ['CP-1'] })
  station = await connectCharger({ wsUrl: central.wsUrl, stationId: 'CP-1', protocol: 'ocpp2.0.1' })
  await station.call('BootNotification', bootRequest('ocpp2.0.1'))
  await expect.poll(() => station.calls.length).toBe(1)
  station.calls.length = 0
})
afterEach(() => station.close())
afterEach(() => central.stop())

const unlock = { type: 'unlockConnector', evseId: 1, connectorId: 1 } as const

function stationRow() {
  return central.db.selectFrom('station').selectAll().executeTakeFirstOrThrow()
}

test('one call is on its way at a time; an answer that comes too late is nobody’s', async () => {
  station.onCall('UnlockConnector', null)
  const first = central.gateway.send('CP-1', unlock)
  const second = central.gateway.send('CP-1', { type: 'reset', kind: 'soft' })
  station.onCall('Reset', () => ({ status: 'Scheduled' }))
  await expect.poll(() => station.calls.map((call) => call.action)).toEqual(['UnlockConnector'])
  expect(await first).toEqual({ outcome: 'timeout' })
  station.sendRaw('[3,"an id of nobody",{"status":"Accepted"}]')
  station.sendRaw('[4,"an id of nobody","InternalError","",{}]')
  expect(await second).toMatchObject({ outcome: 'answered', accepted: true, status: 'Scheduled' })
  expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
})

test('a station that leaves three calls in a row unanswered is made to connect anew', async () => {
  station.onCall('UnlockConnector', null)
  for (let i = 0; i < 3; i += 1) {
    expect(await central.gateway.send('CP-1', unlock)).toEqual({ outcome: 'timeout' })
  }
  expect(await station.closed).toBe(4000)
  expect(await central.gateway.send('CP-1', unlock)).toEqual({ outcome: 'offline' })
})

test('an error is an answer: its code, description and details are passed on', async () => {
  const outcome = central.gateway.send('CP-1', unlock)
  expect(await outcome).toEqual({
    outcome: 'refused',
    errorCode: 'NotImplemented',
    errorDescription: '',
    errorDetails: {},
  })
})

test('a call that waits when the socket closes ends offline', async () => {
  station.onCall('UnlockConnector', null)
  const outcome = central.gateway.send('CP-1', unlock)
  await expect.poll(() => station.calls.length).toBe(1)
  station.ws.terminate()
  expect(await outcome).toEqual({ outcome: 'offline' })
})

test('answers to our calls do not wait for the calls that the station has sent before', async () => {
  station.onCall('UnlockConnector', () => {
    for (let i = 0; i < 50; i += 1) station.sendRaw(`[2,"h${i}","Heartbeat",{}]`)
    return { status: 'Unlocked' }
  })
  expect(await central.gateway.send('CP-1', unlock)).toMatchObject({ accepted: true, status: 'Unlocked' })
})

test('calls are answered in the order in which they came', async () => {
  for (let i = 0; i < 20; i += 1) station.sendRaw(`[2,"h${i}","Heartbeat",{}]`)
  const ids: unknown[] = []
  for (let i = 0; i < 20; i += 1) ids.push((await station.next())[1])
  expect(ids).toEqual(Array.from({ length: 20 }, (_, i) => `h${i}`))
})

test('frames that are none are answered as 2.0.1 says and never end the conversation, unless there is nothing else', async () => {
  for (const text of ['', 'nonsense', '{}', '[]', '[9,"x"]', '[2,"x","Heartbeat","text"]', '[3]', '[4]'])
    station.sendRaw(text)
  const answers = [await station.next(), await station.next(), await station.next(), await station.next()]
  expect(answers.map((frame) => frame.slice(0, 3))).toEqual([
    [4, '-1', 'RpcFrameworkError'],
    [4, '-1', 'RpcFrameworkError'],
    [4, '-1', 'RpcFrameworkError'],
    [4, 'x', 'MessageTypeNotSupported'],
  ])
  expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
  for (let i = 0; i < 30; i += 1) station.sendRaw('nonsense')
  expect(await station.closed).toBe(1002)
})

test('a message that is too big closes the socket', async () => {
  station.sendRaw(`[2,"x","DataTransfer",{"vendorId":"v","data":"${'x'.repeat(1_000_000)}"}]`)
  expect(await station.closed).toBe(1009)
})

test('more messages at once than anyone needs close the socket', async () => {
  for (let i = 0; i < 400; i += 1) station.sendRaw(`[2,"h${i}","Heartbeat",{}]`)
  expect(await station.closed).toBe(1008)
})

test('a connection that ends is told, asks for a new plan, and what comes back too', async () => {
  expect(await stationRow()).toMatchObject({ connected: true, connection_id: expect.any(String) })
  await station.close()
  await expect.poll(async () => (await stationRow()).connected).toBe(false)
  expect(await stationRow()).toMatchObject({ connection_id: null, disconnected_at: expect.any(Date) })
  station = await connectCharger({ wsUrl: central.wsUrl, stationId: 'CP-1', protocol: 'ocpp2.0.1' })
  await station.call('Heartbeat', {})
  expect(await stationRow()).toMatchObject({ connected: true })
  const events = await central.db.selectFrom('event').select('type').orderBy('id').execute()
  expect(events.map((event) => event.type)).toEqual([
    'stationConnected',
    'stationBooted',
    'stationDisconnected',
    'stationConnected',
  ])
})

test('the end of an old socket does not touch the newer one’s state', async () => {
  const newer = await connectCharger({ wsUrl: central.wsUrl, stationId: 'CP-1', protocol: 'ocpp2.0.1' })
  expect(await station.closed).toBe(4001)
  await newer.call('Heartbeat', {})
  expect(await stationRow()).toMatchObject({ connected: true })
  const events = await central.db.selectFrom('event').select('type').where('type', '=', 'stationDisconnected').execute()
  newer.onCall('UnlockConnector', () => ({ status: 'Unlocked' }))
  expect(await central.gateway.send('CP-1', unlock)).toMatchObject({ status: 'Unlocked' })
  expect(events.length).toBeLessThanOrEqual(1)
  await newer.close()
})

test('an idle station is pinged', async () => {
  await new Promise((resolve) => station.ws.once('ping', resolve))
})

test('secrets are in no log', async () => {
  station.onCall('SetVariables', () => ({
    setVariableResult: [
      { attributeStatus: 'Accepted', component: { name: 'SecurityCtrlr' }, variable: { name: 'BasicAuthPassword' } },
    ],
  }))
  await central.gateway.send('CP-1', {
    type: 'setVariables',
    values: [{ name: 'SecurityCtrlr.BasicAuthPassword', value: 'geheim-geheim' }],
  })
  await central.journal.flush()
  const log = await central.db.selectFrom('message_log').select('frame').execute()
  expect(log.some((row) => row.frame.includes('BasicAuthPassword'))).toBe(true)
  expect(log.some((row) => row.frame.includes('geheim'))).toBe(false)
  expect(await central.db.selectFrom('device_variable').selectAll().execute()).toEqual([])
})

test('quirks are counted by name', async () => {
  await station.call('Heartbeat', { uptime: 1, load: 2 })
  await station.call('Heartbeat', { uptime: 1 })
  expect((await stationRow()).quirks).toEqual({ unknownField: 3 })
})
