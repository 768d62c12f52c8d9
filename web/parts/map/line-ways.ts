import { api, ask, type Answer } from '../api.ts'
import type { Line } from '../api-types.ts'
import type { MapLine } from './map-types.ts'

/** Lines of a big city come in pages; beyond this many nobody tells them apart on a map. */
const MOST_LINES = 400

/** The lines of all timetables in use, for a map. */
export async function fetchLines(): Promise<Answer<MapLine[]>> {
  const lines: MapLine[] = []
  let cursor: string | undefined
  do {
    const query = cursor === undefined ? { limit: 200 } : { limit: 200, cursor }
    const answer = await ask(api.GET('/api/v1/lines', { params: { query } }))
    if (!answer.ok) return answer
    lines.push(...answer.value.items.map(mapLine))
    cursor = answer.value.next ?? undefined
  } while (cursor !== undefined && lines.length < MOST_LINES)
  return { ok: true, value: lines }
}

interface AnsweredLine extends Omit<Line, 'ways'> {
  ways: { line: number[][] }[]
}

function mapLine({ feedId, lineId, shortName, longName, color, ways }: AnsweredLine): MapLine {
  return {
    id: `${feedId}:${lineId}`,
    label: shortName ?? longName ?? lineId,
    color: color !== null && /^[0-9a-f]{6}$/i.test(color) ? color : null,
    ways: ways.map((way) => way.line.map(([latitude = 0, longitude = 0]) => [latitude, longitude] as const)),
  }
}
