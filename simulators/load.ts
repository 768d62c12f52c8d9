import type { JsonObject } from '../domain/command.ts'
import { latencies } from './latencies.ts'
import { loadMessages } from './load-messages.ts'
import type { LoadMessages, LoadProtocol } from './load-messages.ts'
import { LoadError, LoadStation } from './load-station.ts'

export interface LoadOptions {
  /** Address without the station's identity. */
  url: string
  stations: number
  protocol: LoadProtocol
  /** Meter messages a second over all stations; 0: each station sends the next as soon as it is answered. */
  rate: number
  /** Seconds of meter messages, once every station is in. */
  durationSeconds: number
  /** Identities are this and a number. */
  prefix: string
  /** How many handshakes at once. */
  concurrency?: number
  signal?: AbortSignal
  /** Once a second. */
  progress?(line: LoadProgress): void
}

export interface LoadProgress {
  phase: 'booting' | 'running'
  seconds: number
  stationsIn: number
  answeredLastSecond: number
  p50Ms: number
  p99Ms: number
  errors: number
}

export interface LoadReport {
  stationsIn: number
  bootSeconds: number
  bootsPerSecond: number
  seconds: number
  answered: number
  messagesPerSecond: number
  p50Ms: number
  p99Ms: number
  maxInFlight: number
  /** How often each kind of error came. */
  errors: Record<string, number>
}

/** Boots many light stations, lets each charge for a while, and says how fast the central system answered. */
export async function runLoad(options: LoadOptions): Promise<LoadReport> {
  const { url, stations, protocol, rate, durationSeconds, prefix, concurrency = 100 } = options
  const errors = new Map<string, number>()
  const fleet: { station: LoadStation; messages: LoadMessages }[] = []
  let measured = latencies()
  let lastSecond = latencies()
  let phase: LoadProgress['phase'] = 'booting'
  let inFlight = 0
  let maxInFlight = 0
  let startedMs = performance.now()
  const stopped = (): boolean => options.signal?.aborted === true

  const note = (error: unknown): void => {
    const name = error instanceof LoadError ? error.message : String(error)
    errors.set(name, (errors.get(name) ?? 0) + 1)
  }
  const timed = async (station: LoadStation, [action, payload]: readonly [string, JsonObject]): Promise<JsonObject> => {
    const sentMs = performance.now()
    inFlight += 1
    maxInFlight = Math.max(maxInFlight, inFlight)
    try {
      const response = await station.call(action, payload)
      const tookMs = performance.now() - sentMs
      measured.add(tookMs)
      lastSecond.add(tookMs)
      return response
    } finally {
      inFlight -= 1
    }
  }
  const ticker = setInterval(() => {
    options.progress?.({
      phase,
      seconds: (performance.now() - startedMs) / 1000,
      stationsIn: fleet.length,
      answeredLastSecond: lastSecond.count,
      p50Ms: lastSecond.percentile(0.5),
      p99Ms: lastSecond.percentile(0.99),
      errors: [...errors.values()].reduce((sum, one) => sum + one, 0),
    })
    lastSecond = latencies()
  }, 1_000)

  try {
    let nextNumber = 0
    await together(Math.min(concurrency, stations), async () => {
      while (nextNumber < stations && !stopped()) {
        nextNumber += 1
        const stationId = `${prefix}${nextNumber}`
        try {
          const station = await LoadStation.open(url, stationId, protocol)
          const messages = loadMessages(protocol, stationId)
          const answer = await timed(station, messages.boot)
          if (answer.status !== 'Accepted') throw new LoadError(`boot answered ${String(answer.status)}`)
          await timed(station, messages.available)
          fleet.push({ station, messages })
        } catch (error) {
          note(error)
        }
      }
    })
    const bootSeconds = (performance.now() - startedMs) / 1000

    await together(fleet.length, async (i) => {
      const one = fleet[i]
      if (one === undefined) return
      await timed(one.station, one.messages.start()).then(one.messages.started, note)
    })
    phase = 'running'
    measured = latencies()
    maxInFlight = 0
    startedMs = performance.now()
    const endMs = startedMs + durationSeconds * 1000
    // A paced station waits for its turn; turns are spread evenly, so that a thousand stations do not speak in one moment.
    const turnMs = rate > 0 ? (1000 * fleet.length) / rate : 0
    await together(fleet.length, async (i) => {
      const one = fleet[i]
      if (one === undefined) return
      let dueMs = startedMs + (turnMs * i) / fleet.length
      while (!stopped() && one.station.open && dueMs < endMs && performance.now() < endMs) {
        if (turnMs > 0) await sleepUntil(Math.min(dueMs, endMs))
        if (performance.now() >= endMs) break
        dueMs += turnMs
        await timed(one.station, one.messages.sample()).catch(note)
      }
    })
    const seconds = (performance.now() - startedMs) / 1000
    const report = {
      stationsIn: fleet.length,
      bootSeconds,
      bootsPerSecond: fleet.length / bootSeconds,
      seconds,
      answered: measured.count,
      messagesPerSecond: measured.count / seconds,
      p50Ms: measured.percentile(0.5),
      p99Ms: measured.percentile(0.99),
      maxInFlight,
    }
    await together(fleet.length, async (i) => {
      const one = fleet[i]
      if (one?.station.open === true) await timed(one.station, one.messages.stop()).catch(note)
    })
    return { ...report, errors: Object.fromEntries(errors) }
  } finally {
    clearInterval(ticker)
    for (const { station } of fleet) station.close()
  }
}

async function together(count: number, work: (i: number) => Promise<void>): Promise<void> {
  await Promise.all(Array.from({ length: count }, (_, i) => work(i)))
}

async function sleepUntil(atMs: number): Promise<void> {
  const waitMs = atMs - performance.now()
  if (waitMs <= 0) return
  await new Promise((resolve) => {
    setTimeout(resolve, waitMs)
  })
}
