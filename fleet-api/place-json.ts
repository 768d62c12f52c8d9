import type { z } from '@hono/zod-openapi'
import { placeLinks, READING_LIFETIME_MS } from '../domain/place.ts'
import type { NearPlace } from '../db/views/near-places.ts'
import type { PlaceView } from '../db/views/places.ts'
import type { AsJson } from './as-json.ts'
import { asJson } from './as-json.ts'
import type { place } from './schemas/places.ts'

/** A place as the API writes it. */
export function placeJson(view: PlaceView | NearPlace, now: Date): AsJson<z.output<typeof place>> {
  const { station, latest, counts, ...shown } = view
  return asJson({
    ...shown,
    charging:
      station === null || counts === null
        ? null
        : {
            stationId: station.stationId,
            siteId: station.siteId,
            counts,
            evses: station.evses.map(({ evseId, status, maxPowerW, currentType, connectors }) => ({
              evseId,
              status,
              maxPowerW,
              currentType,
              connectors,
            })),
            price: station.tariff,
          },
    readings: Object.entries(latest).map(([quantity, { value, at }]) => ({
      quantity,
      value,
      at,
      old: now.getTime() - Date.parse(at) > READING_LIFETIME_MS,
    })),
    links: placeLinks(view),
  })
}
