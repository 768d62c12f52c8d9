import type { Db } from '../../db/database.ts'
import { allStops, stopsStamp, type FoundStop, type StopView } from '../../db/views/stops.ts'
import { greatCircleM } from '../../domain/great-circle.ts'
import { foldName, nameDistance } from '../../domain/stop-search.ts'

interface IndexedStop {
  stop: StopView
  folded: string
}

/**
 * Finds stops by words as people type them: in either alphabet, with a letter wrong, words in any order. The stops are kept in memory, 2,800 of them in
 * a city like Sofia, and read anew when a timetable is imported.
 */
export function createStopFinder(
  db: Db,
): (words: string, near: { latitude: number; longitude: number } | null, limit: number) => Promise<FoundStop[]> {
  let kept: { stamp: string; stops: Promise<IndexedStop[]> } | null = null

  async function index(): Promise<IndexedStop[]> {
    const stamp = await stopsStamp(db)
    if (kept?.stamp !== stamp) {
      const stops = allStops(db).then((all) => all.map((stop) => ({ stop, folded: foldName(stop.name) })))
      kept = { stamp, stops }
      // What failed is not kept.
      stops.catch(() => (kept = null))
    }
    return await kept.stops
  }

  return async (words, near, limit) => {
    const query = foldName(words)
    const code = words.trim().toLowerCase()
    return (await index())
      .flatMap(({ stop, folded }) => {
        const fit = stop.code?.toLowerCase() === code ? 0 : query === '' ? null : nameDistance(query, folded)
        if (fit === null) return []
        const awayM =
          near === null || stop.latitude === null || stop.longitude === null
            ? null
            : Math.round(greatCircleM(near.latitude, near.longitude, stop.latitude, stop.longitude))
        return [{ fit, found: { ...stop, distanceM: awayM } }]
      })
      .sort((a, b) => a.fit - b.fit || (a.found.distanceM ?? 0) - (b.found.distanceM ?? 0))
      .slice(0, limit)
      .map(({ found }) => found)
  }
}
