import { planView, type PlanView } from '../../domain/plan-view.ts'
import type { PlanContext, StoredInstance, StoredResult } from '../../domain/stored-plan.ts'
import { blocksBetween } from '../blocks.ts'
import type { Db } from '../database.ts'

/** A plan, read and prepared. */
export interface ReadPlan {
  view: PlanView
  /** Whether its prices are real from this slot on: a flat price that stands in for none is nobody's price. */
  pricesKnownUntil: Date | null
}

/** Reads plans and keeps the last ones: a plan never changes once it is made, and thousands of vehicles make it large. */
export interface PlanReader {
  one(planId: number): Promise<ReadPlan | undefined>
  /** The current plan of each of the sites, or of all. */
  current(siteIds?: readonly string[]): Promise<ReadPlan[]>
}

const KEPT = 16

export function createPlanReader(db: Db): PlanReader {
  const kept = new Map<number, Promise<ReadPlan | undefined>>()

  function one(planId: number): Promise<ReadPlan | undefined> {
    const known = kept.get(planId) ?? load(planId)
    kept.delete(planId)
    kept.set(planId, known)
    const oldest = kept.keys().next().value
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest)
    return known
  }

  function load(planId: number): Promise<ReadPlan | undefined> {
    const forget = (): void => void kept.delete(planId)
    return readPlan(db, planId).then(
      (plan) => {
        if (plan === undefined) forget()
        return plan
      },
      (error: unknown) => {
        forget()
        throw error
      },
    )
  }

  return {
    one,
    async current(siteIds) {
      const rows = await db
        .selectFrom('plan')
        .select('id')
        .where('current', '=', true)
        .$if(siteIds !== undefined, (query) => query.where('site_id', 'in', siteIds?.length ? siteIds : ['']))
        .orderBy('site_id')
        .execute()
      const plans = await Promise.all(rows.map((row) => one(row.id)))
      return plans.filter((plan) => plan !== undefined)
    },
  }
}

async function readPlan(db: Db, planId: number): Promise<ReadPlan | undefined> {
  const row = await db.selectFrom('plan').selectAll().where('id', '=', planId).executeTakeFirst()
  if (row === undefined) return undefined
  const stored = {
    instance: row.instance as unknown as StoredInstance,
    result: row.result as unknown as StoredResult,
    context: row.context as unknown as PlanContext,
  }
  const endAt = new Date(row.start_at.getTime() + row.slots * row.slot_minutes * 60_000)
  const blocks = await blocksBetween(db, { from: row.start_at, to: endAt, siteId: row.site_id })
  const view = planView(
    {
      planId: row.id,
      siteId: row.site_id,
      createdAt: row.created_at,
      startAt: row.start_at,
      slotMinutes: row.slot_minutes,
      slots: row.slots,
      status: row.status,
      reason: row.reason,
      causes: row.causes,
    },
    stored,
    blocks,
  )
  const prices = stored.context.prices
  const missing =
    prices?.kind === 'none' ? row.start_at.toISOString() : prices?.fallback === 'flat' ? prices.missingFrom : null
  return { view, pricesKnownUntil: missing === null || missing === undefined ? endAt : new Date(missing) }
}

/** What a kilowatt-hour costs at `at` by the plan that holds then; null: unknown. */
export function priceAt(plan: ReadPlan | undefined, at: Date): number | null {
  if (plan === undefined || plan.pricesKnownUntil === null || at >= plan.pricesKnownUntil) return null
  const slot = Math.floor((at.getTime() - plan.view.startAt.getTime()) / (plan.view.slotMinutes * 60_000))
  return plan.view.priceMicroEurPerKwh[slot] ?? null
}
