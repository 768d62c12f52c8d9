import { syncAlerts } from '../../db/alerts.ts'
import { predictedPullIns } from '../../db/block-predictions.ts'
import { blocksBetween, storeAutomaticAssignments } from '../../db/blocks.ts'
import { failSafePart, forgetFailSafePart, storeFailSafePart } from '../../db/fail-safe-part.ts'
import { readFleet } from '../../db/fleet.ts'
import { heldProfiles } from '../../db/held-profiles.ts'
import { monthlyPeak } from '../../db/peaks.ts'
import { chargingEvses, siteIds } from '../../db/planning-state.ts'
import { storePlan } from '../../db/plans.ts'
import { closeReplanRequest, openReplanRequests } from '../../db/replan-requests.ts'
import { tariffsInForce } from '../../db/tariffs.ts'
import { forecastMean } from '../../db/weather.ts'
import type { Block } from '../../domain/block.ts'
import type { Fleet } from '../../domain/fleet.ts'
import { localDate } from '../../domain/service-time.ts'
import { SLOT_MS, slotStart } from '../../domain/slots.ts'
import { buildInstance } from '../build-instance.ts'
import { assumedTemperature } from '../../domain/energy/consumption.ts'
import { rangeM } from '../../domain/energy/block-need.ts'
import { siteCarbon } from '../prices/site-carbon.ts'
import { sitePrices } from '../prices/site-prices.ts'
import { planInstance } from '../plan/instance.ts'
import { assignBlocks } from '../timetable/assign-blocks.ts'
import type { JobContext } from './job.ts'
import { USUAL_FAIL_SAFE_PART } from './profiles/fail-safe.ts'
import { planSafely } from './safe-plan.ts'

const HORIZON_SLOTS = 144
const HOUR_MS = 3_600_000
/** An older prediction of when a bus is home gives way to the delay that was told. */
const PREDICTION_FOR_MS = 10 * 60_000
/** A smaller part for fail-safes stands for so long before a larger one is tried again: every change is written into every station. */
const PART_STANDS_MS = 12 * HOUR_MS

/** Plans every site anew. */
export async function replanAll(context: JobContext): Promise<void> {
  const asked = new Map((await openReplanRequests(context.db)).map((request) => [request.siteId, request]))
  for (const siteId of await siteIds(context.db)) {
    const request = asked.get(siteId)
    await replanSite(context, siteId, request?.reason ?? 'every five minutes', request?.version)
  }
}

/** Answers what has asked for a plan since the last look; however many asked, each site is planned once. */
export async function replanOnRequest(context: JobContext): Promise<void> {
  for (const { siteId, reason, version } of await openReplanRequests(context.db)) {
    await replanSite(context, siteId, reason, version)
  }
}

/** Sites that are being planned in this process. Two jobs make plans, and solving the same thing twice at once helps nobody. */
const beingPlanned = new WeakMap<JobContext['db'], Set<string>>()

/** As `planSite` below, unless a plan of the site is being made: then what has asked meanwhile stays open, and is answered at the next look. */
async function replanSite(
  context: JobContext,
  siteId: string,
  reason: string,
  version: number | undefined,
): Promise<void> {
  const sites = beingPlanned.get(context.db) ?? new Set()
  beingPlanned.set(context.db, sites)
  if (sites.has(siteId)) return
  sites.add(siteId)
  try {
    await replanOrSay(context, siteId, reason, version)
  } finally {
    sites.delete(siteId)
  }
}

/** A site that cannot be planned keeps its plan and says so; the others go on. The request counts as answered either way: the next round tries again. */
async function replanOrSay(
  context: JobContext,
  siteId: string,
  reason: string,
  version: number | undefined,
): Promise<void> {
  const { db, now, log } = context
  try {
    await planSite(context, siteId, reason)
    await syncAlerts(db, { siteId, kinds: ['planFailed'] }, [], now())
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error)
    log.error({ siteId, error: cause }, 'planning failed')
    await raisePlanFailed(context, siteId, cause)
  }
  if (version !== undefined) await closeReplanRequest(db, siteId, version)
}

