import { connect } from 'node:net'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { connectionAttempts } from '../../db/connection-attempts.ts'
import { setStationPassword } from '../../db/stations.ts'
import { startCentral, type TestCentral } from '../support/central.ts'
import { connectCharger } from '../support/charger.ts'
import { enterDepot } from '../support/depot.ts'

let central: TestCentral
beforeAll(async () => {
  central = await startCentral({ policy: 'known' })
  await enterDepot(central.db, { stationIds: ['CP-SAFE'] })
  await setStationPassword(central.db, 'CP-SAFE', 'the-right-password')
})
afterAll(() => central.stop())

/** Knocks, and resolves when it has been answered. */
function knock(path: string, protocols: string[], headers: Record<string, string> = {}): Promise<void> {
  return new Promise((resolve) => {
    const ws = new WebSocket(`${central.wsUrl}${path}`, protocols, { headers })
    ws.once('open', () => resolve(ws.close()))
    ws.once('unexpected-response', () => resolve())
    ws.once('error', () => resolve())
  })
}
const basic = (user: string, password: string) => ({
  authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`,
})
const outcomes = async (): Promise<(string | null)[][]> => {
  const rows = await connectionAttempts(central.db, { limit: 100 })
  return rows.map((row) => [row.stationId, row.outcome, row.address])
}

test.each([
  ['a wrong path', '/charger/CP-1?key=secret', ['ocpp1.6'], {}, [null, 'wrongPath', '127.0.0.1']],
  ['no subprotocol', '/ocpp/CP-SAFE', [], {}, ['CP-SAFE', 'noSubprotocol', '127.0.0.1']],
  ['an old version', '/ocpp/CP-SAFE', ['ocpp1.5'], {}, ['CP-SAFE', 'unsupportedSubprotocol', '127.0.0.1']],
  ['an id that is not known', '/ocpp/CP-X', ['ocpp1.6'], {}, ['CP-X', 'unknownStation', '127.0.0.1']],
  ['no password', '/ocpp/CP-SAFE', ['ocpp1.6'], {}, ['CP-SAFE', 'passwordMissing', '127.0.0.1']],
  [
    'another user name',
    '/ocpp/CP-SAFE',
    ['ocpp1.6'],
    basic('admin', 'the-right-password'),
    ['CP-SAFE', 'userNameWrong', '127.0.0.1'],
  ],
  [
    'a wrong password',
    '/ocpp/CP-SAFE',
    ['ocpp1.6'],
    basic('CP-SAFE', 'the-wrong-password'),
    ['CP-SAFE', 'passwordWrong', '127.0.0.1'],
  ],
])('%s is written down, with where it came from', async (_, path, protocols, headers, written) => {
  await knock(path, protocols, headers)
  await expect.poll(outcomes, { timeout: 3000 }).toContainEqual(written)
})

test('no query, password or anything else that is secret is kept', async () => {
  const kept = JSON.stringify(await connectionAttempts(central.db, { limit: 100 }))
  expect(kept).not.toMatch(/secret|-password"|Basic/)
})

test('TLS on the port without TLS is told from other noise', async () => {
  const { port } = new URL(central.wsUrl)
  const socket = connect(Number(port), '127.0.0.1')
  socket.resume()
  await once(socket, 'connect')
  // The beginning of a ClientHello.
  socket.write(Buffer.from([0x16, 0x03, 0x01, 0x00, 0x05, 0x01, 0x00, 0x00, 0x01, 0x03]))
  await once(socket, 'close')
  await expect.poll(outcomes, { timeout: 3000 }).toContainEqual([null, 'tlsOnPlainPort', '127.0.0.1'])
})

test('a station that is let in and known leaves no trace after it has introduced itself', async () => {
  await central.db
    .updateTable('station')
    .set({ last_boot_at: new Date(), password_hash: null })
    .where('id', '=', 'CP-SAFE')
    .execute()
  const charger = await connectCharger({ wsUrl: central.wsUrl, stationId: 'CP-SAFE', protocol: 'ocpp1.6' })
  await new Promise((resolve) => setTimeout(resolve, 100))
  expect(await outcomes()).not.toContainEqual(['CP-SAFE', 'accepted', '127.0.0.1'])
  await charger.close()
})

test('a thousand tries under a thousand names in a moment are a handful of rows', async () => {
  await central.db.deleteFrom('connection_attempt').execute()
  for (let i = 0; i < 10; i += 1)
    await Promise.all(Array.from({ length: 20 }, (_, j) => knock(`/ocpp/scan-${i}-${j}`, ['ocpp1.6'])))
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect((await outcomes()).length).toBeLessThanOrEqual(20)
})
