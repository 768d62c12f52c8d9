import type { AlertRow } from '../../db/database.ts'

interface AlertText {
  sentence: string
  cause: string
  remedy: string
}

interface Pages {
  alertText(alert: object, tools: object): AlertText
  namesOf(known: object): object
  createFormat(locale: string, timeZone: string): object
}

/** The pages are of the browser and compiled as such: here they are only run. */
const ofPages = async (file: string): Promise<Partial<Pages>> =>
  (await import(new URL(`../../web/parts/${file}`, import.meta.url).href)) as Partial<Pages>

/** An alert as a page in Bulgarian tells it; the page knows vehicles and chargers by their ids alone, and the clock is in Sofia. */
export async function toldInBulgarian(row: AlertRow | undefined, now: Date): Promise<AlertText> {
  if (row === undefined) throw new Error('There is no such alert.')
  // The least of a browser that the choice of a language asks for.
  Object.assign(globalThis, {
    location: new URL('http://localhost/?lang=bg'),
    document: { documentElement: { lang: '' } },
  })
  const { alertText } = await ofPages('alert-text.ts')
  const { namesOf } = await ofPages('names.ts')
  const { createFormat } = await ofPages('format.ts')
  if (alertText === undefined || namesOf === undefined || createFormat === undefined)
    throw new Error('The pages have no such functions any more.')
  return alertText(
    { ...row, vehicleId: row.vehicle_id, stationId: row.station_id },
    {
      names: namesOf({ vehicles: new Map(), stations: new Map() }),
      format: createFormat('bg', 'Europe/Sofia'),
      now: now.getTime(),
    },
  )
}