async function planSite({ db, now, log, solver }: JobContext, siteId: string, reason: string): Promise<void> {
  const at = now()
  const fleet = await readFleet(db, siteId)
  if (fleet === null || fleet.nodes.length === 0) return
  const start = slotStart(at)
  const { timeZone } = fleet.site
  const end = new Date(start.getTime() + HORIZON_SLOTS * SLOT_MS)
  const forecastC = await forecastMean(db, siteId, at)
  const blocks = await assignedBlocks(db, fleet, at, forecastC)
  const tariffs = await tariffsInForce(db, siteId, start, end)
  const prices = await sitePrices(db, { timeZone, tariffs }, start, HORIZON_SLOTS)
  const carbon = await siteCarbon(db, siteId, start, HORIZON_SLOTS)
  const month = `${localDate(at, timeZone).slice(0, 7)}-01`
  const { instance, context } = buildInstance({
    ...fleet,
    site: { ...fleet.site, tariff: tariffs[0]?.tariff ?? null },
    blocks,
    now: at,
    horizonSlots: HORIZON_SLOTS,
    forecastC,
    ...(carbon === null ? {} : { carbon }),
    prices: prices.microEurPerKwh.map((price) => price / 1e6),
    peakSoFarW: await monthlyPeak(db, siteId, month),
    expectedHome: await predictedPullIns(db, siteId, new Date(at.getTime() - PREDICTION_FOR_MS)),
  })
  const checked = planInstance.safeParse(instance)
  if (!checked.success)
    throw new Error(checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
  const known = await failSafePart(db, siteId)
  const stands = known !== null && at.getTime() - known.at.getTime() < PART_STANDS_MS
  const { plan, reservedW, ...safe } = await planSafely(
    instance,
    { nodes: fleet.nodes, evses: await chargingEvses(db, siteId), held: await heldProfiles(db, siteId) },
    solver,
    stands ? known.part : USUAL_FAIL_SAFE_PART,
  )
  if (safe.failSafePart !== (stands ? known.part : USUAL_FAIL_SAFE_PART)) {
    await storeFailSafePart(db, siteId, { part: safe.failSafePart, at })
    log.info({ siteId, part: safe.failSafePart }, 'fail-safes give way so that every bus gets what it needs')
  }
  if (!stands && known !== null && safe.failSafePart === USUAL_FAIL_SAFE_PART) await forgetFailSafePart(db, siteId)
  const planId = await storePlan(db, {
    siteId,
    createdAt: at,
    reason,
    instance,
    result: plan,
    context: { ...context, prices: prices.origin, reservedW },
  })
  log.info({ siteId, planId, reason, status: plan.status, gap: plan.gap, solveMs: Math.round(plan.solveMs) }, 'planned')
}

/** The blocks that matter to a plan made now, those without a vehicle given to one as far as there is one. */
async function assignedBlocks(
  db: JobContext['db'],
  fleet: Fleet,
  at: Date,
  forecastC: number | null,
): Promise<Block[]> {
  const from = new Date(at.getTime() - 36 * HOUR_MS)
  const to = new Date(at.getTime() + HORIZON_SLOTS * SLOT_MS + 24 * HOUR_MS)
  const siteId = fleet.site.siteId
  const blocks = await blocksBetween(db, { from, to, siteId })
  const temperatureC = assumedTemperature(fleet.site, at, forecastC).celsius
  const types = new Map(fleet.vehicleTypes.map((type) => [type.typeId, type]))
  const vehicles = fleet.vehicles.flatMap((vehicle) => {
    const type = types.get(vehicle.typeId)
    return type === undefined ? [] : [{ vehicleId: vehicle.vehicleId, rangeM: rangeM(type, temperatureC) }]
  })
  // What is under way or over is as it was driven; only the future is given out.
  const future = blocks.filter((block) => block.startAt > at || block.vehicleId !== null)
  const { assignments } = assignBlocks(future, vehicles)
  if (assignments.length === 0) return blocks
  await storeAutomaticAssignments(db, assignments, at)
  return blocksBetween(db, { from, to, siteId })
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
