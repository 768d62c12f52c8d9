import { sql } from 'kysely'
import type { Db } from './database.ts'

/** A station that waits for somebody's approval. */
export interface PendingStation {
  stationId: string
  siteId: string | null
  vendor: string | null
  model: string | null
  firstSeenAt: Date | null
}

export async function pendingStations(db: Db): Promise<PendingStation[]> {
  const rows = await db
    .selectFrom('station')
    .select(['id', 'site_id', 'vendor', 'model', 'first_seen_at'])
    .where('registration', '=', 'pending')
    .where('first_seen_at', 'is not', null)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({
    stationId: row.id,
    siteId: row.site_id,
    vendor: row.vendor,
    model: row.model,
    firstSeenAt: row.first_seen_at,
  }))
}

/** The last day on which a block runs, over all feeds in use (`YYYY-MM-DD`); null when there is none. */
export async function lastBlockDay(db: Db): Promise<string | null> {
  const { rows } = await sql<{ last: string | null }>`select max(d.date)::text as last from service_day d
    join feed f on f.id = d.feed_id and f.active
    where exists (select 1 from trip t where t.feed_id = d.feed_id and t.service_id = d.service_id and t.block_id is not null)`.execute(
    db,
  )
  return rows[0]?.last ?? null
}

/** The least power that each EVSE of a site has measured in `(from, to]`; only those with three readings or more. */
export async function leastMeasuredPower(
  db: Db,
  siteId: string,
  from: Date,
  to: Date,
): Promise<{ stationId: string; evseId: number; leastW: number }[]> {
  const rows = await db
    .selectFrom('meter_sample')
    .innerJoin('station', 'station.id', 'meter_sample.station_id')
    .where('station.site_id', '=', siteId)
    .where('meter_sample.at', '>', from)
    .where('meter_sample.at', '<=', to)
    .where('meter_sample.power_w', 'is not', null)
    .groupBy(['meter_sample.station_id', 'meter_sample.evse_id'])
    .having((eb) => eb.fn.count(eb.ref('meter_sample.at')).distinct(), '>=', 3)
    .select((eb) => ['meter_sample.station_id', 'meter_sample.evse_id', eb.fn.min('meter_sample.power_w').as('least')])
    .execute()
  return rows.map((row) => ({ stationId: row.station_id, evseId: row.evse_id, leastW: row.least ?? 0 }))
}

/** Whether a fleet file with this site was imported after an instant. */
export async function fleetImportedSince(db: Db, siteId: string, since: Date): Promise<boolean> {
  const row = await db
    .selectFrom('event')
    .select('id')
    .where('at', '>', since)
    .where('type', '=', 'fleetImported')
    .where('site_id', '=', siteId)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
