import { answerPreview, failPreview, forgetOldPreviews, openPreviews } from '../../db/plan-previews.ts'
import { blockKey, type Block } from '../../domain/block.ts'
import {
  departureDifferences,
  planFigures,
  type PlanChanges,
  type PreviewAnswer,
  type PreviewedPlan,
} from '../../domain/plan-preview.ts'
import { planView } from '../../domain/plan-view.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { SLOT_MINUTES, slotStart } from '../../domain/slots.ts'
import { changedState, UnknownInChanges } from './changed-state.ts'
import type { JobContext } from './job.ts'
import { automaticAssignments, HORIZON_SLOTS, planState, readPlanningState, type PlanningState } from './site-plan.ts'

/**
 * Answers what people ask to see before they change anything: the plan as it would be now without and with their changes, both made in the same
 * moment, so that the difference is theirs alone. Nothing else is stored.
 */
export async function answerPreviews({ db, now, log, solver }: JobContext): Promise<void> {
  await forgetOldPreviews(db, now())
  for (const { previewId, siteId, changes } of await openPreviews(db)) {
    const startedMs = performance.now()
    try {
      const state = await readPlanningState(db, siteId, now())
      if (state === null) throw new UnknownInChanges(say('nothingToPlan', { siteId }))
      const answer = await preview(state, changes, solver)
      await answerPreview(db, previewId, answer, now())
      log.info({ siteId, previewId, ms: Math.round(performance.now() - startedMs) }, 'previewed')
    } catch (error) {
      const said = error instanceof UnknownInChanges
      if (!said)
        log.error(
          { siteId, previewId, error: error instanceof Error ? error.message : String(error) },
          'a preview failed',
        )
      await failPreview(db, previewId, said ? error.sentence : say('previewFailed'), now())
    }
  }
}

async function preview(
  state: PlanningState,
  changes: PlanChanges,
  solver: JobContext['solver'],
): Promise<PreviewAnswer> {
  const before = await previewed(state, solver, 'without the changes')
  const after = await previewed(changedState(state, changes), solver, 'with the changes')
  return {
    before: planFigures(before),
    after: planFigures(after),
    departures: departureDifferences(before, after),
    plan: after,
  }
}

async function previewed(known: PlanningState, solver: JobContext['solver'], reason: string): Promise<PreviewedPlan> {
  const state = { ...known, blocks: withAssignments(known) }
  const stored = await planState(state, solver)
  const startAt = slotStart(state.at)
  const endAt = new Date(startAt.getTime() + HORIZON_SLOTS * SLOT_MINUTES * 60_000)
  const head = {
    planId: 0,
    siteId: state.fleet.site.siteId,
    createdAt: state.at,
    startAt,
    slotMinutes: SLOT_MINUTES,
    slots: HORIZON_SLOTS,
    status: stored.result.status,
    reason,
    causes: [],
  }
  const within = state.blocks.filter((block) => block.endAt > startAt && block.startAt < endAt)
  const { planId: _, ...view } = planView(head, stored, within)
  return view
}

function withAssignments(state: PlanningState): Block[] {
  const given = new Map(automaticAssignments(state).map((one) => [blockKey(one), one.vehicleId]))
  return state.blocks.map((block) => {
    const vehicleId = given.get(blockKey(block))
    return vehicleId === undefined ? block : { ...block, vehicleId, assignedBy: 'automatic' }
  })
}
