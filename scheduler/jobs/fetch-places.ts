import { duePlaceSources, notePlaceFetch } from '../../db/place-sources.ts'
import { storeSourcePlaces } from '../../db/store-places.ts'
import { outboundProblem } from '../../domain/outbound-url.ts'
import { placesOfGeojson } from '../../domain/places/geojson.ts'
import type { SourceReading } from '../../domain/places/source-place.ts'
import { askForText } from './ask-for-text.ts'
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
    const reading = problem === null ? await readSource(url, { kind, mapping }) : refuse(problem.in('en'))
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
      outcome: reading.refused,
      failures: failures + 1,
    })
    if (failures === 0) log.warn({ sourceId, reason: reading.refused }, 'a source of places fails')
  }
}

function later(at: Date, minutes: number): Date {
  return new Date(at.getTime() + minutes * MINUTE_MS)
}

/** What a fetch brought; why it brought nothing is kept in English, for whoever looks after the source through the API. */
interface Fetched extends Pick<SourceReading, 'places' | 'findings'> {
  refused: string | null
}

async function readSource(url: string, options: Parameters<typeof placesOfGeojson>[1]): Promise<Fetched> {
  try {
    const { status, body } = await askForText(new URL(url))
    if (status !== 200) return refuse(`it answers with HTTP ${status}`)
    const reading = placesOfGeojson(JSON.parse(body), options)
    return { ...reading, refused: reading.refused?.in('en') ?? null }
  } catch (error) {
    return refuse(error instanceof SyntaxError ? 'it is no JSON' : error instanceof Error ? error.message : 'it failed')
  }
}

function refuse(refused: string): Fetched {
  return { places: [], findings: [], refused }
}
