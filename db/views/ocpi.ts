import { sql } from 'kysely'
import type { Db } from '../database.ts'
import { stationPlaces, stationUpdatedAt, type StationPlace } from './station-places.ts'

/** A page by offset, as OCPI has it: objects last updated within [from, to). */
export interface OcpiPage {
  from?: Date | undefined
  to?: Date | undefined
  offset: number
  limit: number
}

export interface Counted<Item> {
  items: Item[]
  /** All that fit, on whatever page. */
  total: number
}

/** Accepted stations that stand at a site, by first appearance, then id. */
export async function ocpiStations(
  db: Db,
  query: OcpiPage & { publicOnly: boolean },
  now: Date,
): Promise<Counted<StationPlace>> {
  const { from, to, publicOnly, offset, limit } = query
  const updated = stationUpdatedAt(now)
  const { rows } = await sql<{
    id: string
    total: string | number
  }>`select s.id, count(*) over () as total from station s join site i on i.id = s.site_id
    where s.registration = 'accepted' and ${publicOnly ? sql`coalesce(s.public, i.public)` : sql`true`}
      and ${from === undefined ? sql`true` : sql`${updated} >= ${from}`} and ${to === undefined ? sql`true` : sql`${updated} < ${to}`}
    order by s.id offset ${offset} limit ${limit}`.execute(db)
  const places = await stationPlaces(
    db,
    rows.map((row) => row.id),
    now,
  )
  // Past the end no row says how many there are.
  const total =
    rows[0]?.total ?? (offset === 0 ? 0 : (await ocpiStations(db, { ...query, offset: 0, limit: 1 }, now)).total)
  return { items: rows.flatMap((row) => places.get(row.id) ?? []), total: Number(total) }
}

export async function ocpiStation(
  db: Db,
  ocpiId: string,
  publicOnly: boolean,
  now: Date,
): Promise<StationPlace | undefined> {
  const row = await db.selectFrom('station').select('id').where('ocpi_id', '=', ocpiId).executeTakeFirst()
  const place = row === undefined ? undefined : (await stationPlaces(db, [row.id], now)).get(row.id)
  return place === undefined || (publicOnly && !place.public) ? undefined : place
}

export interface OcpiSession {
  number: number
  stationId: string
  evseId: number
  connectorId: number | null
  idToken: string | null
  startedAt: Date
  endedAt: Date | null
  /** null: no meter said anything. */
  energyWh: number | null
  stopReason: string | null
  updatedAt: Date
}

/** Charging sessions whose start is known, oldest first. */
export async function ocpiSessions(db: Db, query: OcpiPage & { endedOnly: boolean }): Promise<Counted<OcpiSession>> {
  const { from, to, endedOnly, offset, limit } = query
  // As in the index charging_session_updated.
  const updated = sql<Date>`greatest(started_received_at, last_sample_at, ended_received_at)`
  const fits = sql`not orphan and ${endedOnly ? sql`ended_at is not null` : sql`true`}
    and ${from === undefined ? sql`true` : sql`${updated} >= ${from}`} and ${to === undefined ? sql`true` : sql`${updated} < ${to}`}`
  const { rows: counts } = await sql<{
    n: string | number
  }>`select count(*) as n from charging_session where ${fits}`.execute(db)
  const { rows } = await sql<{
    number: number
    station_id: string
    evse_id: number
    connector_id: number | null
    id_token: string | null
    started_at: Date
    ended_at: Date | null
    energy_wh: string | number | null
    stop_reason: string | null
    updated_at: Date
  }>`select number, station_id, evse_id, connector_id, id_token, started_at, ended_at,
      coalesce(energy_wh, coalesce(meter_stop_wh, meter_last_wh) - meter_start_wh) as energy_wh, stop_reason, ${updated} as updated_at
    from charging_session where ${fits} order by number offset ${offset} limit ${limit}`.execute(db)
  return {
    total: Number(counts[0]?.n ?? 0),
    items: rows.map((row) => ({
      number: row.number,
      stationId: row.station_id,
      evseId: row.evse_id,
      connectorId: row.connector_id,
      idToken: row.id_token,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      energyWh: row.energy_wh === null ? null : Number(row.energy_wh),
      stopReason: row.stop_reason,
      updatedAt: row.updated_at,
    })),
  }
}
