import { notePositionSource, positionSource, storeDelays, vehicleNames } from '../../../db/position-source.ts'
import { storeTelemetry } from '../../../db/telemetry.ts'
import { AHEAD_MS } from '../../../domain/telemetry.ts'
import { askOutside, OutsideError } from '../ask-outside.ts'
import type { JobContext } from '../job.ts'
import { readRealtime, type RealtimeReading } from './read-realtime.ts'
import { keptSentence } from '../../../domain/sentences/kept-sentence.ts'
import { SaidError } from '../../../domain/sentences/said-error.ts'
import { say, type Sentence } from '../../../domain/sentences/sentence.ts'

const EVERY_MS = 20_000
const TIMEOUT_MS = 15_000
/** A city's vehicles fit in a fraction of this. */
const MAX_BYTES = 10_000_000
/** A message whose own clock stands still for longer than this is as good as none. */
const STALE_FEED_MS = 5 * 60_000

/**
 * Reads the configured GTFS-Realtime feeds every 20 seconds and stores what they tell of our vehicles; does nothing when none is configured. A feed that does not
 * come, cannot be read or stands still is noted as such, so that boards can tell it from buses that are silent; after three times it
 * raises an alert.
 */
export async function fetchPositions({ db, now, log, positions }: JobContext): Promise<void> {
  if (positions === undefined || positions.urls.length === 0) return
  const at = now()
  const before = await positionSource(db)
  if (before !== null && at.getTime() - Date.parse(before.askedAt) < EVERY_MS) return
  const vehicles = await vehicleNames(db)
  const errors: Sentence[] = []
  for (const url of positions.urls) {
    try {
      const told = readRealtime(await ask(url, positions.authorization), { now: at, vehicles })
      const wrong = wrongTimes(told, at)
      if (wrong !== null) errors.push(wrong)
      await storeTelemetry(db, told.readings, at)
      await storeDelays(db, told.delays)
      log.debug({ readings: told.readings.length, delays: told.delays.length, ...told.ignored }, 'positions read')
    } catch (error) {
      if (!(error instanceof SaidError)) throw error
      errors.push(error.sentence)
    }
  }
  const [error = null] = errors
  const failures = error === null ? 0 : (before?.failures ?? 0) + 1
  if (error !== null && failures === 1) log.warn({ error }, 'the feed of positions fails')
  const lastGoodAt = error === null ? at.toISOString() : (before?.lastGoodAt ?? null)
  await notePositionSource(
    db,
    { askedAt: at.toISOString(), lastGoodAt, error: error === null ? null : keptSentence(error), failures },
    at,
  )
}

/** A message that can be read and yet says nothing of now; null: nothing is wrong with its times. */
function wrongTimes({ headerAt, readings, delays, ignored }: RealtimeReading, at: Date): Sentence | null {
  const aheadMs = headerAt === null ? 0 : headerAt.getTime() - at.getTime()
  if (headerAt !== null && aheadMs < -STALE_FEED_MS) return say('feed_still', { at: headerAt.toISOString() })
  if (headerAt !== null && aheadMs > AHEAD_MS) return say('feed_ahead', { at: headerAt.toISOString() })
  // Milliseconds in place of seconds, for the most part.
  const useless = readings.length === 0 && delays.length === 0 && ignored.future > 0
  return useless ? say('feed_future') : null
}

async function ask(url: string, authorization: string | null): Promise<Uint8Array> {
  const accept = 'application/x-protobuf, application/octet-stream'
  const limits = { timeoutMs: TIMEOUT_MS, maxBytes: MAX_BYTES }
  const answer = await askOutside(url, { accept, authorization, ...limits }).catch((error: unknown) => {
    throw error instanceof OutsideError ? new SaidError(say(`feed_${error.problem}`)) : error
  })
  if (answer.status !== 200) throw new SaidError(say('feed_status', { status: answer.status }))
  return answer.bytes
}
