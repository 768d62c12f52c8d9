import { sql } from 'kysely'
import type { Db } from '../database.ts'

export interface CityCounts {
  lines: number
  stops: number
  wifi: number
  cameras: number
}

/** How many there are of what is only counted: lines and stops of the timetables in use, and places that have no state. */
export async function cityCounts(db: Db, publicOnly: boolean): Promise<CityCounts> {
  const seen = publicOnly ? sql`p.public and o.public` : sql`true`
  const { rows } = await sql<CityCounts>`select
    (select count(*)::integer from route r join feed f on f.id = r.feed_id where f.active) as lines,
    (select count(*)::integer from stop t join feed f on f.id = t.feed_id where f.active and t.location_type = 0) as stops,
    (select count(*)::integer from place p join place_source o on o.id = p.source where p.kind = 'wifi' and ${seen}) as wifi,
    (select count(*)::integer from place p join place_source o on o.id = p.source where p.kind = 'camera' and ${seen}) as cameras`.execute(
    db,
  )
  return rows[0] ?? { lines: 0, stops: 0, wifi: 0, cameras: 0 }
}
