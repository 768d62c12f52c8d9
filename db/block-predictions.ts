import { sql } from 'kysely'
import type { PredictedStop } from '../domain/block-prediction.ts'
import { json, type Db, type Tx } from './database.ts'
import { arrayParameter } from './array-parameter.ts'
import { storedStop } from './stored-stops.ts'

/** One row of `block_prediction`. */
export interface BlockPrediction {
  date: string
  blockId: string
  feedId: string
  vehicleId: string | null
  positionAt: Date | null
  deviationS: number | null
  basis: 'live' | 'schedule'
  cancelledFromTripId: string | null
  cancelledTripIds: string[]
  reason: string | null
  sentence: string | null
  replacementVehicleId: string | null
  depotArrivalAt: Date | null
  endAt: Date
  stops: PredictedStop[]
}

/** What is known of a stored prediction without reading its stops. */
export interface PredictionStamp {
  date: string
  blockId: string
  vehicleId: string | null
  basis: 'live' | 'schedule'
  computedAt: Date
  endAt: Date
  cancelledFromTripId: string | null
  replacementVehicleId: string | null
}

/** Every stored prediction, without its stops. */
export async function predictionStamps(db: Db): Promise<PredictionStamp[]> {
  const rows = await db
    .selectFrom('block_prediction')
    .select([
      'date',
      'block_id',
      'vehicle_id',
      'basis',
      'computed_at',
      'end_at',
      'cancelled_from_trip_id',
      'replacement_vehicle_id',
    ])
    .execute()
  return rows.map((row) => ({
    date: row.date,
    blockId: row.block_id,
    vehicleId: row.vehicle_id,
    basis: row.basis,
    computedAt: row.computed_at,
    endAt: row.end_at,
    cancelledFromTripId: row.cancelled_from_trip_id,
    replacementVehicleId: row.replacement_vehicle_id,
  }))
}

/** When each block was last looked at, by `date block`, so that who shows predictions knows what to read anew. It reads no stops. */
export async function predictionTimes(db: Db): Promise<Map<string, number>> {
  const rows = await db.selectFrom('block_prediction').select(['date', 'block_id', 'computed_at']).execute()
  return new Map(rows.map((row) => [`${row.date} ${row.block_id}`, row.computed_at.getTime()]))
}

/** Stores predictions in place of earlier ones of the same blocks. */
export async function storePredictions(db: Db | Tx, rows: readonly BlockPrediction[], at: Date): Promise<void> {
  if (rows.length === 0) return
  await sql`insert into block_prediction (date, block_id, feed_id, vehicle_id, computed_at, position_at, deviation_s, basis, cancelled_from_trip_id,
      cancelled_trip_ids, reason, sentence, replacement_vehicle_id, depot_arrival_at, end_at, stops)
    select d, b, f, v, ${at}::timestamptz, p, s, a, c, i::jsonb, r, w, n, h, e, j::jsonb
    from unnest(${rows.map((row) => row.date)}::date[], ${rows.map((row) => row.blockId)}::text[], ${rows.map((row) => row.feedId)}::text[],
      ${rows.map((row) => row.vehicleId)}::text[], ${rows.map((row) => row.positionAt)}::timestamptz[], ${rows.map((row) => row.deviationS)}::integer[],
      ${rows.map((row) => row.basis)}::text[], ${rows.map((row) => row.cancelledFromTripId)}::text[], ${rows.map((row) => json(row.cancelledTripIds))}::text[],
      ${rows.map((row) => row.reason)}::text[], ${rows.map((row) => row.sentence)}::text[], ${rows.map((row) => row.replacementVehicleId)}::text[],
      ${rows.map((row) => row.depotArrivalAt)}::timestamptz[], ${rows.map((row) => row.endAt)}::timestamptz[], ${arrayParameter(rows.map((row) => json(row.stops.map(storedStop))))}::text[])
      as x(d, b, f, v, p, s, a, c, i, r, w, n, h, e, j)
    on conflict (date, block_id) do update set feed_id = excluded.feed_id, vehicle_id = excluded.vehicle_id, computed_at = excluded.computed_at,
      position_at = excluded.position_at, deviation_s = excluded.deviation_s, basis = excluded.basis,
      cancelled_from_trip_id = excluded.cancelled_from_trip_id, cancelled_trip_ids = excluded.cancelled_trip_ids, reason = excluded.reason,
      sentence = excluded.sentence, replacement_vehicle_id = excluded.replacement_vehicle_id, depot_arrival_at = excluded.depot_arrival_at,
      end_at = excluded.end_at, stops = excluded.stops`.execute(db)
}

/** Notes that predictions were looked at again and their stops are as before. */
export async function touchPredictions(
  db: Db | Tx,
  rows: readonly Pick<BlockPrediction, 'date' | 'blockId' | 'positionAt' | 'deviationS'>[],
  at: Date,
): Promise<void> {
  if (rows.length === 0) return
  await sql`update block_prediction set computed_at = ${at}, position_at = x.p, deviation_s = x.s
    from unnest(${rows.map((row) => row.date)}::date[], ${rows.map((row) => row.blockId)}::text[], ${rows.map((row) => row.positionAt)}::timestamptz[],
      ${rows.map((row) => row.deviationS)}::integer[]) as x(d, b, p, s)
    where block_prediction.date = x.d and block_prediction.block_id = x.b`.execute(db)
}

/** Clears predictions of blocks that ended before `endedBefore`, and of those that nobody predicts any more. Returns how many. */
export async function clearPredictions(db: Db, limits: { endedBefore: Date; computedBefore: Date }): Promise<number> {
  const result = await db
    .deleteFrom('block_prediction')
    .where((eb) => eb.or([eb('end_at', '<', limits.endedBefore), eb('computed_at', '<', limits.computedBefore)]))
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

export interface PullIn {
  date: string
  blockId: string
  vehicleId: string
  at: Date
}

/** When vehicles of a site are expected home, where that is known from a position or a told delay and was worked out since `computedSince`. */
export async function predictedPullIns(db: Db, siteId: string, computedSince: Date): Promise<PullIn[]> {
  const rows = await db
    .selectFrom('block_prediction as p')
    .innerJoin('vehicle as v', 'v.id', 'p.vehicle_id')
    .where('v.site_id', '=', siteId)
    .where('p.basis', '=', 'live')
    .where('p.computed_at', '>=', computedSince)
    .where('p.depot_arrival_at', 'is not', null)
    .select(['p.date', 'p.block_id', 'p.vehicle_id', 'p.depot_arrival_at'])
    .execute()
  return rows.flatMap((row) =>
    row.vehicle_id === null || row.depot_arrival_at === null
      ? []
      : [{ date: row.date, blockId: row.block_id, vehicleId: row.vehicle_id, at: row.depot_arrival_at }],
  )
}
