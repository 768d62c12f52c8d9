import type { PlanFact, WaitCause } from '../../domain/plan-fact.ts'
import { windowMeans } from './costs.ts'
import { nodeFlows, spansOf, type PlannedOutcome } from './planned-outcome.ts'
import type { Problem } from './problem.ts'

/** Above what energy and a peak can cost, the price of a limit is a vehicle's missing charge. */
const ONLY_CHARGE_EUR = 50

/** What the plan could not keep; empty when everything holds. */
export function violationFacts({ problem, simulated }: PlannedOutcome): PlanFact[] {
  const overloads = problem.nodes.flatMap((node): PlanFact[] => {
    const over = (t: number): boolean => (node.baseKw[t] ?? 0) > (node.limitKw[t] ?? 0) + 1e-6
    const found = spansOf(problem, over)
    if (found.spans.length === 0) return []
    const worstKw = Math.max(...node.baseKw.map((base, t) => (over(t) ? base : 0)))
    return [{ kind: 'baseLoadAboveLimit', nodeId: node.id, worstW: watts(worstKw), ...found }]
  })
  const batteries = problem.visits.flatMap((visit, k): PlanFact[] => {
    const vehicle = problem.vehicles[visit.vehicle]
    const one = simulated[k]
    if (vehicle === undefined || one === undefined) return []
    const about = { vehicleId: vehicle.id, at: iso(visit.arriveMs) }
    if (one.strandedKwh > 0.01) return [{ kind: 'wouldStop', ...about, lackingWh: Math.round(one.strandedKwh * 1000) }]
    if (one.arriveKwh >= vehicle.minKwh - 0.01) return []
    const { capacityKwh } = vehicle
    return [
      {
        kind: 'belowMinimum',
        ...about,
        socPercent: percent(one.arriveKwh / capacityKwh),
        minSocPercent: percent(vehicle.minKwh / capacityKwh),
      },
    ]
  })
  return [...overloads, ...batteries]
}

/** What decides the plan: departures that are short, full nodes, the peak, why vehicles wait, and what was assumed. */
export function explainingFacts(outcome: PlannedOutcome): PlanFact[] {
  return [
    ...shortFacts(outcome),
    ...fullNodes(outcome),
    ...peakFact(outcome),
    ...waitFacts(outcome),
    ...assumedFacts(outcome),
  ]
}

function shortFacts({ problem, simulated, shortKwh }: PlannedOutcome): PlanFact[] {
  return problem.visits.flatMap((visit, k): PlanFact[] => {
    const vehicle = problem.vehicles[visit.vehicle]
    const short = shortKwh[k] ?? 0
    if (vehicle === undefined || short <= 0) return []
    return [
      {
        kind: 'departsShort',
        vehicleId: vehicle.id,
        departAt: iso(visit.departMs),
        socPercent: percent((simulated[k]?.departKwh ?? 0) / vehicle.capacityKwh),
        needSocPercent: percent(visit.needKwh / vehicle.capacityKwh),
        shortWh: Math.round(short * 1000),
      },
    ]
  })
}

function fullNodes({ problem, shadowEurPerKw }: PlannedOutcome): PlanFact[] {
  if (shadowEurPerKw === null) return []
  return problem.nodes
    .map((node, n) => ({
      node,
      shadow: shadowEurPerKw[n],
      worth: shadowEurPerKw[n]?.reduce((sum, eur) => sum + eur, 0) ?? 0,
    }))
    .filter(({ worth }) => worth >= 0.005)
    .toSorted((a, b) => b.worth - a.worth)
    .map(({ node, shadow, worth }): PlanFact => {
      const full = (t: number): boolean => (shadow?.[t] ?? 0) > 1e-5
      const limits = node.limitKw.filter((_, t) => full(t))
      return {
        kind: 'nodeFull',
        nodeId: node.id,
        limitW: Math.max(...limits) > Math.min(...limits) ? null : watts(limits[0] ?? 0),
        ...spansOf(problem, full),
        savesMicroEurPerKw: worth > ONLY_CHARGE_EUR ? null : Math.round(worth * 1e6),
      }
    })
}

