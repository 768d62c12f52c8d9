import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** A line of the timetable with the ways that it takes, for maps. */
export interface LineView {
  feedId: string
  lineId: string
  shortName: string | null
  longName: string | null
  /** GTFS route_type. */
  type: number | null
  color: string | null
  textColor: string | null
  ways: {
    shapeId: string
    directionId: number | null
    headsign: string | null
    trips: number
    line: [number, number][]
  }[]
}

/** Ways a line beyond the busiest of each are left out. */
const MOST_WAYS = 6

/** The lines of the active feeds, by feed and id, each with its busiest ways. */
export async function lineViews(
  db: Db,
  after: { feedId: string; lineId: string } | null,
  limit: number,
): Promise<LineView[]> {
  const { rows } = await sql<{
    feed_id: string
    id: string
    short_name: string | null
    long_name: string | null
    type: number | null
    color: string | null
    text_color: string | null
    ways: LineView['ways'] | null
  }>`
    select r.feed_id, r.id, r.short_name, r.long_name, r.type, r.color, r.text_color, w.ways
    from (select r.* from route r join feed f on f.id = r.feed_id and f.active
      where ${after === null ? sql`true` : sql`(r.feed_id, r.id) > (${after.feedId}, ${after.lineId})`}
      order by r.feed_id, r.id limit ${limit}) r
    left join lateral (
      select jsonb_agg(jsonb_build_object('shapeId', way.shape_id, 'directionId', way.direction_id, 'headsign', way.headsign, 'trips', way.n,
        'line', (select jsonb_agg(jsonb_build_array(p -> 0, p -> 1)) from jsonb_array_elements(s.points) p)) order by way.n desc, way.shape_id) as ways
      from (select t.shape_id, min(t.direction_id) as direction_id, min(t.headsign) as headsign, count(*)::integer as n from trip t
        where t.feed_id = r.feed_id and t.route_id = r.id and t.shape_id is not null
        group by t.shape_id order by count(*) desc, t.shape_id limit ${MOST_WAYS}) way
      join shape s on s.feed_id = r.feed_id and s.id = way.shape_id) w on true
    order by r.feed_id, r.id`.execute(db)
  return rows.map((row) => ({
    feedId: row.feed_id,
    lineId: row.id,
    shortName: row.short_name,
    longName: row.long_name,
    type: row.type,
    color: row.color,
    textColor: row.text_color,
    ways: row.ways ?? [],
  }))
}
