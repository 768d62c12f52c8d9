import type { Block } from './block.ts'
import type { PlanFact, ShortReason } from './plan-fact.ts'
import type { ReplanCause } from './replan-cause.ts'
import type { StayAssumption } from './stay-assumption.ts'
import type { PriceOrigin, StoredPlan, StoredResult } from './stored-plan.ts'
import type { StayWish } from './vehicle-wish.ts'

/** What is known of a stored plan beside its JSON. */
export interface PlanHead {
  planId: number
  siteId: string
  createdAt: Date
  startAt: Date
  slotMinutes: number
  slots: number
  status: string
  reason: string
  /** The same as figures; empty in plans from before there were any. */
  causes: readonly ReplanCause[]
}

/** A plan as people read it: power in W, money in millionths of a euro, one entry per vehicle. */
export interface PlanView extends PlanHead {
  limitW: number[]
  baseLoadW: number[]
  importW: number[]
  uncontrolledImportW: number[]
  priceMicroEurPerKwh: number[]
  carbonGPerKwh: number[] | null
  /** Where the prices came from and what stands in where none are known; null: not noted. */
  prices: PriceOrigin | null
  peakW: number
  energyCostMicroEur: number
  peakCostMicroEur: number
  totalCostMicroEur: number
  lowerBoundMicroEur: number
  gap: number
  uncontrolled: { peakW: number; totalCostMicroEur: number }
  violations: string[]
  explain: string[]
  /** Violations and explanations as figures; empty: none, or from before there were any. */
  facts: PlanFact[]
  solveMs: number
  vehicles: { vehicleId: string; blocks: PlannedBlock[]; visits: PlannedStay[] }[]
}

export type PlannedBlock = Pick<Block, 'blockId' | 'date' | 'startAt' | 'endAt' | 'routes'>

/** One stay at a charging point, and what the plan gives it. */
export interface PlannedStay {
  stationId: string | null
  evseId: number | null
  arriveAt: Date
  departAt: Date
  /** The block that it leaves for; null: none within the horizon. */
  leavesFor: { blockId: string; date: string } | null
  needSocPercent: number
  arriveSocPercent: number | null
  departSocPercent: number
  /** When the needed charge is in the battery; null: never. */
  readyAt: Date | null
  shortWh: number
  shortCause: string | null
  shortRemedy: string | null
  /** The same as figures; null: it is not short, or not told. */
  shortReason: ShortReason | null
  /** What was assumed where it is not known. */
  assumptions: string[]
  /** The same as figures; null: from before there were any. */
  assumed: StayAssumption[] | null
  /** What people wish of it, and what its work alone would ask for; null: nothing. */
  wish: StayWish | null
  /** Slot of `powerW[0]`. */
  firstSlot: number
  powerW: number[]
}

/** A stored plan as people read it. `blocks` are those of the horizon, for the vehicles' own work. The limit shown is the site's, before anything was kept in reserve. */
export function planView(head: PlanHead, plan: StoredPlan, blocks: readonly Block[]): PlanView {
  const { instance, result } = plan
  const perSlot = (value: number | number[] | undefined, factor: number): number[] =>
    Array.from({ length: head.slots }, (_, slot) =>
      Math.round((Array.isArray(value) ? (value[slot] ?? 0) : (value ?? 0)) * factor),
    )
  const root = instance.nodes.find((node) => node.parent === null)
  const baseLoads = instance.nodes.map((node) => perSlot(node.baseLoadKw, 1000))
  const stays = staysByVehicle(head, plan)
  const work = Map.groupBy(blocks, (block) => block.vehicleId ?? '')
  return {
    ...head,
    limitW: perSlot(root?.limitKw, 1000),
    baseLoadW: Array.from({ length: head.slots }, (_, slot) =>
      baseLoads.reduce((sum, load) => sum + (load[slot] ?? 0), 0),
    ),
    importW: perSlot(result.importKw, 1000),
    uncontrolledImportW: perSlot(result.uncontrolled.importKw, 1000),
    priceMicroEurPerKwh: perSlot(instance.price, 1e6),
    carbonGPerKwh: instance.carbon === undefined ? null : perSlot(instance.carbon, 1),
    prices: plan.context.prices ?? null,
    peakW: Math.round(result.peakKw * 1000),
    energyCostMicroEur: Math.round(result.energyCostEur * 1e6),
    peakCostMicroEur: Math.round(result.peakCostEur * 1e6),
    totalCostMicroEur: Math.round(result.totalCostEur * 1e6),
    lowerBoundMicroEur: Math.round(result.lowerBoundEur * 1e6),
    gap: result.gap,
    uncontrolled: {
      peakW: Math.round(result.uncontrolled.peakKw * 1000),
      totalCostMicroEur: Math.round(result.uncontrolled.totalCostEur * 1e6),
    },
    violations: result.violations,
    explain: result.explain,
    facts: result.facts ?? [],
    solveMs: result.solveMs,
    vehicles: instance.vehicles.map((vehicle) => ({
      vehicleId: vehicle.id,
      blocks: (work.get(vehicle.id) ?? []).map(({ blockId, date, startAt, endAt, routes }) => ({
        blockId,
        date,
        startAt,
        endAt,
        routes,
      })),
      visits: stays.get(vehicle.id) ?? [],
    })),
  }
}

