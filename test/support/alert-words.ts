import type { AlertRow } from '../../db/database.ts'
import type { AlertText } from '../../web/parts/alert-texts/parameters.ts'
import type { Alert } from '../../web/parts/api-types.ts'

/** An alert as a page in Bulgarian tells it; the page knows vehicles and chargers by their ids alone, and the clock is in Sofia. */
export async function toldInBulgarian(row: AlertRow | undefined, now: Date): Promise<AlertText> {
  if (row === undefined) throw new Error('There is no such alert.')
  // The least of a browser that the choice of a language asks for.
  Object.assign(globalThis, {
    location: new URL('http://localhost/?lang=bg'),
    document: { documentElement: { lang: '' } },
  })
  const { alertText } = await import('../../web/parts/alert-text.ts')
  const { createFormat } = await import('../../web/parts/format.ts')
  const alert = {
    kind: row.kind,
    vehicleId: row.vehicle_id,
    stationId: row.station_id,
    sentence: row.sentence,
    cause: row.cause,
    remedy: row.remedy,
    parameters: row.parameters,
  } as unknown as Alert
  const { namesOf } = await import('../../web/parts/names.ts')
  return alertText(alert, {
    names: namesOf({ vehicles: new Map(), stations: new Map() }),
    format: createFormat('bg', 'Europe/Sofia'),
    now: now.getTime(),
  })
}
