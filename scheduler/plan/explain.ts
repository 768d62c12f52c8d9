import { windowMeans } from './costs.ts'
import { localTime } from './local-time.ts'
import { kwText, nodeFlows, percentText, spansOfTime, type PlannedOutcome } from './planned-outcome.ts'

/** How many sentences of one kind a plan carries; the rest are counted. */
const MOST_OF_A_KIND = 12

/** What the plan could not keep, one sentence each; empty when everything holds. */
export function violationsOf({ problem, simulated }: PlannedOutcome): string[] {
  const clock = localTime(problem.timeZone)
  const overloads = problem.nodes.flatMap((node) => {
    const over = (t: number): boolean => (node.baseKw[t] ?? 0) > (node.limitKw[t] ?? 0) + 1e-6
    const times = spansOfTime(problem, over)
    if (times === '') return []
    const worst = Math.max(...node.baseKw.map((base, t) => (over(t) ? base : 0)))
    return [`${node.id}: the base load alone, up to ${kwText(worst)}, is above the limit (${times}).`]
  })
  const batteries = problem.visits.flatMap((visit, k) => {
    const vehicle = problem.vehicles[visit.vehicle]
    const one = simulated[k]
    if (vehicle === undefined || one === undefined) return []
    const when = clock.withDay(visit.arriveMs)
    if (one.strandedKwh > 0.01)
      return [`${vehicle.id} would stop before ${when}: its battery lacks ${one.strandedKwh.toFixed(1)} kWh.`]
    if (one.arriveKwh < vehicle.minKwh - 0.01) {
      const soc = percentText(one.arriveKwh / vehicle.capacityKwh)
      return [
        `${vehicle.id} arrives ${when} with ${soc}, below its minimum of ${percentText(vehicle.minKwh / vehicle.capacityKwh)}.`,
      ]
    }
    return []
  })
  return [...overloads, ...batteries]
}

/** Sentences that say what decides the plan: full nodes, the peak, why vehicles wait, and what was assumed. */
export function explainPlan(outcome: PlannedOutcome): string[] {
  return [
    ...shortSentences(outcome),
    ...fullNodes(outcome),
    ...peakSentence(outcome),
    ...waits(outcome),
    ...assumptions(outcome),
  ]
}

function shortSentences({ problem, simulated, shortKwh }: PlannedOutcome): string[] {
  const clock = localTime(problem.timeZone)
  return atMost(
    problem.visits.flatMap((visit, k) => {
      const vehicle = problem.vehicles[visit.vehicle]
      const short = shortKwh[k] ?? 0
      if (vehicle === undefined || short <= 0) return []
      const has = percentText((simulated[k]?.departKwh ?? 0) / vehicle.capacityKwh)
      const needs = percentText(visit.needKwh / vehicle.capacityKwh)
      return [
        `${vehicle.id} leaves ${clock.withDay(visit.departMs)} with ${has} of ${needs}: ${short.toFixed(1)} kWh short.`,
      ]
    }),
    (more) => `${more} more departures are short.`,
  )
}

function fullNodes({ problem, shadowEurPerKw }: PlannedOutcome): string[] {
  if (shadowEurPerKw === null) return []
  const nodes = problem.nodes
    .map((node, n) => ({
      node,
      shadow: shadowEurPerKw[n],
      worth: shadowEurPerKw[n]?.reduce((sum, eur) => sum + eur, 0) ?? 0,
    }))
    .filter(({ worth }) => worth >= 0.005)
    .toSorted((a, b) => b.worth - a.worth)
  return atMost(
    nodes.map(({ node, shadow, worth }) => {
      const full = (t: number): boolean => (shadow?.[t] ?? 0) > 1e-5
      const limits = node.limitKw.filter((_, t) => full(t))
      const limit = Math.max(...limits) > Math.min(...limits) ? 'its limit' : kwText(limits[0] ?? 0)
      // Above what energy and a peak can cost, the price of the limit is a vehicle's missing charge.
      const effect =
        worth > 50
          ? 'more there would let vehicles leave with more charge'
          : `one more kW there would save ${worth.toFixed(2)} EUR`
      return `${node.id} is full at ${limit} ${spansOfTime(problem, full)}; ${effect}.`
    }),
    (more) => `${more} more nodes are full at times.`,
  )
}

