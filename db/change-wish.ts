import { sql } from 'kysely'
import type { JsonObject } from '../domain/command.ts'
import type { VehicleWish } from '../domain/vehicle-wish.ts'
import type { ReplanCause } from '../domain/replan-cause.ts'
import { blocksBetween } from './blocks.ts'
import type { Db, Tx } from './database.ts'
import { appendEvent } from './events.ts'
import { requestReplan } from './replan-requests.ts'
import { wishOf } from './vehicle-wishes.ts'

const DAY_MS = 86_400_000
/** As far as a plan looks. */
const NOT_PLANNED_YET_MS = 36 * 3_600_000

/** What a person wishes of a departure; what is left out stays as it was wished before, null is wished no more. */
export interface WishChange {
  /** null: the vehicle's next departure, whatever for. */
  departure: { date: string; blockId: string } | null
  needSocPercent?: number | null
  departAt?: Date | null
  chargeNow?: { untilSocPercent: number | null } | null
}

export interface ChangedWish {
  /** null: nothing is wished any more. */
  wish: VehicleWish | null
  /** What was wished before; null: nothing. */
  previous: VehicleWish | null
}

/** Takes down what a person wishes of one departure in place of what was wished of it before, with an event, and asks for a new plan, in one transaction. */
export async function changeWish(
  db: Db,
  vehicleId: string,
  change: WishChange,
  { at, by }: { at: Date; by: string | null },
): Promise<ChangedWish | 'unknownVehicle' | 'unknownBlock' | 'departurePassed'> {
  const block = change.departure === null ? null : await blockOf(db, change.departure)
  if (block === undefined) return 'unknownBlock'
  if (block !== null && block.endAt <= at) return 'departurePassed'
  if (change.departAt && change.departAt <= at) return 'departurePassed'
  return db.transaction().execute(async (tx) => {
    const vehicle = await tx
      .selectFrom('vehicle')
      .select('site_id')
      .where('id', '=', vehicleId)
      .forUpdate()
      .executeTakeFirst()
    if (vehicle === undefined) return 'unknownVehicle'
    const row = await standing(tx, vehicleId, change.departure)
    const previous = row === undefined ? null : wishOf(row)
    const wanted = {
      needSocPercent: change.needSocPercent === undefined ? (previous?.needSocPercent ?? null) : change.needSocPercent,
      departAt: change.departAt === undefined ? (previous?.departAt ?? null) : change.departAt,
      chargeNow: change.chargeNow === undefined ? (previous?.chargeNow ?? null) : change.chargeNow,
    }
    const empty = wanted.needSocPercent === null && wanted.departAt === null && wanted.chargeNow === null
    if (previous !== null)
      await tx
        .updateTable('vehicle_wish')
        .set({ ended_at: at, ended_because: empty ? 'takenBack' : 'replaced' })
        .where('id', '=', previous.wishId)
        .execute()
    if (empty && previous === null) return { wish: null, previous: null }
    const wish = empty
      ? null
      : wishOf(
          await tx
            .insertInto('vehicle_wish')
            .values({
              site_id: vehicle.site_id,
              vehicle_id: vehicleId,
              block_date: change.departure?.date ?? null,
              block_id: change.departure?.blockId ?? null,
              need_soc_percent: wanted.needSocPercent,
              depart_at: wanted.departAt,
              charge_now: wanted.chargeNow !== null,
              charge_now_soc_percent: wanted.chargeNow?.untilSocPercent ?? null,
              made_at: at,
              made_by: by,
              until: wanted.departAt ?? block?.startAt ?? new Date(at.getTime() + NOT_PLANNED_YET_MS),
              leaves_for_date: change.departure?.date ?? null,
              leaves_for_block_id: change.departure?.blockId ?? null,
            })
            .returningAll()
            .executeTakeFirstOrThrow(),
        )
    await tellOf(tx, { vehicleId, siteId: vehicle.site_id }, wish, at)
    return { wish, previous }
  })
}

/** Takes a standing wish back, with an event, and asks for a new plan, in one transaction; undefined when there is none such, or it has ended. */
export function takeBackWish(db: Db, wishId: number, at: Date): Promise<VehicleWish | undefined> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .updateTable('vehicle_wish')
      .set({ ended_at: at, ended_because: 'takenBack' })
      .where('id', '=', wishId)
      .where('ended_at', 'is', null)
      .returningAll()
      .executeTakeFirst()
    if (row === undefined) return undefined
    await tellOf(tx, { vehicleId: row.vehicle_id, siteId: row.site_id }, null, at)
    return wishOf(row)
  })
}

function standing(tx: Tx, vehicleId: string, departure: WishChange['departure']) {
  return tx
    .selectFrom('vehicle_wish')
    .selectAll()
    .where('vehicle_id', '=', vehicleId)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`block_date is not distinct from ${departure?.date ?? null}::date`)
    .where(sql<boolean>`block_id is not distinct from ${departure?.blockId ?? null}::text`)
    .forUpdate()
    .executeTakeFirst()
}

async function tellOf(
  tx: Tx,
  vehicle: { vehicleId: string; siteId: string },
  wish: VehicleWish | null,
  at: Date,
): Promise<void> {
  const { vehicleId, siteId } = vehicle
  const details: JsonObject =
    wish === null
      ? { wishId: null }
      : {
          wishId: wish.wishId,
          departure: wish.departure,
          needSocPercent: wish.needSocPercent,
          departAt: wish.departAt?.toISOString() ?? null,
          chargeNow: wish.chargeNow,
        }
  await appendEvent(tx, { type: 'vehicleWished', at, siteId, vehicleId, details })
  await requestReplan(tx, siteId, wish === null ? { kind: 'noWish', vehicleId } : wishCause(vehicleId, wish), at)
}

function wishCause(vehicleId: string, wish: VehicleWish): ReplanCause {
  return {
    kind: 'wish',
    vehicleId,
    chargeNow: wish.chargeNow !== null,
    needSocPercent: wish.needSocPercent,
    otherDeparture: wish.departAt !== null,
  }
}

/** null is never returned: undefined when there is no such block on that day. */
async function blockOf(db: Db, { date, blockId }: { date: string; blockId: string }) {
  const noon = Date.parse(`${date}T12:00:00Z`)
  // No time zone is further than 14 hours from UTC, and service days run past midnight.
  const around = await blocksBetween(db, { from: new Date(noon - 1.5 * DAY_MS), to: new Date(noon + 2.5 * DAY_MS) })
  return around.find((block) => block.date === date && block.blockId === blockId)
}
