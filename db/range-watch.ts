import { sql } from 'kysely'
import type { Db } from './database.ts'

/** What the watch over ranges needs beside the fleet. */
export interface RangeWatch {
  /** Where vehicles were within the last quarter of an hour. */
  positions: Map<string, { latitude: number; longitude: number }>
  /** Chargers in use with a working EVSE that nobody is plugged in at, of every site. */
  chargers: FreeCharger[]
  /** Keys of the range alerts that stand. */
  open: Set<string>
}

export interface FreeCharger {
  stationId: string
  siteId: string
  label: string
  latitude: number
  longitude: number
  maxPowerW: number
}

export async function rangeWatch(db: Db, siteId: string, now: Date): Promise<RangeWatch> {
  const fresh = new Date(now.getTime() - 15 * 60_000)
  const placed = await db
    .selectFrom('vehicle')
    .select(['id', 'latitude', 'longitude'])
    .where('site_id', '=', siteId)
    .where('position_at', '>=', fresh)
    .execute()
  const { rows: chargers } = await sql<FreeCharger>`
    select s.id as "stationId", s.site_id as "siteId", coalesce(s.label, s.id) as label,
      coalesce(s.latitude, site.latitude) as latitude, coalesce(s.longitude, site.longitude) as longitude, max(e.max_power_w) as "maxPowerW"
    from station s join site on site.id = s.site_id join evse e on e.station_id = s.id
    where s.registration = 'accepted' and s.connected and e.operative and e.out_of_order_at is null and e.plugged_in is not true and e.max_power_w > 0
      and not exists (select 1 from charging_session c where c.station_id = s.id and c.evse_id = e.evse_id and c.ended_at is null and not c.orphan)
      and exists (select 1 from connector k where k.station_id = s.id and k.evse_id = e.evse_id and k.status not in ('faulted', 'unavailable'))
    group by s.id, site.id order by s.id`.execute(db)
  const open = await db
    .selectFrom('alert')
    .select('key')
    .where('kind', '=', 'rangeShort')
    .where('cleared_at', 'is', null)
    .execute()
  return {
    positions: new Map(
      placed.flatMap(({ id, latitude, longitude }) =>
        latitude === null || longitude === null ? [] : [[id, { latitude, longitude }] as const],
      ),
    ),
    chargers,
    open: new Set(open.map((alert) => alert.key)),
  }
}
