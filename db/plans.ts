import { sql } from 'kysely'
import { planView } from '../domain/plan-view.ts'
import { causeText, type ReplanCause } from '../domain/replan-cause.ts'
import type { PlanContext, StoredInstance, StoredPlan, StoredResult } from '../domain/stored-plan.ts'
import { json, type Db } from './database.ts'
import { keepForeseen } from './plan-history.ts'

export interface NewPlan extends StoredPlan {
  siteId: string
  createdAt: Date
  /** Why it was made. */
  causes: readonly ReplanCause[]
  /** The chargers are to follow it; left out: yes. A demo's past is nobody's to follow. */
  current?: boolean
}

export interface CurrentPlan extends StoredPlan {
  planId: number
  /** Differs whenever anything of it does. */
  version: number
  siteId: string
  createdAt: Date
  startAt: Date
  slotMinutes: number
  slots: number
  status: string
  reason: string
}

/** Stores a plan, with what it foresees for each departure and quarter hour, and makes it its site's current one; the one before stays as history. Returns its id. */
export function storePlan(db: Db, plan: NewPlan): Promise<number> {
  const { instance, result, siteId, createdAt, current = true } = plan
  const head = {
    siteId,
    createdAt,
    startAt: new Date(instance.start),
    slotMinutes: instance.slotMinutes,
    slots: instance.slots,
    status: result.status,
    reason: plan.causes.map(causeText).join(', '),
    causes: plan.causes,
  }
  const leavesForWork = new Set(
    (plan.context.visits ?? []).flatMap((one) => (one.leavesFor === null ? [] : [`${one.vehicleId} ${one.visit}`])),
  )
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext(${`zaryad-plan-${siteId}`}))`.execute(tx)
    if (current)
      await tx
        .updateTable('plan')
        .set({ current: false })
        .where('site_id', '=', siteId)
        .where('current', '=', true)
        .execute()
    const departures = result.visits.filter((one) => leavesForWork.has(`${one.vehicle} ${one.visit}`))
    const { id } = await tx
      .insertInto('plan')
      .values({
        site_id: siteId,
        created_at: createdAt,
        start_at: head.startAt,
        slot_minutes: head.slotMinutes,
        slots: head.slots,
        status: head.status,
        reason: head.reason,
        causes: json(plan.causes),
        instance: json(instance),
        result: json(result),
        context: json(plan.context),
        total_cost_micro_eur: Math.round(result.totalCostEur * 1e6),
        lower_bound_micro_eur: Math.round(result.lowerBoundEur * 1e6),
        gap: result.gap,
        departures: departures.length,
        short_departures: departures.filter((one) => one.shortKwh > 0).length,
        current,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await keepForeseen(tx, planView({ ...head, planId: id }, plan, []), instance.timeZone)
    return id
  })
}

/** The plan that the site's chargers follow now; null when none has been made yet. */
export async function currentPlan(db: Db, siteId: string): Promise<CurrentPlan | null> {
  const row = await db
    .selectFrom('plan')
    .selectAll()
    .where('site_id', '=', siteId)
    .where('current', '=', true)
    .executeTakeFirst()
  if (row === undefined) return null
  return {
    planId: row.id,
    version: row.change_seq,
    siteId: row.site_id,
    createdAt: row.created_at,
    startAt: row.start_at,
    slotMinutes: row.slot_minutes,
    slots: row.slots,
    status: row.status,
    reason: row.reason,
    instance: row.instance as unknown as StoredInstance,
    result: row.result as unknown as StoredResult,
    context: row.context as unknown as PlanContext,
  }
}

/** `version` of the plan that the site's chargers follow now, without reading all of it. */
export async function currentPlanVersion(db: Db, siteId: string): Promise<number | null> {
  const row = await db
    .selectFrom('plan')
    .select('change_seq')
    .where('site_id', '=', siteId)
    .where('current', '=', true)
    .executeTakeFirst()
  return row?.change_seq ?? null
}

/** Deletes plans made before `before`, but never a current one. Returns how many. */
export async function prunePlans(db: Db, before: Date): Promise<number> {
  const deleted = await db
    .deleteFrom('plan')
    .where('created_at', '<', before)
    .where('current', '=', false)
    .executeTakeFirst()
  return Number(deleted.numDeletedRows)
}
