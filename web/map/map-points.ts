import type { Place } from '../parts/api-types.ts'
import type { Format } from '../parts/format.ts'
import type { MapPoint } from '../parts/map/map-types.ts'
import { placeState, type Heard } from '../parts/places/place-state.ts'
import { ONE_WORDS, stateWords } from '../parts/places/place-words.ts'
import type { RoadBus } from '../parts/places/road-buses.ts'

/** Who gets room for its words first. */
const RANKS: Record<Place['kind'], number> = {
  parking: 30,
  charger: 30,
  air: 10,
  building: 8,
  stop: 4,
  camera: 1,
  wifi: 1,
}

/** A place as it stands on the map. */
export function pointOf(place: Place, heard: Heard, format: Format): MapPoint {
  const words = stateWords(place, heard, format)
  const isStop = place.kind === 'stop'
  const text = isStop ? place.name : words
  return {
    id: place.placeId,
    latitude: place.latitude,
    longitude: place.longitude,
    name: [ONE_WORDS[place.kind](), place.name, words].filter((part) => part !== null).join(', '),
    shape: isStop ? 'dot' : (place.kind as Exclude<Place['kind'], 'stop'>),
    state: placeState(place, heard),
    ...(text === null ? {} : { text }),
    rank: RANKS[place.kind],
    tabStop: !isStop,
  }
}

export function busPoint(bus: RoadBus, name: string, route: string | null): MapPoint {
  const { id, latitude, longitude } = bus
  return { id, latitude, longitude, name, shape: 'bus', state: 'plain', rank: 40, text: route ?? bus.label }
}
