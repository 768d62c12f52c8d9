import type { Db } from '../database.ts'

/** A site's time zone, or the first site's; null: there is no such site, or none at all. */
export async function reportTimeZone(db: Db, siteId: string | null): Promise<string | null> {
  const row = await db
    .selectFrom('site')
    .select('time_zone')
    .$if(siteId !== null, (query) => query.where('id', '=', siteId ?? ''))
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return row?.time_zone ?? null
}
