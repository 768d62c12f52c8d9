import { sql } from 'kysely'
import type { Db } from './database.ts'

/** What a changed row belongs to. */
export type ChangedKind =
  | 'site'
  | 'node'
  | 'bay'
  | 'station'
  | 'vehicle'
  | 'vehicleType'
  | 'evse'
  | 'connector'
  | 'session'
  | 'profile'
  | 'alert'
  | 'plan'
  | 'work'
  | 'import'

/** One changed row, as far as a reader must know it to read anew what depends on it. */
export interface Change {
  kind: ChangedKind
  /** Names the row among those of its kind: the session number, alert id, plan id, … */
  id: string
  vehicleId: string | null
  stationId: string | null
  siteId: string | null
  changeSeq: number
}

/** The transaction below which every change is visible: what to remember before a look, and to ask from at the next. */
export async function liveHorizon(db: Db): Promise<number> {
  const { rows } = await sql<{
    horizon: number
  }>`select (pg_snapshot_xmin(pg_current_snapshot())::text)::bigint as horizon`.execute(db)
  return Number(rows[0]?.horizon ?? 0)
}

/**
 * The rows changed by transaction `since` and those after it. Ask for the horizon first, in a statement of its own, then for the
 * changes since the horizon before: then nothing is lost, not even what a transaction that began early commits late; some rows come
 * twice. A row's number may also fall, when the younger of two transactions commits first, so compare numbers for being different, not greater.
 */
export async function changesSince(db: Db, since: number): Promise<Change[]> {
  const { rows } = await sql<{
    kind: ChangedKind
    id: string
    vehicle_id: string | null
    station_id: string | null
    site_id: string | null
    seq: number
  }>`
    select 'site' as kind, id, null as vehicle_id, null as station_id, id as site_id, change_seq as seq from site where change_seq >= ${since}
    union all select 'node', site_id || ' ' || id, null, null, site_id, change_seq from limit_node where change_seq >= ${since}
    union all select 'bay', site_id || ' ' || id, null, null, site_id, change_seq from bay where change_seq >= ${since}
    union all select 'station', id, null, id, site_id, change_seq from station where change_seq >= ${since}
    union all select 'vehicle', id, id, null, site_id, change_seq from vehicle where change_seq >= ${since}
    union all select 'vehicleType', id, null, null, null, change_seq from vehicle_type where change_seq >= ${since}
    union all select 'evse', e.station_id || ' ' || e.evse_id, e.vehicle_id, e.station_id, s.site_id, e.change_seq
      from evse e join station s on s.id = e.station_id where e.change_seq >= ${since}
    union all select 'connector', station_id || ' ' || evse_id || ' ' || connector_id, null, station_id, null, change_seq
      from connector where change_seq >= ${since}
    union all select 'session', number::text, vehicle_id, station_id, null, change_seq from charging_session where change_seq >= ${since}
    union all select 'profile', station_id || ' ' || item, null, station_id, null, change_seq
      from desired_state where change_seq >= ${since} and item like 'txProfile:%'
    union all select 'alert', id::text, vehicle_id, station_id, site_id, change_seq from alert where change_seq >= ${since}
    union all select 'plan', id::text, null, null, site_id, change_seq from plan where change_seq >= ${since} and current
    union all select 'work', 'block ' || date || ' ' || block_id, null, null, null, change_seq from block_assignment where change_seq >= ${since}
    union all select 'work', 'feed ' || id, null, null, null, change_seq from feed where change_seq >= ${since}
    union all select case type when 'vehicleChanged' then 'work' else 'import' end, 'event ' || id, null, null, null, change_seq
      from event where change_seq >= ${since} and type in ('vehicleChanged', 'fleetImported', 'timetableImported')`.execute(
    db,
  )
  return rows.map((row) => ({
    kind: row.kind,
    id: row.id,
    vehicleId: row.vehicle_id,
    stationId: row.station_id,
    siteId: row.site_id,
    changeSeq: Number(row.seq),
  }))
}