function peakFact({ problem, costs }: PlannedOutcome): PlanFact[] {
  if (problem.peak === null) return []
  const { soFarKw, eurPerKw } = problem.peak
  const figures = { peakW: watts(costs.peakKw), soFarW: watts(soFarKw) }
  if (costs.peakKw <= soFarKw + 0.01) return [{ kind: 'peakWithin', ...figures }]
  const means = windowMeans(problem, costs.importKw)
  const atPeak = (t: number): boolean => (means[problem.peakWindowOfSlot[t] ?? 0] ?? 0) >= costs.peakKw - 0.05
  return [
    {
      kind: 'peakRises',
      ...figures,
      spans: spansOf(problem, atPeak).spans,
      microEurPerKw: Math.round(eurPerKw * 1e6),
      costMicroEur: Math.round(costs.peakCostEur * 1e6),
    },
  ]
}

/** For every visit that charges and does not do so from its first slot on: until when it waits, and what for. */
function waitFacts(outcome: PlannedOutcome): PlanFact[] {
  const { problem, powers } = outcome
  const flows = nodeFlows(problem, powers)
  return problem.visits.flatMap((visit, k): PlanFact[] => {
    const own = powers[k] ?? new Float64Array(0)
    const first = own.findIndex((kw) => kw > 0.05)
    if (first < 1) return []
    const cause = waitCause(outcome, flows, k, first)
    if (cause === null) return []
    const untilAt = iso(problem.startMs + (visit.firstSlot + first) * problem.slotMs)
    return [{ kind: 'waits', vehicleId: vehicleId(problem, k), visit: visit.ordinal, untilAt, ...cause }]
  })
}

function waitCause(
  { problem, powers, costs }: PlannedOutcome,
  flows: readonly Float64Array[],
  k: number,
  first: number,
): WaitCause | null {
  const visit = problem.visits[k]
  if (visit === undefined) return null
  const waitingEur = mean(problem.priceEurPerKwh.subarray(visit.firstSlot, visit.firstSlot + first))
  const chargingEur = weightedMean(
    problem.priceEurPerKwh.subarray(visit.firstSlot, visit.endSlot),
    powers[k] ?? new Float64Array(0),
  )
  if (chargingEur < waitingEur - 0.001)
    return {
      because: 'price',
      waitingMicroEurPerKwh: Math.round(waitingEur * 1e6),
      chargingMicroEurPerKwh: Math.round(chargingEur * 1e6),
    }
  for (let n = visit.node; n >= 0; n = problem.nodes[n]?.parent ?? -1) {
    const node = problem.nodes[n]
    const t = visit.firstSlot
    if (node !== undefined && (flows[n]?.[t] ?? 0) >= (node.freeKw[t] ?? 0) - 0.01)
      return { because: 'room', nodeId: node.id }
  }
  const atPeak =
    problem.peak !== null &&
    (costs.importKw[visit.firstSlot] ?? 0) >= Math.max(costs.peakKw, problem.peak.soFarKw) - 0.05
  return atPeak ? { because: 'peak' } : null
}

function assumedFacts({ problem }: PlannedOutcome): PlanFact[] {
  const lowered = problem.vehicles.filter((vehicle) => vehicle.lines.lowered).map((vehicle) => vehicle.id)
  const beyond = problem.visits.flatMap((visit, k) =>
    visit.departMs > problem.endMs && visit.needKwh > 0 ? [vehicleId(problem, k)] : [],
  )
  return [
    ...(lowered.length > 0 ? [{ kind: 'taperLowered', vehicleIds: lowered } as const] : []),
    ...(beyond.length > 0 ? [{ kind: 'departsAfterEnd', vehicleIds: beyond, endAt: iso(problem.endMs) } as const] : []),
  ]
}

function vehicleId(problem: Problem, k: number): string {
  return problem.vehicles[problem.visits[k]?.vehicle ?? -1]?.id ?? ''
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}

function watts(kw: number): number {
  return Math.round(kw * 1000)
}

/** In hundredths, so that rounding it again for people does no harm. */
function percent(share: number): number {
  return Math.round(share * 10_000) / 100
}

function mean(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return total === 0 ? 0 : values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0) / total
}
