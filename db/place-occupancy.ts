import { sql } from 'kysely'
import { READING_LIFETIME_MS } from '../domain/place.ts'
import type { Db, Tx } from './database.ts'
import { storeReadings } from './place-readings.ts'

/** What a camera or a sensor tells: bays one by one, or one count for the whole place. */
export interface OccupancyReport {
  placeId: string
  at: Date
  bays: readonly { bayId: string; occupied: boolean; at: Date }[]
  free: number | null
}

export const MOST_BAYS = 5_000

/**
 * Stores a report, and the place's free count that follows: the bays that were read as free within the last quarter of an hour, as old as the oldest reading counted.
 * A bay that fell silent counts as neither. What is older than what is known changes nothing. Resolves with the count, null when it is not known.
 */
export function storeOccupancy(
  db: Db,
  report: OccupancyReport,
  receivedAt: Date,
): Promise<'tooManyBays' | { free: number | null; asOf: Date | null }> {
  return db.transaction().execute(async (tx) => {
    // Reports of one place take turns, so that each sums up what the one before stored.
    await tx.selectFrom('place').select('id').where('id', '=', report.placeId).forUpdate().execute()
    if (report.bays.length > 0 && !(await storeBays(tx, report))) return 'tooManyBays'
    const told =
      report.bays.length > 0 ? await sumOfBays(tx, report.placeId, receivedAt) : { free: report.free, asOf: report.at }
    if (told.free !== null && told.asOf !== null) {
      const { asOf } = told
      await tx
        .updateTable('place')
        .set({ free: sql<number>`least(${told.free}::integer, capacity)`, as_of: asOf, updated_at: receivedAt })
        .where('id', '=', report.placeId)
        .where((eb) =>
          report.bays.length > 0 ? eb.val(true) : eb.or([eb('as_of', 'is', null), eb('as_of', '<=', asOf)]),
        )
        .execute()
      await storeReadings(tx, [{ placeId: report.placeId, quantity: 'free', at: report.at, value: told.free }])
    }
    const row = await tx
      .selectFrom('place')
      .select(['free', 'as_of'])
      .where('id', '=', report.placeId)
      .executeTakeFirst()
    return { free: row?.free ?? null, asOf: row?.as_of ?? null }
  })
}

/** false: the place would have more bays than any place has; nothing may be kept. */
async function storeBays(tx: Tx, { placeId, bays }: OccupancyReport): Promise<boolean> {
  const newest = new Map(bays.toSorted((a, b) => a.at.getTime() - b.at.getTime()).map((bay) => [bay.bayId, bay]))
  const last = [...newest.values()]
  const { rows } = await sql<{
    n: number
  }>`select count(*)::integer as n from place_bay where place_id = ${placeId} and bay_id <> all(${last.map((bay) => bay.bayId)}::text[])`.execute(
    tx,
  )
  if ((rows[0]?.n ?? 0) + last.length > MOST_BAYS) return false
  await sql`insert into place_bay (place_id, bay_id, occupied, at)
    select ${placeId}::text, * from unnest(${last.map((bay) => bay.bayId)}::text[], ${last.map((bay) => bay.occupied)}::boolean[], ${last.map((bay) => bay.at.toISOString())}::timestamptz[])
    on conflict (place_id, bay_id) do update set occupied = excluded.occupied, at = excluded.at where place_bay.at <= excluded.at`.execute(
    tx,
  )
  return true
}

async function sumOfBays(tx: Tx, placeId: string, at: Date): Promise<{ free: number | null; asOf: Date | null }> {
  const since = new Date(at.getTime() - READING_LIFETIME_MS)
  const { rows } = await sql<{
    free: number
    as_of: Date | null
  }>`select count(*) filter (where not occupied)::integer as free, min(at) as as_of
    from place_bay where place_id = ${placeId} and at >= ${since}`.execute(tx)
  const [row] = rows
  return row === undefined || row.as_of === null ? { free: null, asOf: null } : { free: row.free, asOf: row.as_of }
}
