import { syncAlerts } from '../../db/alerts.ts'
import { blocksBetween, storeAutomaticAssignments } from '../../db/blocks.ts'
import { forgetFailSafePart, storeFailSafePart } from '../../db/fail-safe-part.ts'
import { siteIds } from '../../db/planning-state.ts'
import { storePlan } from '../../db/plans.ts'
import { closeReplanRequest, openReplanRequests } from '../../db/replan-requests.ts'
import type { Block } from '../../domain/block.ts'
import { causeText, type ReplanCause } from '../../domain/replan-cause.ts'
import type { JobContext } from './job.ts'
import { USUAL_FAIL_SAFE_PART } from './profiles/fail-safe.ts'
import {
  automaticAssignments,
  blockSpan,
  planState,
  readPlanningState,
  startPart,
  type PlanningState,
} from './site-plan.ts'
import { endPastWishes, noteWishes } from './tend-wishes.ts'

/** Plans every site anew. */
export async function replanAll(context: JobContext): Promise<void> {
  const asked = new Map((await openReplanRequests(context.db)).map((request) => [request.siteId, request]))
  for (const siteId of await siteIds(context.db)) {
    const request = asked.get(siteId)
    await replanSite(context, siteId, request?.causes ?? [{ kind: 'round' }], request?.version)
  }
}

/** Answers what has asked for a plan since the last look; however many asked, each site is planned once. */
export async function replanOnRequest(context: JobContext): Promise<void> {
  for (const { siteId, causes, version } of await openReplanRequests(context.db)) {
    await replanSite(context, siteId, causes, version)
  }
}

/** Sites that are being planned in this process. Two jobs make plans, and solving the same thing twice at once helps nobody. */
const beingPlanned = new WeakMap<JobContext['db'], Set<string>>()

/** As `planSite` below, unless a plan of the site is being made: then what has asked meanwhile stays open, and is answered at the next look. */
async function replanSite(
  context: JobContext,
  siteId: string,
  causes: readonly ReplanCause[],
  version: number | undefined,
): Promise<void> {
  const sites = beingPlanned.get(context.db) ?? new Set()
  beingPlanned.set(context.db, sites)
  if (sites.has(siteId)) return
  sites.add(siteId)
  try {
    await replanOrSay(context, siteId, causes, version)
  } finally {
    sites.delete(siteId)
  }
}

/** A site that cannot be planned keeps its plan and says so; the others go on. The request counts as answered either way: the next round tries again. */
async function replanOrSay(
  context: JobContext,
  siteId: string,
  causes: readonly ReplanCause[],
  version: number | undefined,
): Promise<void> {
  const { db, now, log } = context
  try {
    await planSite(context, siteId, causes)
    await syncAlerts(db, { siteId, kinds: ['planFailed'] }, [], now())
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    log.error({ siteId, error: cause }, 'planning failed')
    await raisePlanFailed(context, siteId, cause)
  }
  if (version !== undefined) await closeReplanRequest(db, siteId, version)
}

async function planSite(
  { db, now, log, solver }: JobContext,
  siteId: string,
  causes: readonly ReplanCause[],
): Promise<void> {
  const known = await readPlanningState(db, siteId, now())
  if (known === null) return
  const state = { ...known, blocks: await assignedBlocks(db, siteId, known), wishes: await endPastWishes(db, known) }
  const { at } = state
  const { instance, result, context, ...made } = await planState(state, solver)
  if (made.failSafePart !== startPart(state)) {
    await storeFailSafePart(db, siteId, { part: made.failSafePart, at })
    log.info({ siteId, part: made.failSafePart }, 'fail-safes give way so that every bus gets what it needs')
  }
  if (state.part?.stands === false && made.failSafePart === USUAL_FAIL_SAFE_PART) await forgetFailSafePart(db, siteId)
  const planId = await storePlan(db, { siteId, createdAt: at, causes, instance, result, context })
  await noteWishes(db, state, { instance, result, context, ...made })
  const { status, gap, solveMs } = result
  log.info(
    { siteId, planId, reason: causes.map(causeText).join(', '), status, gap, solveMs: Math.round(solveMs) },
    'planned',
  )
}

/** The blocks that matter, those without a vehicle given to one as far as there is one. */
async function assignedBlocks(db: JobContext['db'], siteId: string, state: PlanningState): Promise<Block[]> {
  const assignments = automaticAssignments(state)
  if (assignments.length === 0) return state.blocks
  await storeAutomaticAssignments(db, assignments, state.at)
  return blocksBetween(db, { ...blockSpan(state.at), siteId })
}

async function raisePlanFailed({ db, now }: JobContext, siteId: string, cause: string): Promise<void> {
  await syncAlerts(
    db,
    { siteId, kinds: ['planFailed'] },
    [
      {
        key: `planFailed:${siteId}`,
        siteId,
        kind: 'planFailed',
        severity: 'act',
        sentence: 'No new charging plan could be made; the last one goes on.',
        cause: cause.endsWith('.') ? cause : `${cause}.`,
        remedy:
          'Correct what the cause names and ask for a plan again; it is tried again every five minutes in any case.',
        parameters: { error: cause, actions: [{ type: 'replan', siteId }] },
      },
    ],
    now(),
  )
}
