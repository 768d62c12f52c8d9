import { api, ask, type Answer } from '../api.ts'
import type { Place } from '../api-types.ts'
import type { PlaceKind } from './place-state.ts'

/** A page that shows more than this is of no use to anybody. */
const MOST_PLACES = 3_000

/** All places of a kind that this reader may see. */
export async function fetchPlaces(kind: PlaceKind): Promise<Answer<Place[]>> {
  const places: Place[] = []
  let cursor: string | undefined
  do {
    const query = { kind, limit: 500, ...(cursor === undefined ? {} : { cursor }) }
    const answer = await ask(api.GET('/api/v1/places', { params: { query } }))
    if (!answer.ok) return answer
    places.push(...answer.value.items)
    cursor = answer.value.next ?? undefined
  } while (cursor !== undefined && places.length < MOST_PLACES)
  return { ok: true, value: places }
}