function staysByVehicle(head: PlanHead, { instance, result, context }: StoredPlan): Map<string, PlannedStay[]> {
  const slotMs = head.slotMinutes * 60_000
  const startMs = head.startAt.getTime()
  const vehicles = new Map(instance.vehicles.map((vehicle) => [vehicle.id, vehicle]))
  const contexts = new Map((context.visits ?? []).map((visit) => [`${visit.vehicleId} ${visit.visit}`, visit]))
  const efficiencies = new Map(instance.points.map((point) => [point.id, point.efficiency ?? 1]))
  const stays = new Map<string, PlannedStay[]>()
  for (const planned of result.visits) {
    const vehicle = vehicles.get(planned.vehicle)
    const visit = vehicle?.visits[planned.visit]
    if (vehicle === undefined || visit === undefined) continue
    const about = contexts.get(`${planned.vehicle} ${planned.visit}`)
    const arriveAt = new Date(visit.arrive)
    const departAt = new Date(visit.depart)
    const firstSlot = Math.min(head.slots, Math.max(0, Math.floor((arriveAt.getTime() - startMs) / slotMs)))
    const endSlot = Math.min(head.slots, Math.max(firstSlot, Math.ceil((departAt.getTime() - startMs) / slotMs)))
    const place = placeOf(planned.point)
    const stay: PlannedStay = {
      stationId: about?.stationId ?? place.stationId,
      evseId: about?.evseId ?? place.evseId,
      arriveAt,
      departAt,
      leavesFor: about?.leavesFor ?? null,
      needSocPercent: percent(visit.needSoc),
      arriveSocPercent: percent(planned.socAtArrive),
      departSocPercent: percent(planned.socAtDepart),
      readyAt: readyAt(
        { startMs, slotMs, firstSlot, endSlot, kw: planned.kw, arriveAt, departAt },
        planned.socAtArrive * vehicle.capacityKwh,
        visit.needSoc * vehicle.capacityKwh,
        efficiencies.get(planned.point) ?? 1,
      ),
      shortWh: Math.round(planned.shortKwh * 1000),
      shortCause: planned.shortCause,
      shortRemedy: planned.shortRemedy,
      shortReason: planned.shortReason ?? null,
      assumptions: about?.assumptions ?? [],
      assumed: about === undefined ? [] : (about.assumed ?? null),
      wish: revivedWish(about?.wish ?? null),
      firstSlot,
      powerW: planned.kw.slice(firstSlot, endSlot).map((kw) => Math.round(kw * 1000)),
    }
    const others = stays.get(planned.vehicle)
    if (others === undefined) stays.set(planned.vehicle, [stay])
    else others.push(stay)
  }
  for (const list of stays.values()) list.sort((a, b) => a.arriveAt.getTime() - b.arriveAt.getTime())
  return stays
}

/** As it was before it was JSON. */
function revivedWish(wish: StayWish | null): StayWish | null {
  if (wish === null) return null
  return {
    ...wish,
    departAt: wish.departAt === null ? null : new Date(wish.departAt),
    workDepartAt: new Date(wish.workDepartAt),
  }
}

interface StaySlots {
  startMs: number
  slotMs: number
  firstSlot: number
  endSlot: number
  kw: StoredResult['visits'][number]['kw']
  arriveAt: Date
  departAt: Date
}

/** Plans are exact to a few Wh: what is missing by less is not missing. */
const TOLERANCE_KWH = 0.05

function readyAt(stay: StaySlots, arriveKwh: number, needKwh: number, efficiency: number): Date | null {
  let missingKwh = needKwh - arriveKwh - TOLERANCE_KWH
  if (missingKwh <= 0) return stay.arriveAt
  for (let slot = stay.firstSlot; slot < stay.endSlot; slot += 1) {
    const gainKwh = (stay.kw[slot] ?? 0) * efficiency * (stay.slotMs / 3_600_000)
    if (gainKwh >= missingKwh) {
      const fromMs = Math.max(stay.startMs + slot * stay.slotMs, stay.arriveAt.getTime())
      const toMs = Math.min(stay.startMs + (slot + 1) * stay.slotMs, stay.departAt.getTime())
      return new Date(Math.round(fromMs + ((toMs - fromMs) * missingKwh) / gainKwh))
    }
    missingKwh -= gainKwh
  }
  return null
}

/** Point ids are `stationId/evseId`; another point is at no station of ours. */
function placeOf(point: string): { stationId: string | null; evseId: number | null } {
  const match = /^(.+)\/(\d+)$/.exec(point)
  return match === null ? { stationId: null, evseId: null } : { stationId: match[1] ?? null, evseId: Number(match[2]) }
}

function percent(share: number): number {
  return Math.round(share * 1000) / 10
}
