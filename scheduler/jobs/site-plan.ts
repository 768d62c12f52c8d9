import { predictedPullIns } from '../../db/block-predictions.ts'
import { blocksBetween } from '../../db/blocks.ts'
import type { Db } from '../../db/database.ts'
import { failSafePart } from '../../db/fail-safe-part.ts'
import { readFleet } from '../../db/fleet.ts'
import { heldProfiles, type HeldProfileRow } from '../../db/held-profiles.ts'
import { monthlyPeak } from '../../db/peaks.ts'
import { chargingEvses, type ChargingEvse } from '../../db/planning-state.ts'
import { tariffsInForce } from '../../db/tariffs.ts'
import { listWishes } from '../../db/vehicle-wishes.ts'
import { forecastMean } from '../../db/weather.ts'
import type { Block } from '../../domain/block.ts'
import { rangeM } from '../../domain/energy/block-need.ts'
import { assumedTemperature } from '../../domain/energy/consumption.ts'
import type { Fleet } from '../../domain/fleet.ts'
import { localDate } from '../../domain/service-time.ts'
import { SLOT_MS, slotStart } from '../../domain/slots.ts'
import type { StoredPlan } from '../../domain/stored-plan.ts'
import type { VehicleWish } from '../../domain/vehicle-wish.ts'
import { buildInstance, type InstanceContext } from '../build-instance.ts'
import { planInstance, type PlanInstance } from '../plan/instance.ts'
import type { LpSolver } from '../plan/solver.ts'
import { siteCarbon } from '../prices/site-carbon.ts'
import { sitePrices } from '../prices/site-prices.ts'
import { assignBlocks } from '../timetable/assign-blocks.ts'
import type { ExpectedHome } from '../vehicle-plan.ts'
import { USUAL_FAIL_SAFE_PART } from './profiles/fail-safe.ts'
import { planSafely } from './safe-plan.ts'

export const HORIZON_SLOTS = 144
const HOUR_MS = 3_600_000
/** An older prediction of when a bus is home gives way to the delay that was told. */
const PREDICTION_FOR_MS = 10 * 60_000
/** A smaller part for fail-safes stands for so long before a larger one is tried again: every change is written into every station. */
const PART_STANDS_MS = 12 * HOUR_MS

/** Everything that a plan of one site made at `at` hangs on. */
export interface PlanningState {
  at: Date
  fleet: Fleet
  /** Those without a vehicle are not given to one yet. */
  blocks: Block[]
  forecastC: number | null
  tariffs: Awaited<ReturnType<typeof tariffsInForce>>
  prices: Awaited<ReturnType<typeof sitePrices>>
  carbon: number[] | null
  peakSoFarW: number | null
  expectedHome: ExpectedHome[]
  wishes: VehicleWish[]
  evses: ChargingEvse[]
  held: HeldProfileRow[]
  /** What is kept of the part for fail-safes; null: nothing. `stands`: it is not tried anew yet. */
  part: { part: number; stands: boolean } | null
}

/** What is known now; null when there is no such site, or nothing to plan under. */
export async function readPlanningState(db: Db, siteId: string, at: Date): Promise<PlanningState | null> {
  const fleet = await readFleet(db, siteId)
  if (fleet === null || fleet.nodes.length === 0) return null
  const start = slotStart(at)
  const { timeZone } = fleet.site
  const tariffs = await tariffsInForce(db, siteId, start, new Date(start.getTime() + HORIZON_SLOTS * SLOT_MS))
  const known = await failSafePart(db, siteId)
  return {
    at,
    fleet,
    blocks: await blocksBetween(db, { ...blockSpan(at), siteId }),
    forecastC: await forecastMean(db, siteId, at),
    tariffs,
    prices: await sitePrices(db, { timeZone, tariffs }, start, HORIZON_SLOTS),
    carbon: await siteCarbon(db, siteId, start, HORIZON_SLOTS),
    peakSoFarW: await monthlyPeak(db, siteId, `${localDate(at, timeZone).slice(0, 7)}-01`),
    expectedHome: await predictedPullIns(db, siteId, new Date(at.getTime() - PREDICTION_FOR_MS)),
    wishes: await listWishes(db, { siteId, standing: true }),
    evses: await chargingEvses(db, siteId),
    held: await heldProfiles(db, siteId),
    part: known === null ? null : { part: known.part, stands: at.getTime() - known.at.getTime() < PART_STANDS_MS },
  }
}

/** The time whose blocks matter to a plan made at `at`. */
export function blockSpan(at: Date): { from: Date; to: Date } {
  return {
    from: new Date(at.getTime() - 36 * HOUR_MS),
    to: new Date(at.getTime() + HORIZON_SLOTS * SLOT_MS + 24 * HOUR_MS),
  }
}

/** Which vehicles the blocks without one are given to, as far as there is one. Nothing is stored. */
export function automaticAssignments({
  fleet,
  blocks,
  at,
  forecastC,
}: PlanningState): ReturnType<typeof assignBlocks>['assignments'] {
  const temperatureC = assumedTemperature(fleet.site, at, forecastC).celsius
  const types = new Map(fleet.vehicleTypes.map((type) => [type.typeId, type]))
  const vehicles = fleet.vehicles.flatMap((vehicle) => {
    const type = types.get(vehicle.typeId)
    return type === undefined ? [] : [{ vehicleId: vehicle.vehicleId, rangeM: rangeM(type, temperatureC) }]
  })
  // What is under way or over is as it was driven; only the future is given out.
  const future = blocks.filter((block) => block.startAt > at || block.vehicleId !== null)
  return assignBlocks(future, vehicles).assignments
}

export interface SitePlan extends StoredPlan {
  instance: PlanInstance
  assumed: InstanceContext['assumed']
  failSafePart: number
}

/** The part of the room that planning begins with for fail-safes. */
export function startPart({ part }: PlanningState): number {
  return part?.stands === true ? part.part : USUAL_FAIL_SAFE_PART
}

/** The plan for a state. Throws with what is wrong when there is none, in words for people. */
export async function planState(state: PlanningState, solver: LpSolver): Promise<SitePlan> {
  const { fleet, at, carbon, prices } = state
  const { instance, context } = buildInstance({
    ...fleet,
    site: { ...fleet.site, tariff: state.tariffs[0]?.tariff ?? null },
    blocks: state.blocks,
    now: at,
    horizonSlots: HORIZON_SLOTS,
    forecastC: state.forecastC,
    ...(carbon === null ? {} : { carbon }),
    prices: prices.microEurPerKwh.map((price) => price / 1e6),
    peakSoFarW: state.peakSoFarW,
    expectedHome: state.expectedHome,
    wishes: state.wishes,
  })
  const checked = planInstance.safeParse(instance)
  if (!checked.success)
    throw new Error(checked.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`).join('; '))
  const site = { nodes: fleet.nodes, evses: state.evses, held: state.held }
  const { plan, reservedW, failSafePart } = await planSafely(instance, site, solver, startPart(state))
  return {
    instance,
    result: plan,
    context: { ...context, prices: prices.origin, reservedW },
    assumed: context.assumed,
    failSafePart,
  }
}
