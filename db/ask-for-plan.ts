import type { ReplanCause } from '../domain/replan-cause.ts'
import type { Db } from './database.ts'
import { requestReplan } from './replan-requests.ts'

/** One ask for a plan, to recognise its answer by. */
export interface PlanAsk {
  siteId: string
  version: number
  lastPlanId: number
}

/** Asks for a new plan of a site. */
export function askForPlan(db: Db, siteId: string, cause: ReplanCause, at: Date): Promise<PlanAsk> {
  return db.transaction().execute(async (tx) => {
    await requestReplan(tx, siteId, cause, at)
    const { version } = await tx
      .selectFrom('replan_request')
      .select('version')
      .where('site_id', '=', siteId)
      .executeTakeFirstOrThrow()
    const last = await tx
      .selectFrom('plan')
      .select((eb) => eb.fn.max('id').as('id'))
      .where('site_id', '=', siteId)
      .executeTakeFirst()
    return { siteId, version, lastPlanId: last?.id ?? 0 }
  })
}

/** The id of the current plan when it was made after the ask was heard; undefined as long as there is none. */
export async function planAnswering(db: Db, ask: PlanAsk): Promise<number | undefined> {
  const row = await db
    .selectFrom('plan')
    .innerJoin('replan_request', 'replan_request.site_id', 'plan.site_id')
    .select('plan.id')
    .where('plan.site_id', '=', ask.siteId)
    .where('plan.current', '=', true)
    .where('plan.id', '>', ask.lastPlanId)
    .where('replan_request.done_version', '>=', ask.version)
    .executeTakeFirst()
  return row?.id
}