function peakSentence({ problem, costs }: PlannedOutcome): string[] {
  if (problem.peak === null) return []
  const { soFarKw, eurPerKw } = problem.peak
  if (costs.peakKw <= soFarKw + 0.01)
    return [`The peak of ${kwText(costs.peakKw)} stays within the month’s ${kwText(soFarKw)}: no peak charge arises.`]
  const means = windowMeans(problem, costs.importKw)
  const atPeak = (t: number): boolean => (means[problem.peakWindowOfSlot[t] ?? 0] ?? 0) >= costs.peakKw - 0.05
  return [
    `The month’s peak rises from ${kwText(soFarKw)} to ${kwText(costs.peakKw)} (${spansOfTime(problem, atPeak)}) at ${eurPerKw.toFixed(2)} EUR per kW: ${costs.peakCostEur.toFixed(2)} EUR.`,
  ]
}

function waits(outcome: PlannedOutcome): string[] {
  const { problem, powers, costs } = outcome
  const clock = localTime(problem.timeZone)
  const flows = nodeFlows(problem, powers)
  const sentences = problem.visits.flatMap((visit, k) => {
    const own = powers[k] ?? new Float64Array(0)
    const first = own.findIndex((kw) => kw > 0.05)
    if (first * problem.slotHours < 0.5) return []
    const id = problem.vehicles[visit.vehicle]?.id ?? ''
    const until = clock.withDay(problem.startMs + (visit.firstSlot + first) * problem.slotMs)
    const waitingEur = mean(problem.priceEurPerKwh.subarray(visit.firstSlot, visit.firstSlot + first))
    const chargingEur = weightedMean(problem.priceEurPerKwh.subarray(visit.firstSlot, visit.endSlot), own)
    if (chargingEur < waitingEur - 0.001)
      return [
        `${id} waits until ${until}: energy then costs ${chargingEur.toFixed(3)} EUR/kWh, ${waitingEur.toFixed(3)} before.`,
      ]
    for (let n = visit.node; n >= 0; n = problem.nodes[n]?.parent ?? -1) {
      const node = problem.nodes[n]
      const t = visit.firstSlot
      if (node !== undefined && (flows[n]?.[t] ?? 0) >= (node.freeKw[t] ?? 0) - 0.01)
        return [`${id} waits until ${until}: ${node.id} is full before.`]
    }
    if (
      problem.peak !== null &&
      (costs.importKw[visit.firstSlot] ?? 0) >= Math.max(costs.peakKw, problem.peak.soFarKw) - 0.05
    )
      return [`${id} waits until ${until}: charging at once would raise the peak.`]
    return []
  })
  return atMost(sentences, (more) => `${more} more vehicles wait for cheaper hours or for room under a limit.`)
}

function assumptions({ problem }: PlannedOutcome): string[] {
  const clock = localTime(problem.timeZone)
  const lowered = problem.vehicles.filter((vehicle) => vehicle.lines.lowered)
  const beyond = problem.visits.filter((visit) => visit.departMs > problem.endMs && visit.needKwh > 0)
  return [
    ...(lowered.length > 0
      ? [
          `${listed(lowered.map((vehicle) => vehicle.id))}: the taper curve bends upwards somewhere; planned with a slightly lower one that does not.`,
        ]
      : []),
    ...(beyond.length > 0
      ? [
          `${listed(beyond.map((visit) => problem.vehicles[visit.vehicle]?.id ?? ''))}: departure lies beyond the plan’s end (${clock.withDay(problem.endMs)}); half the power is counted on for the time between.`,
        ]
      : []),
  ]
}

function listed(ids: readonly string[]): string {
  return ids.length <= 5 ? ids.join(', ') : `${ids.slice(0, 4).join(', ')} and ${ids.length - 4} more`
}

function atMost(sentences: string[], rest: (more: number) => string): string[] {
  if (sentences.length <= MOST_OF_A_KIND) return sentences
  return [...sentences.slice(0, MOST_OF_A_KIND), rest(sentences.length - MOST_OF_A_KIND)]
}

function mean(values: Float64Array): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length
}

function weightedMean(values: Float64Array, weights: Float64Array): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  return total === 0 ? 0 : values.reduce((sum, value, i) => sum + value * (weights[i] ?? 0), 0) / total
}
