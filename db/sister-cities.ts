import type { CityGlance, SisterCity } from '../domain/city-glance.ts'
import { json, type Db } from './database.ts'

export interface SisterCityView extends SisterCity {
  askedAt: Date | null
  /** When its glance came, by our clock; null: it never did. */
  heardAt: Date | null
  /** `ok`, or why nothing came the last time; null: it has not been asked yet. */
  outcome: string | null
  failures: number
  glance: CityGlance | null
}

/** The cities beside this one, in the order in which they are configured. */
export async function sisterCities(db: Db): Promise<SisterCityView[]> {
  const rows = await db.selectFrom('sister_city').selectAll().orderBy('position').orderBy('name').execute()
  return rows.map((row) => ({
    name: row.name,
    url: row.url,
    askedAt: row.asked_at,
    heardAt: row.heard_at,
    outcome: row.outcome,
    failures: row.failures,
    glance: row.glance,
  }))
}

/** Makes the table hold the configured cities and no other. One whose address is another begins anew. */
export async function keepSisterCities(db: Db, cities: readonly SisterCity[]): Promise<void> {
  const known = await db.selectFrom('sister_city').select(['name', 'url', 'position']).execute()
  const same = (city: SisterCity, position: number): boolean =>
    known.some((row) => row.name === city.name && row.url === city.url && row.position === position)
  if (known.length === cities.length && cities.every(same)) return
  await db.transaction().execute(async (tx) => {
    const isKept = (name: string, url: string): boolean => cities.some((city) => city.name === name && city.url === url)
    for (const row of known)
      if (!isKept(row.name, row.url)) await tx.deleteFrom('sister_city').where('name', '=', row.name).execute()
    for (const [position, { name, url }] of cities.entries())
      await tx
        .insertInto('sister_city')
        .values({ name, url, position })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ position }))
        .execute()
  })
}

/** Notes what came of asking a city; what it told earlier stays when nothing came. */
export async function noteSisterCity(
  db: Db,
  name: string,
  { at, outcome, failures, glance }: { at: Date; outcome: string; failures: number; glance: CityGlance | null },
): Promise<void> {
  await db
    .updateTable('sister_city')
    .set({
      asked_at: at,
      outcome: outcome.slice(0, 300),
      failures,
      ...(glance === null ? {} : { heard_at: at, glance: json(glance) }),
    })
    .where('name', '=', name)
    .execute()
}
