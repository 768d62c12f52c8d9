import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { setStationPassword } from '../../db/stations.ts'
import { stationIdOf } from '../../ocpp-central/handshake.ts'
import { startCentral, type TestCentral } from '../support/central.ts'
import { bootRequest, connectCharger } from '../support/charger.ts'
import { enterDepot } from '../support/depot.ts'

let central: TestCentral
beforeAll(async () => {
  central = await startCentral({ policy: 'known' })
  await enterDepot(central.db, { stationIds: ['CP-1', 'CP 2', 'CP-SAFE'] })
})
afterAll(() => central.stop())

/** Connects to a path as it is and resolves with the agreed subprotocol, or with the refusal's status and text. */
function open(path: string, protocols: string[], headers: Record<string, string> = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const ws = new WebSocket(`${central.wsUrl}${path}`, protocols, { headers })
    ws.once('open', () => {
      resolve(ws.protocol)
      ws.close()
    })
    ws.once('unexpected-response', (_request, response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => (body += String(chunk)))
      response.on('end', () => resolve(`${response.statusCode} ${body.trim()}`))
    })
    ws.once('error', reject)
  })
}

test.each([
  '/ocpp/CP-1',
  '/ocpp/CP-1/',
  '//ocpp//CP-1//',
  '/ocpp/ocpp/CP-1',
  '/ocpp/CP%2D1',
  '/ocpp/CP-1?token=x',
  '/OCPP/CP-1',
])('a station that connects to %s is CP-1', (path) => {
  expect(stationIdOf(path)).toBe('CP-1')
  return expect(open(path, ['ocpp1.6'])).resolves.toBe('ocpp1.6')
})

test('a full URL in the request line is understood', () => {
  expect(stationIdOf('ws://depot.example:8080/ocpp/CP-1')).toBe('CP-1')
  expect(stationIdOf('https://depot.example/some/ocpp/CP-1/')).toBe('CP-1')
})

test.each([
  '/',
  '/ocpp',
  '/ocpp/',
  '/elsewhere/CP-1',
  '/ocpp/CP%ZZ',
  '/ocpp/a%20b',
  '/ocpp/a%00',
  `/ocpp/${'x'.repeat(49)}`,
])('%s names no station and is told where to connect', async (path) => {
  expect(stationIdOf(path)).toBeUndefined()
  expect(await open(path, ['ocpp1.6'])).toMatch(/^404 .*\/ocpp\/\{stationId\}/)
})

test('the first version in the station’s list that is spoken here is chosen', async () => {
  expect(await open('/ocpp/CP-1', ['ocpp2.0', 'ocpp2.0.1', 'ocpp1.6'])).toBe('ocpp2.0.1')
  expect(await open('/ocpp/CP-1', ['ocpp1.6', 'ocpp2.0.1'])).toBe('ocpp1.6')
  expect(await open('/ocpp/CP-1', ['ocpp2.1'])).toBe('ocpp2.1')
})

test('a station without a subprotocol, or with unknown ones, is told what to set', async () => {
  expect(await open('/ocpp/CP-1', [])).toMatch(/^400 .*subprotocol.*ocpp2\.0\.1, ocpp1\.6/)
  expect(await open('/ocpp/CP-1', ['ocpp1.5', 'mqtt'])).toMatch(/^400 .*offers ocpp1\.5, mqtt/)
})

test('an unknown station is refused where only known ones may connect', async () => {
  expect(await open('/ocpp/CP-9', ['ocpp1.6'])).toMatch(/^404 Station CP-9 is not known here/)
})

test('a station with a password must give it', async () => {
  await setStationPassword(central.db, 'CP-SAFE', 'correct horse battery')
  const basic = (user: string, password: string) => ({
    authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
  })
  expect(await open('/ocpp/CP-SAFE', ['ocpp1.6'])).toMatch(/^401 .*must give its password/)
  expect(await open('/ocpp/CP-SAFE', ['ocpp1.6'], { authorization: 'Bearer x' })).toMatch(/^401/)
  expect(await open('/ocpp/CP-SAFE', ['ocpp1.6'], basic('CP-1', 'correct horse battery'))).toMatch(/^401/)
  expect(await open('/ocpp/CP-SAFE', ['ocpp1.6'], basic('CP-SAFE', 'wrong'))).toMatch(/^401 The password .* wrong/)
  const station = await connectCharger({
    wsUrl: central.wsUrl,
    stationId: 'CP-SAFE',
    protocol: 'ocpp1.6',
    password: 'correct horse battery',
  })
  expect(await station.call('BootNotification', bootRequest('ocpp1.6'))).toMatchObject({ status: 'Accepted' })
  await station.close()
  const row = await central.db
    .selectFrom('station')
    .select('password_hash')
    .where('id', '=', 'CP-SAFE')
    .executeTakeFirstOrThrow()
  expect(row.password_hash).not.toContain('horse')
})

test('a password that was set as hexadecimal is recognised when it arrives as bytes', async () => {
  const key = Buffer.from('00ff10a0b0c0d0e0f00112233445566778899aab', 'hex')
  await setStationPassword(central.db, 'CP-SAFE', key.toString('hex').toUpperCase())
  const authorization = `Basic ${Buffer.concat([Buffer.from('CP-SAFE:'), key]).toString('base64')}`
  expect(await open('/ocpp/CP-SAFE', ['ocpp1.6'], { authorization })).toBe('ocpp1.6')
})
