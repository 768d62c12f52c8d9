import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { bootRequest, connectCharger } from '../support/charger.ts'
import { createTestDatabase } from '../support/database-server.ts'
import { spawnServer, type ServerProcess } from '../support/server-process.ts'

const KEY = 'a-key-for-this-test-only'
const LONG = 120_000
const root = mkdtempSync(join(tmpdir(), 'zaryad-node-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

async function read<T>(server: ServerProcess, path: string): Promise<T> {
  const response = await fetch(`${server.url}/api/v1/${path}`, { headers: { authorization: `Bearer ${KEY}` } })
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
  return (await response.json()) as T
}

const connect = (server: ServerProcess) =>
  connectCharger({ wsUrl: server.url.replace(/^http/, 'ws'), stationId: 'CP-1', protocol: 'ocpp1.6' })

/** Charges in a hurry until the server is killed; returns what the server has answered. */
async function chargeUntilKilled(server: ServerProcess) {
  const station = await connect(server)
  await station.call('BootNotification', bootRequest('ocpp1.6'))
  const began = Date.now() - 3_600_000
  const at = (second: number) => new Date(began + second * 1_000).toISOString()
  const start = { connectorId: 1, idTag: 'BUS-1', meterStart: 0, timestamp: at(0) }
  const { transactionId } = await station.call('StartTransaction', start)
  const answered: number[] = []
  const asking: Promise<void>[] = []
  for (let second = 1; answered.length < 150; second += 1) {
    const reading = {
      connectorId: 1,
      transactionId,
      meterValue: [{ timestamp: at(second), sampledValue: [{ value: String(second * 10), unit: 'Wh' }] }],
    }
    const asked = station.call('MeterValues', reading).then(
      () => void answered.push(second * 10),
      // Killed before it answered: the station keeps such a message and sends it again.
      () => undefined,
    )
    asking.push(asked)
    // Several are under way at any time, as with many stations, so that the kill falls between commit and answer too.
    if (asking.length % 8 === 0) await asked
  }
  await server.end('SIGKILL')
  await Promise.all(asking)
  return { start, transactionId: Number(transactionId), answered, at }
}

async function killAndRestart(environment: Record<string, string>): Promise<void> {
  const settings = { ...environment, ADMIN_KEY: KEY, STATION_POLICY: 'open' }
  const { start, transactionId, answered, at } = await chargeUntilKilled(await spawnServer(settings))

  const restarted = await spawnServer(settings)
  try {
    const { items: sessions } = await read<{ items: Record<string, unknown>[] }>(restarted, 'sessions')
    expect(sessions).toHaveLength(1)
    expect(sessions[0]).toMatchObject({ transactionId: String(transactionId), endedAt: null })
    expect(sessions[0]?.['energyWh']).toBeGreaterThanOrEqual(Math.max(...answered))
    expect(await read(restarted, 'stations')).toMatchObject({ items: [{ stationId: 'CP-1', connected: false }] })

    const kept = new Set<number>()
    let cursor: string | null = null
    do {
      const page: { items: { action: string | null; direction: string; frame: string }[]; next: string | null } =
        await read(restarted, `stations/CP-1/messages?limit=200${cursor === null ? '' : `&cursor=${cursor}`}`)
      for (const { action, direction, frame } of page.items) {
        if (action === 'MeterValues' && direction === 'in') kept.add(Number(/"value":"(\d+)"/.exec(frame)?.[1]))
      }
      cursor = page.next
    } while (cursor !== null)
    expect(answered.filter((value) => !kept.has(value))).toEqual([])

    const station = await connect(restarted)
    expect(await station.call('StartTransaction', start)).toMatchObject({ transactionId })
    await station.call('StopTransaction', { transactionId, meterStop: 90_000, timestamp: at(3_000) })
    expect(await read(restarted, 'sessions')).toMatchObject({ items: [{ energyWh: 90_000, socPercent: null }] })
    await station.close()
  } finally {
    expect(await restarted.end('SIGTERM')).toBe(0)
  }
}

describe('kill -9 while charging loses nothing that was answered, and the charger goes on', () => {
  test('with the embedded database', { timeout: LONG }, () => killAndRestart({ DATA_DIR: join(root, 'killed') }))

  if (process.env['TEST_DATABASE_URL'] !== undefined) {
    test('with PostgreSQL', { timeout: LONG }, async () => {
      const database = await createTestDatabase(process.env['TEST_DATABASE_URL'] ?? '')
      await killAndRestart({ DATABASE_URL: database.url, DATA_DIR: join(root, 'postgres') })
      await database.close()
    })
  }
})

test(
  'the first start makes a key that only its owner can read, and a link for the first admin, and says where they are',
  { timeout: LONG },
  async () => {
    const directory = join(root, 'first')
    const server = await spawnServer({ DATA_DIR: directory })
    const path = join(directory, 'admin-key')
    expect(server.output()).toContain(path)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const key = readFileSync(path, 'utf8').trim()
    expect(server.output()).not.toContain(key)
    const ask = (bearer: string) =>
      fetch(`${server.url}/api/v1/stations`, { headers: { authorization: `Bearer ${bearer}` } })
    expect((await ask('something else')).status).toBe(401)
    expect((await ask(key)).status).toBe(200)
    const link = /https?:\/\/\S+\/welcome\?token=[\w-]{43}/.exec(server.output())?.[0] ?? ''
    const { pathname, search } = new URL(link)
    const welcome = await fetch(`${server.url}${pathname}${search}`)
    expect(await welcome.text()).toContain('You are the first')

    await expect(spawnServer({ DATA_DIR: directory })).rejects.toThrow(new RegExp(`\\(${server.pid}\\) is using`))
    expect(await server.end('SIGTERM')).toBe(0)
  },
)

test(
  'what cannot start says why in a sentence: wrong settings, or a port that is taken',
  { timeout: LONG },
  async () => {
    await expect(spawnServer({ STATION_POLICY: 'closed' })).rejects.toThrow(
      /STATION_POLICY must be known, pending or open/,
    )
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const { port } = other.address() as AddressInfo
    const starting = spawnServer({ DATA_DIR: join(root, 'taken') }, ['--port', String(port)])
    await expect(starting).rejects.toThrow(`Port ${port} is taken by another program.`)
    other.close()
  },
)
