import { randomUUID } from 'node:crypto'
import { connectAsync, type MqttClient } from 'mqtt'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import type { Db } from '../../db/database.ts'
import type { Log } from '../../domain/ports.ts'
import { startMqttTelemetry, type MqttTelemetry } from '../../runtime/mqtt-telemetry.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterDepot } from '../support/depot.ts'
import { findBroker, hasMosquitto, type Broker } from '../support/mosquitto.ts'

const NOW = new Date('2026-11-23T10:00:00Z')
/** Nobody else's, on a broker that others use too. */
const BASE = `zaryad-test-${randomUUID()}/telemetry`
const found = await findBroker()
const broker: Broker = found ?? { url: '', start: never, stop: never, remove: never }
function never(): Promise<void> {
  return Promise.reject(new Error('there is no broker'))
}
const until = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000, interval: 20 })

const open: { close(): Promise<void> }[] = []

async function publisher(): Promise<MqttClient> {
  const client = await connectAsync(broker.url, { reconnectPeriod: 100 })
  open.push({ close: () => client.endAsync(true) })
  return client
}

function listen(db: Db, clientId: string, url = broker.url): { mqtt: MqttTelemetry; lines: string[] } {
  const lines: string[] = []
  const write = (level: string) => (fields: object, message: string) =>
    void lines.push(`${level} ${message} ${JSON.stringify(fields)}`)
  const log: Log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
  const mqtt = startMqttTelemetry({
    url,
    topic: `${BASE}/#`,
    clientId: `${clientId}-${BASE.slice(12, 20)}`,
    db,
    now: () => NOW,
    log,
    backoffMs: 50,
  })
  open.push(mqtt)
  return { mqtt, lines }
}

async function depot(): Promise<Db> {
  const db = await emptyDatabase()
  await enterDepot(db, { stationIds: [] })
  return db
}

async function socs(db: Db): Promise<[string, number | null][]> {
  const rows = await db.selectFrom('vehicle').select(['id', 'soc_percent']).orderBy('id').execute()
  return rows.map((row) => [row.id, row.soc_percent])
}

const at = (minute: number): string => new Date(Date.UTC(2026, 10, 23, 9, minute)).toISOString()

// Where Mosquitto is neither installed nor running there is nothing to test against.
describe.skipIf(found === null)('telemetry over MQTT, with a real Mosquitto', () => {
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close()
  })
  afterAll(() => found?.remove())

  test('readings are stored, of the vehicle that they or their topic name; what is none is counted and not repeated', async () => {
    const db = await depot()
    const { mqtt, lines } = listen(db, 'taker', broker.url.replace('mqtt://', 'mqtt://anna:s3cret@'))
    await until(() => expect(mqtt.status().connected).toBe(true))
    const client = await publisher()
    await client.publishAsync(`${BASE}/bus-1`, JSON.stringify({ at: at(1), socPercent: 61 }), { qos: 1 })
    await client.publishAsync(
      BASE,
      JSON.stringify([
        { vehicleId: 'bus-2', at: at(2), socPercent: 72 },
        { vehicleId: 'ghost', at: at(2), socPercent: 72 },
      ]),
      { qos: 0 },
    )
    await client.publishAsync(`${BASE}/bus-1`, 'the password is hunter2', { qos: 1 })
    await until(() =>
      expect(mqtt.status()).toEqual({ connected: true, messages: 3, badMessages: 1, stored: 2, refused: 1 }),
    )
    expect(await socs(db)).toEqual([
      ['bus-1', 61],
      ['bus-2', 72],
    ])
    const source = await db.selectFrom('telemetry').select('source').distinct().execute()
    expect(source).toEqual([{ source: 'mqtt' }])
    expect(lines.join('\n')).toContain('MQTT brought what is no telemetry')
    expect(lines.join('\n')).not.toMatch(/s3cret|anna|hunter2|ghost/)
  })

  test.skipIf(!hasMosquitto)(
    'the broker goes and comes back: it is told once each, and telemetry flows again, what was sent meanwhile included',
    async () => {
      const db = await depot()
      const { mqtt, lines } = listen(db, 'survivor')
      await until(() => expect(mqtt.status().connected).toBe(true))
      const client = await publisher()
      await client.publishAsync(`${BASE}/bus-1`, JSON.stringify({ at: at(1), socPercent: 61 }), { qos: 1 })
      await until(() => expect(mqtt.status().stored).toBe(1))

      await broker.stop()
      await until(() => expect(mqtt.status().connected).toBe(false))
      // The sender keeps it until the broker is back.
      const waiting = client.publishAsync(`${BASE}/bus-1`, JSON.stringify({ at: at(2), socPercent: 60 }), {
        qos: 1,
      })
      await new Promise((resolve) => setTimeout(resolve, 400))
      await broker.start()
      await waiting
      await until(() => expect(mqtt.status()).toMatchObject({ connected: true, stored: 2 }))
      expect((await socs(db))[0]).toEqual(['bus-1', 60])
      const told = lines.filter((line) => /^(info|warn|error)/.test(line)).map((line) => line.split(' {')[0])
      expect(told).toEqual([
        'info the MQTT broker is there',
        'warn the MQTT broker does not answer; trying again',
        'info the MQTT broker is there',
      ])
    },
  )

  test('a message is acknowledged only when it is stored: who leaves before is given it again, who leaves after is not', async () => {
    const db = await depot()
    const first = listen(db, 'careful')
    await until(() => expect(first.mqtt.status().connected).toBe(true))
    const client = await publisher()
    let release: () => void = () => undefined
    let held: Promise<void> = Promise.resolve()
    // Whoever stores must wait for this row.
    await new Promise<void>((locked) => {
      held = db.transaction().execute(async (tx) => {
        await tx.selectFrom('vehicle').selectAll().forUpdate().execute()
        locked()
        await new Promise<void>((resolve) => (release = resolve))
      })
    })
    await client.publishAsync(`${BASE}/bus-1`, JSON.stringify({ at: at(1), socPercent: 61 }), { qos: 1 })
    await until(() => expect(first.mqtt.status().messages).toBe(1))
    const closed = first.mqtt.close()
    release()
    await Promise.all([held, closed])

    const second = listen(db, 'careful')
    await until(() => expect(second.mqtt.status()).toMatchObject({ connected: true, messages: 1 }))
    // One more round to the broker, so that the acknowledgement is there.
    await client.publishAsync(`${BASE}/bus-2`, JSON.stringify({ at: at(1), socPercent: 50 }), { qos: 1 })
    await until(() => expect(second.mqtt.status()).toMatchObject({ messages: 2, stored: 1 }))
    await new Promise((resolve) => setTimeout(resolve, 100))
    await second.mqtt.close()

    const third = listen(db, 'careful')
    await until(() => expect(third.mqtt.status().connected).toBe(true))
    await new Promise((resolve) => setTimeout(resolve, 200))
    expect(third.mqtt.status().messages).toBe(0)
    expect(await socs(db)).toEqual([
      ['bus-1', 61],
      ['bus-2', 50],
    ])
  })
})
