import { sql } from 'kysely'
import type { AttemptOutcome, ConnectionAttempt } from '../domain/connection-attempt.ts'
import { arrayParameter } from './array-parameter.ts'
import type { Db } from './database.ts'

export interface CountedAttempt extends ConnectionAttempt {
  tries: number
  firstAt: Date
  lastAt: Date
}

/** However many knock: so many rows of one address, and so many in all. */
const MOST_OF_ADDRESS = 20
const MOST = 500

/** Notes how chargers knocked, the same try again in the same row, and forgets the oldest beyond the table's bounds. */
export async function noteConnectionAttempts(db: Db, attempts: readonly CountedAttempt[]): Promise<void> {
  if (attempts.length === 0) return
  await db.transaction().execute(async (tx) => {
    await sql`insert into connection_attempt as a (address, station_id, outcome, path, protocols, tries, first_at, last_at)
      select v.address, v.station_id, v.outcome, v.path, coalesce(string_to_array(nullif(v.protocols, ''), ','), '{}'), v.tries, v.first_at, v.last_at
      from unnest(
        ${arrayParameter(attempts.map((one) => one.address))}::text[], ${arrayParameter(attempts.map((one) => one.stationId ?? ''))}::text[],
        ${arrayParameter(attempts.map((one) => one.outcome))}::text[], ${arrayParameter(attempts.map((one) => one.path))}::text[],
        ${arrayParameter(attempts.map((one) => one.protocols.join(',')))}::text[], ${arrayParameter(attempts.map((one) => one.tries))}::int[],
        ${arrayParameter(attempts.map((one) => one.firstAt.toISOString()))}::timestamptz[],
        ${arrayParameter(attempts.map((one) => one.lastAt.toISOString()))}::timestamptz[])
        as v(address, station_id, outcome, path, protocols, tries, first_at, last_at)
      order by 1, 2, 3
      on conflict (address, station_id, outcome) do update set path = excluded.path, protocols = excluded.protocols,
        tries = least(a.tries::bigint + excluded.tries, 2000000000)::int, last_at = greatest(a.last_at, excluded.last_at)`.execute(
      tx,
    )
    await sql`delete from connection_attempt a using (
        select address, station_id, outcome,
          row_number() over (partition by address order by last_at desc) as of_address, row_number() over (order by last_at desc) as of_all
        from connection_attempt) ranked
      where a.address = ranked.address and a.station_id = ranked.station_id and a.outcome = ranked.outcome
        and (of_address > ${sql.lit(MOST_OF_ADDRESS)} or of_all > ${sql.lit(MOST)})`.execute(tx)
  })
}

/** The last tries, newest first: those of one station, or of all. */
export async function connectionAttempts(
  db: Db,
  filter: { stationId?: string | undefined; limit: number },
): Promise<
  {
    stationId: string | null
    address: string
    outcome: AttemptOutcome
    path: string
    protocols: string[]
    tries: number
    firstAt: Date
    lastAt: Date
  }[]
> {
  let query = db.selectFrom('connection_attempt').selectAll().orderBy('last_at', 'desc').limit(filter.limit)
  if (filter.stationId !== undefined) query = query.where('station_id', '=', filter.stationId)
  return (await query.execute()).map((row) => ({
    stationId: row.station_id === '' ? null : row.station_id,
    address: row.address,
    outcome: row.outcome,
    path: row.path,
    protocols: row.protocols,
    tries: row.tries,
    firstAt: row.first_at,
    lastAt: row.last_at,
  }))
}

/** Forgets tries of before: what is wrong with a charger is mended within days. */
export async function forgetConnectionAttempts(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('connection_attempt').where('last_at', '<', before).execute()
}
