import { connect, type IPublishPacket, type MqttClient } from 'mqtt'
import type { Db } from '../db/database.ts'
import { sqlState } from '../db/retry.ts'
import { storeTelemetry } from '../db/telemetry.ts'
import type { Log, Now } from '../domain/ports.ts'
import { MOST_READINGS, readTelemetry, type TelemetryReading } from '../domain/telemetry.ts'
import { readingsOf } from './mqtt-payload.ts'

export interface MqttTelemetryOptions {
  /** May carry a user and a password: never logged. */
  url: string
  topic: string
  /** The broker keeps what comes while we are away under this name; two processes must not share it. */
  clientId: string
  db: Db
  now: Now
  log: Log
  /** Real milliseconds until the first try to connect again; doubles up to `MOST_BACKOFF_MS`. */
  backoffMs?: number
}

export interface MqttTelemetry {
  status(): MqttStatus
  /** Leaves the broker at once; what is not stored yet stays there. */
  close(): Promise<void>
}

export interface MqttStatus {
  connected: boolean
  /** Messages taken, and those that were no telemetry. */
  messages: number
  badMessages: number
  /** Readings stored, and those refused one by one. */
  stored: number
  refused: number
}

const MOST_BACKOFF_MS = 30_000
/** First byte of an acknowledgement (MQTT 3.1.1, 3.4). */
const PUBACK = 0x40
const BAD_LOGGED_EVERY_MS = 60_000
const MOST_STORE_WAIT_MS = 10_000
/** So many messages may wait; then no more is read from the broker. */
const MOST_WAITING = 500

interface Waiting {
  packet: IPublishPacket
  /** Of QoS 1: to acknowledge it with. */
  messageId: number | undefined
  /** The connection that it came over. */
  line: number
}

/**
 * Takes telemetry from an MQTT broker (3.1.1, QoS 1, a session that outlives the connection). A message is acknowledged only when its readings are in the
 * database, those that wait together in one commit; while the database does not answer none is, and the broker keeps them. When the broker goes we try again for ever.
 */
