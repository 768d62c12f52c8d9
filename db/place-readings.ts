import { sql } from 'kysely'
import type { Db, Tx } from './database.ts'

export interface StoredReading {
  placeId: string
  quantity: string
  at: Date
  value: number
}

/** Stores readings, and the newest of each quantity with its place. The same reading again changes nothing; the last of two at one instant holds. */
export async function storeReadings(tx: Db | Tx, readings: readonly StoredReading[]): Promise<void> {
  if (readings.length === 0) return
  const last = [...new Map(readings.map((one) => [`${one.placeId} ${one.quantity} ${one.at.getTime()}`, one])).values()]
  await sql`insert into place_reading (place_id, quantity, at, value)
    select * from unnest(${last.map((one) => one.placeId)}::text[], ${last.map((one) => one.quantity)}::text[], ${last.map((one) => one.at.toISOString())}::timestamptz[], ${last.map((one) => one.value)}::float8[])
    on conflict (place_id, quantity, at) do update set value = excluded.value where place_reading.value <> excluded.value`.execute(
    tx,
  )
  const touched = [...new Set(last.map((one) => one.placeId))]
  await sql`update place p set latest = n.latest from (
      select place_id, jsonb_object_agg(quantity, jsonb_build_object('value', value, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) as latest
      from (select distinct on (place_id, quantity) place_id, quantity, at, value from place_reading where place_id = any(${touched}::text[]) order by place_id, quantity, at desc) newest
      group by place_id) n
    where p.id = n.place_id`.execute(tx)
}

export interface ReadingsQuery {
  placeId: string
  quantity?: string | undefined
  from: Date
  to: Date
  /** The reading before which this page begins: newest come first. */
  before?: { at: Date; quantity: string } | undefined
  limit: number
}

export function placeReadings(db: Db, query: ReadingsQuery): Promise<Omit<StoredReading, 'placeId'>[]> {
  let rows = db
    .selectFrom('place_reading')
    .select(['quantity', 'at', 'value'])
    .where('place_id', '=', query.placeId)
    .where('at', '>=', query.from)
    .where('at', '<', query.to)
    .orderBy('at', 'desc')
    .orderBy('quantity')
    .limit(query.limit)
  if (query.quantity !== undefined) rows = rows.where('quantity', '=', query.quantity)
  const { before } = query
  if (before !== undefined)
    rows = rows.where((eb) =>
      eb.or([eb('at', '<', before.at), eb.and([eb('at', '=', before.at), eb('quantity', '>', before.quantity)])]),
    )
  return rows.execute()
}

/** Readings older than `before` are forgotten; the newest of each quantity stays with its place. */
export async function forgetPlaceReadings(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('place_reading').where('at', '<', before).execute()
}
