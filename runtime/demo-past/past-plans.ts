import { blocksBetween } from '../../db/blocks.ts'
import type { Db } from '../../db/database.ts'
import { tariffsInForce } from '../../db/tariffs.ts'
import type { Block } from '../../domain/block.ts'
import { addDays, localDate, serviceInstant } from '../../domain/service-time.ts'
import { SLOT_MS } from '../../domain/slots.ts'
import {
  blockSpan,
  HORIZON_SLOTS,
  planState,
  readPlanningState,
  type PlanningState,
  type SitePlan,
} from '../../scheduler/jobs/site-plan.ts'
import { createHighsSolver } from '../../scheduler/plan/solver.ts'
import { siteCarbon } from '../../scheduler/prices/site-carbon.ts'
import { sitePrices } from '../../scheduler/prices/site-prices.ts'
import { type PlannedCharge, QUARTER_MS } from './past-charging.ts'

/** A plan that the planner made of a past that was imagined up to then. */
export interface PastPlan extends SitePlan {
  createdAt: Date
}

/** What was known of a bus when a plan was made. */
export interface KnownBus {
  vehicleId: string
  socPercent: number
  /** Of that reading: when it left for the block that it drives, else now. */
  socAt: Date
  /** The outlet that it is plugged in at; null: it is out. */
  plug: { stationId: string; evseId: number } | null
}

export interface PastPlanner {
  /** Epoch ms at which plans are made, quarter hours. */
  moments: ReadonlySet<number>
  /** `chargingPeakW`: the highest quarter hour of the month's charging so far. */
  plan(atMs: number, buses: readonly KnownBus[], chargingPeakW: number): Promise<PlannedCharge>
  /** All that were made, in their order. */
  plans: PastPlan[]
}

/** At noon, and when all buses are home: enough to see that plans are made anew, and quickly made. */
const MOMENTS_S = [12, 24.5].map((hour) => hour * 3_600)

/** The product's own planner, asked at a few moments of the last nights before `now`; what it says is what the imagined chargers then do. */
export function createPastPlanner(
  db: Db,
  site: { id: string; timeZone: string },
  nights: number,
  now: Date,
): PastPlanner {
  const solver = createHighsSolver()
  const plans: PastPlan[] = []
  const today = localDate(now, site.timeZone)
  // The running night is the demo's own: its first plan begins from what the chargers really have.
  const moments = Array.from({ length: nights }, (_, back) => addDays(today, -1 - back))
    .flatMap((date) => MOMENTS_S.map((seconds) => serviceInstant(date, site.timeZone, seconds).getTime()))
    .filter((at) => at < now.getTime())
    .map((at) => Math.floor(at / QUARTER_MS) * QUARTER_MS)
  let always: Promise<{ state: PlanningState; blocks: Block[] } | null> | null = null

  /** What is the same in every plan, read once. */
  async function readAlways(): Promise<{ state: PlanningState; blocks: Block[] } | null> {
    const state = await readPlanningState(db, site.id, now)
    const from = blockSpan(new Date(Math.min(...moments))).from
    const blocks = await blocksBetween(db, { from, to: blockSpan(now).to, siteId: site.id })
    return state === null ? null : { state, blocks }
  }

  async function plan(atMs: number, buses: readonly KnownBus[], chargingPeakW: number): Promise<PlannedCharge> {
    always ??= readAlways()
    const known = await always
    if (known === null) return () => undefined
    const at = new Date(atMs)
    const span = blockSpan(at)
    const tariffs = await tariffsInForce(db, site.id, at, new Date(atMs + HORIZON_SLOTS * SLOT_MS))
    const made = await planState(
      {
        ...known.state,
        at,
        tariffs,
        blocks: known.blocks.filter((block) => block.endAt > span.from && block.startAt < span.to),
        prices: await sitePrices(db, { timeZone: site.timeZone, tariffs }, at, HORIZON_SLOTS),
        carbon: await siteCarbon(db, site.id, at, HORIZON_SLOTS),
        peakSoFarW: chargingPeakW + known.state.fleet.nodes.reduce((sum, node) => sum + node.baseLoadW, 0),
        fleet: fleetThen(known.state.fleet, buses),
      },
      solver,
    )
    plans.push({ ...made, createdAt: at })
    return chargeOf(made)
  }

  return { moments: new Set(moments), plan, plans }
}

function fleetThen(fleet: PlanningState['fleet'], buses: readonly KnownBus[]): PlanningState['fleet'] {
  const known = new Map(buses.map((bus) => [bus.vehicleId, bus]))
  const whoseAt = new Map(buses.flatMap((bus) => (bus.plug === null ? [] : [[keyOf(bus.plug), bus.vehicleId]])))
  return {
    ...fleet,
    evses: fleet.evses.map((evse) => ({
      ...evse,
      pluggedIn: whoseAt.has(keyOf(evse)),
      vehicleId: whoseAt.get(keyOf(evse)) ?? null,
    })),
    vehicles: fleet.vehicles.map((vehicle) => {
      const bus = known.get(vehicle.vehicleId)
      return bus === undefined ? vehicle : { ...vehicle, socPercent: bus.socPercent, socAt: bus.socAt }
    }),
  }
}

function chargeOf({ instance, result }: SitePlan): PlannedCharge {
  const startMs = Date.parse(instance.start)
  const stays = new Map(instance.vehicles.map((vehicle) => [vehicle.id, vehicle.visits]))
  const byVehicle = Map.groupBy(result.visits, (visit) => visit.vehicle)
  return (vehicleId, quarterMs) => {
    const slot = Math.round((quarterMs - startMs) / QUARTER_MS)
    if (slot < 0 || slot >= instance.slots) return undefined
    const visit = byVehicle.get(vehicleId)?.find((one) => {
      const stay = stays.get(vehicleId)?.[one.visit]
      return stay !== undefined && quarterMs < Date.parse(stay.depart)
    })
    return visit === undefined ? undefined : { powerW: (visit.kw[slot] ?? 0) * 1000, untilSoc: visit.socAtDepart }
  }
}

const keyOf = ({ stationId, evseId }: { stationId: string; evseId: number }): string => `${stationId}/${evseId}`