export function startMqttTelemetry(options: MqttTelemetryOptions): MqttTelemetry {
  const { db, now, log, backoffMs = 1000 } = options
  const broker = new URL(options.url).host
  const status: MqttStatus = { connected: false, messages: 0, badMessages: 0, stored: 0, refused: 0 }
  let lines = 0
  const leaving = new AbortController()
  let told: 'up' | 'down' | null = null
  let badLoggedMs = -Infinity
  let badSince = 0
  let refusedSince = 0
  let taking: Promise<void> = Promise.resolve()
  const waiting: Waiting[] = []
  let running = false
  let goOn: (() => void) | undefined

  const client: MqttClient = connect(options.url, {
    clientId: options.clientId,
    clean: false,
    reconnectPeriod: backoffMs,
    connectTimeout: 10_000,
    keepalive: 30,
    // Ours below, at every connect: a broker that was restarted may have forgotten it.
    resubscribe: false,
  })

  client.on('connect', () => {
    lines += 1
    client.options.reconnectPeriod = backoffMs
    client.subscribe(options.topic, { qos: 1 }, (error, granted) => {
      const refused = granted?.some((one) => one.qos >= 128) ?? false
      if (error !== null || refused) {
        log.error({ broker, topic: options.topic }, 'the MQTT broker does not let us subscribe')
        return
      }
      status.connected = true
      if (told !== 'up') log.info({ broker, topic: options.topic }, 'the MQTT broker is there')
      told = 'up'
    })
  })
  client.on('close', () => {
    status.connected = false
    const period = client.options.reconnectPeriod ?? backoffMs
    client.options.reconnectPeriod = Math.min(MOST_BACKOFF_MS, period * 2)
    if (!leaving.signal.aborted && told !== 'down')
      log.warn({ broker }, 'the MQTT broker does not answer; trying again')
    if (!leaving.signal.aborted) told = 'down'
  })
  // Every failure also closes; the reason is worth a line only when it is news.
  client.on('error', (error) => log.debug({ broker, reason: error.message }, 'MQTT failed'))

  // mqtt.js would acknowledge one message before it hands over the next, so that each would need a commit of its own. It takes them for QoS 0 here, and the
  // acknowledgements are ours, in the order of the messages (MQTT 3.1.1, 4.6).
  const messageIds = new WeakMap<object, number>()
  client.on('packetreceive', (packet) => {
    if (packet.cmd !== 'publish' || packet.qos !== 1 || packet.messageId === undefined) return
    messageIds.set(packet, packet.messageId)
    packet.qos = 0
  })
  client.handleMessage = (packet, next): void => {
    if (packet.cmd === 'publish') waiting.push({ packet, messageId: messageIds.get(packet), line: lines })
    if (waiting.length < MOST_WAITING) next()
    else goOn = next
    if (running) return
    running = true
    taking = takeWaiting()
  }

  async function takeWaiting(): Promise<void> {
    while (waiting.length > 0 && !leaving.signal.aborted) {
      const batch = waiting.splice(0)
      await store(batch.flatMap(({ packet }) => read(packet)))
      for (const { messageId, line } of batch) {
        // On a new line the number may be another message's.
        if (messageId === undefined || line !== lines || leaving.signal.aborted) continue
        client.stream.write(Uint8Array.of(PUBACK, 2, messageId >> 8, messageId & 0xff))
      }
      tellBad()
      const next = goOn
      goOn = undefined
      next?.()
    }
    running = false
  }

  function read(packet: IPublishPacket): TelemetryReading[] {
    status.messages += 1
    const payload = typeof packet.payload === 'string' ? new TextEncoder().encode(packet.payload) : packet.payload
    const message = readingsOf(packet.topic, payload)
    if (message === undefined) {
      status.badMessages += 1
      badSince += 1
      return []
    }
    const { vehicleId } = message
    const { readings, refused } = readTelemetry(message.items, { source: 'mqtt', now: now(), vehicleId })
    refuse(refused.length)
    return readings
  }

  async function store(readings: readonly TelemetryReading[]): Promise<void> {
    for (let from = 0; from < readings.length; from += MOST_READINGS) {
      await storePart(readings.slice(from, from + MOST_READINGS))
    }
  }

  async function storePart(readings: readonly TelemetryReading[]): Promise<void> {
    for (let waitMs = 250; !leaving.signal.aborted; waitMs = Math.min(MOST_STORE_WAIT_MS, waitMs * 2)) {
      try {
        const { stored, unknownVehicles } = await storeTelemetry(db, readings, now())
        const unknown = new Set(unknownVehicles)
        status.stored += stored
        refuse(readings.filter((one) => unknown.has(one.vehicleId)).length)
        return
      } catch (error) {
        log.error({ err: error }, 'telemetry from MQTT could not be stored')
        // A value that does not fit its column will not fit it the next time.
        if (/^2[23]/.test(sqlState(error))) {
          refuse(readings.length)
          return
        }
        await new Promise((resolve) => setTimeout(resolve, waitMs))
      }
    }
  }

  function refuse(readings: number): void {
    status.refused += readings
    refusedSince += readings
  }

  /** Of what is no telemetry only the number is told: its content is somebody's. */
  function tellBad(): void {
    const atMs = performance.now()
    if (badSince + refusedSince === 0 || atMs - badLoggedMs < BAD_LOGGED_EVERY_MS) return
    log.warn(
      { broker, messages: badSince, readings: refusedSince },
      'MQTT brought what is no telemetry, or of no vehicle of ours',
    )
    badLoggedMs = atMs
    badSince = 0
    refusedSince = 0
  }

  return {
    status: () => ({ ...status }),
    async close() {
      leaving.abort()
      await client.endAsync(true)
      await taking
    },
  }
}
