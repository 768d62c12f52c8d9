import { sql, type Selectable } from 'kysely'
import type { VehicleWish, WishEnd } from '../domain/vehicle-wish.ts'
import type { Db } from './database.ts'
import type { VehicleWishTable } from './tables/wishes.ts'

/** A wish as its row has it. */
export function wishOf(row: Selectable<VehicleWishTable>): VehicleWish {
  return {
    wishId: row.id,
    siteId: row.site_id,
    vehicleId: row.vehicle_id,
    departure:
      row.block_date === null || row.block_id === null ? null : { date: row.block_date, blockId: row.block_id },
    needSocPercent: row.need_soc_percent,
    departAt: row.depart_at,
    chargeNow: row.charge_now ? { untilSocPercent: row.charge_now_soc_percent } : null,
    madeAt: row.made_at,
    madeBy: row.made_by,
    until: row.until,
    leavesFor:
      row.leaves_for_date === null || row.leaves_for_block_id === null
        ? null
        : { date: row.leaves_for_date, blockId: row.leaves_for_block_id },
    endedAt: row.ended_at,
    endedBecause: row.ended_because,
  }
}

export interface WishFilter {
  siteId?: string | undefined
  vehicleId?: string | undefined
  /** Only those that still count. */
  standing?: boolean | undefined
  /** Those that counted at some time in `[from, to)`. */
  from?: Date | undefined
  to?: Date | undefined
  before?: number | undefined
  limit?: number
}

/** Wishes, the newest first. */
export async function listWishes(db: Db, filter: WishFilter): Promise<VehicleWish[]> {
  let query = db.selectFrom('vehicle_wish').selectAll().orderBy('id', 'desc')
  if (filter.siteId !== undefined) query = query.where('site_id', '=', filter.siteId)
  if (filter.vehicleId !== undefined) query = query.where('vehicle_id', '=', filter.vehicleId)
  if (filter.standing === true) query = query.where('ended_at', 'is', null)
  if (filter.from !== undefined) {
    const { from } = filter
    query = query.where((eb) => eb.or([eb('ended_at', 'is', null), eb('ended_at', '>', from)]))
  }
  if (filter.to !== undefined) query = query.where('made_at', '<', filter.to)
  if (filter.before !== undefined) query = query.where('id', '<', filter.before)
  if (filter.limit !== undefined) query = query.limit(filter.limit)
  return (await query.execute()).map(wishOf)
}

/** Ends wishes by themselves: nobody asked, so no new plan is asked for. */
export async function endWishes(
  db: Db,
  ends: readonly { wishId: number; because: Extract<WishEnd, 'departed' | 'reached'> }[],
  at: Date,
): Promise<void> {
  for (const { wishId, because } of ends)
    await db
      .updateTable('vehicle_wish')
      .set({ ended_at: at, ended_because: because })
      .where('id', '=', wishId)
      .where('ended_at', 'is', null)
      .execute()
}

/** Notes which departure each wish was planned for. */
export async function noteWishDepartures(
  db: Db,
  departures: readonly { wishId: number; until: Date; leavesFor: { date: string; blockId: string } | null }[],
): Promise<void> {
  for (const { wishId, until, leavesFor } of departures)
    await db
      .updateTable('vehicle_wish')
      .set({
        until,
        leaves_for_date: leavesFor?.date ?? null,
        leaves_for_block_id: leavesFor?.blockId ?? null,
      })
      .where('id', '=', wishId)
      .where('ended_at', 'is', null)
      .where(
        sql<boolean>`(until, leaves_for_date, leaves_for_block_id) is distinct from (${until}::timestamptz, ${leavesFor?.date ?? null}::date, ${leavesFor?.blockId ?? null}::text)`,
      )
      .execute()
}
