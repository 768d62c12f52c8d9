import { sql } from 'kysely'
import type { Db } from './database.ts'
import { noteSeriesImport } from './series-imports.ts'

/** The outdoor temperature of an hour that begins at `at`, measured or forecast. */
export interface WeatherHour {
  at: Date
  temperatureC: number
}

const FORECAST_HOURS = 24
/** Fewer hours than this say nothing of a day. */
const ENOUGH_HOURS = 12

/** Stores temperatures of a site; one of the same instant is replaced, as a forecast is by what came. False: there is no such site. */
export function storeWeather(
  db: Db,
  siteId: string,
  hours: readonly WeatherHour[],
  source: string,
  receivedAt: Date,
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const site = await tx.selectFrom('site').select('id').where('id', '=', siteId).executeTakeFirst()
    if (site === undefined) return false
    await sql`insert into weather (site_id, at, temperature_c, source, received_at)
      select ${siteId}::text, a, t, ${source}::text, ${receivedAt}::timestamptz
      from unnest(${hours.map((hour) => hour.at.toISOString())}::timestamptz[], ${hours.map((hour) => hour.temperatureC)}::real[]) as r(a, t)
      on conflict (site_id, at) do update set temperature_c = excluded.temperature_c, source = excluded.source,
        received_at = excluded.received_at`.execute(tx)
    const times = hours.map((hour) => hour.at)
    await noteSeriesImport(tx, { kind: 'weather', series: siteId, source, at: receivedAt, times, slots: hours.length })
    return true
  })
}

/** Temperatures of a site in `[from, to)`, ascending, after an instant where one is given. */
export function weatherBetween(
  db: Db,
  filter: { siteId: string; from?: Date | undefined; to?: Date | undefined; after?: Date | undefined; limit: number },
): Promise<(WeatherHour & { source: string })[]> {
  let query = db
    .selectFrom('weather')
    .select(['at', 'temperature_c as temperatureC', 'source'])
    .where('site_id', '=', filter.siteId)
    .orderBy('at')
    .limit(filter.limit)
  if (filter.from !== undefined) query = query.where('at', '>=', filter.from)
  if (filter.to !== undefined) query = query.where('at', '<', filter.to)
  if (filter.after !== undefined) query = query.where('at', '>', filter.after)
  return query.execute()
}

/** The mean temperature forecast for the day from `at` on; null: too few of its hours are known. */
export async function forecastMean(db: Db, siteId: string, at: Date): Promise<number | null> {
  const row = await db
    .selectFrom('weather')
    .select((eb) => [eb.fn.avg<number | null>('temperature_c').as('mean'), eb.fn.countAll().as('hours')])
    .where('site_id', '=', siteId)
    .where('at', '>=', at)
    .where('at', '<', new Date(at.getTime() + FORECAST_HOURS * 3_600_000))
    .executeTakeFirstOrThrow()
  if (row.mean === null || Number(row.hours) < ENOUGH_HOURS) return null
  return Math.round(Number(row.mean) * 10) / 10
}
