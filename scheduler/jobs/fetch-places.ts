import { duePlaceSources, notePlaceFetch } from '../../db/place-sources.ts'
import { storeSourcePlaces } from '../../db/store-places.ts'
import { outboundProblem } from '../../domain/outbound-url.ts'
import { placesOfGeojson } from '../../domain/places/geojson.ts'
import type { SourceReading } from '../../domain/places/source-place.ts'
import { keptSentence } from '../../domain/sentences/kept-sentence.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import { askForText } from './ask-for-text.ts'
import { OutsideError } from './ask-outside.ts'
import type { JobContext } from './job.ts'

const MINUTE_MS = 60_000
/** Sources of one run; those left over come first the next time. */
const MOST_A_RUN = 20
const LONGEST_WAIT_MINUTES = 6 * 60

/**
 * Fetches the sources of places whose time has come and stores what they bring. One that fails is asked less and less often, and its places stay with the age that
 * they have.
 */
export async function fetchPlaces({ db, now, log, outbound }: JobContext): Promise<void> {
  for (const { sourceId, url, kind, mapping, fetchMinutes, failures } of await duePlaceSources(db, now(), MOST_A_RUN)) {
    if (url === null) continue
    const problem = outboundProblem(url, outbound)
    const reading = problem === null ? await readSource(url, { kind, mapping }, log) : refuse(problem)
    const at = now()
    const minutes = fetchMinutes ?? 10
    if (reading.refused === null) {
      await storeSourcePlaces(db, sourceId, reading.places, at)
      await notePlaceFetch(db, sourceId, { at, nextAt: later(at, minutes), outcome: 'ok', failures: 0 })
      log.debug({ sourceId, places: reading.places.length, findings: reading.findings.length }, 'places read')
      continue
    }
    const wait = Math.max(minutes, Math.min(LONGEST_WAIT_MINUTES, minutes * 2 ** Math.min(failures, 10)))
    await notePlaceFetch(db, sourceId, {
      at,
      nextAt: later(at, wait),
      outcome: keptSentence(reading.refused),
      failures: failures + 1,
    })
    if (failures === 0) log.warn({ sourceId, reason: reading.refused.in('en') }, 'a source of places fails')
  }
}

function later(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * MINUTE_MS)
}

async function readSource(
  url: string,
  options: Parameters<typeof placesOfGeojson>[1],
  log: JobContext['log'],
): Promise<SourceReading> {
  try {
    const { status, body } = await askForText(new URL(url))
    return status === 200 ? placesOfGeojson(JSON.parse(body), options) : refuse(say('outside_status', { status }))
  } catch (error) {
    if (error instanceof OutsideError) return refuse(error.sentence)
    // One that no reader was made for: the others still get their turn.
    if (!(error instanceof SyntaxError))
      log.error({ url: new URL(url).host, error }, 'a source of places cannot be read')
    return refuse(say('outside_unreadable'))
  }
}

function refuse(refused: Sentence): SourceReading {
  return { places: [], findings: [], refused }
}
