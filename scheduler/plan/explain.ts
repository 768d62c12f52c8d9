import type { PlanFact } from '../../domain/plan-fact.ts'
import { localTime } from './local-time.ts'
import { kwText, percentText, spansText } from './planned-outcome.ts'
import type { Problem } from './problem.ts'

/** How many sentences of one kind a plan carries; the rest are counted. */
const MOST_OF_A_KIND = 12
/** A wait that is shorter is not worth a sentence. */
const LONG_WAIT_MS = 30 * 60_000

/** What is said of a kind beyond the most; a kind that is not here is said once at most, or of everything. */
const REST: Partial<Record<PlanFact['kind'], (more: number) => string>> = {
  departsShort: (more) => `${more} more departures are short.`,
  nodeFull: (more) => `${more} more nodes are full at times.`,
  waits: (more) => `${more} more vehicles wait for cheaper hours or for room under a limit.`,
}

/** The facts of a plan as sentences, in their order. */
export function sentencesOf(problem: Problem, facts: readonly PlanFact[]): string[] {
  const worthy = facts.filter((fact) => fact.kind !== 'waits' || isLongWait(problem, fact))
  return [...Map.groupBy(worthy, (fact) => fact.kind)].flatMap(([kind, alike]) => {
    const rest = REST[kind]
    const shown = rest === undefined ? alike : alike.slice(0, MOST_OF_A_KIND)
    const sentences = shown.map((fact) => sentenceOf(problem, fact))
    return rest === undefined || alike.length <= shown.length
      ? sentences
      : [...sentences, rest(alike.length - shown.length)]
  })
}

function isLongWait(problem: Problem, fact: Extract<PlanFact, { kind: 'waits' }>): boolean {
  const vehicle = problem.vehicles.find((one) => one.id === fact.vehicleId)
  const visit = problem.visits[vehicle?.visits[fact.visit] ?? -1]
  const fromMs = problem.startMs + (visit?.firstSlot ?? 0) * problem.slotMs
  return Date.parse(fact.untilAt) - fromMs >= LONG_WAIT_MS
}

function sentenceOf(problem: Problem, fact: PlanFact): string {
  const clock = localTime(problem.timeZone)
  const when = (at: string): string => clock.withDay(Date.parse(at))
  const kw = (watts: number): string => kwText(watts / 1000)
  const eur = (microEur: number, decimals = 2): string => (microEur / 1e6).toFixed(decimals)
  switch (fact.kind) {
    case 'solverFailed':
      return 'The solver gave no answer: this plan serves the earliest departure first and ignores prices.'
    case 'departsShort':
      return `${fact.vehicleId} leaves ${when(fact.departAt)} with ${percentText(fact.socPercent / 100)} of ${percentText(fact.needSocPercent / 100)}: ${(fact.shortWh / 1000).toFixed(1)} kWh short.`
    case 'nodeFull': {
      const effect =
        fact.savesMicroEurPerKw === null
          ? 'more there would let vehicles leave with more charge'
          : `one more kW there would save ${eur(fact.savesMicroEurPerKw)} EUR`
      const limit = fact.limitW === null ? 'its limit' : kw(fact.limitW)
      return `${fact.nodeId} is full at ${limit} ${spansText(problem, fact)}; ${effect}.`
    }
    case 'peakWithin':
      return `The peak of ${kw(fact.peakW)} stays within the month’s ${kw(fact.soFarW)}: no peak charge arises.`
    case 'peakRises':
      return `The month’s peak rises from ${kw(fact.soFarW)} to ${kw(fact.peakW)} (${spansText(problem, { spans: fact.spans, moreSpans: 0 })}) at ${eur(fact.microEurPerKw)} EUR per kW: ${eur(fact.costMicroEur)} EUR.`
    case 'waits': {
      const start = `${fact.vehicleId} waits until ${when(fact.untilAt)}`
      if (fact.because === 'price')
        return `${start}: energy then costs ${eur(fact.chargingMicroEurPerKwh, 3)} EUR/kWh, ${eur(fact.waitingMicroEurPerKwh, 3)} before.`
      if (fact.because === 'room') return `${start}: ${fact.nodeId} is full before.`
      return `${start}: charging at once would raise the peak.`
    }
    case 'taperLowered':
      return `${listed(fact.vehicleIds)}: the taper curve bends upwards somewhere; planned with a slightly lower one that does not.`
    case 'departsAfterEnd':
      return `${listed(fact.vehicleIds)}: departure lies beyond the plan’s end (${when(fact.endAt)}); half the power is counted on for the time between.`
    case 'baseLoadAboveLimit':
      return `${fact.nodeId}: the base load alone, up to ${kw(fact.worstW)}, is above the limit (${spansText(problem, fact)}).`
    case 'wouldStop':
      return `${fact.vehicleId} would stop before ${when(fact.at)}: its battery lacks ${(fact.lackingWh / 1000).toFixed(1)} kWh.`
    case 'belowMinimum':
      return `${fact.vehicleId} arrives ${when(fact.at)} with ${percentText(fact.socPercent / 100)}, below its minimum of ${percentText(fact.minSocPercent / 100)}.`
  }
}

function listed(ids: readonly string[]): string {
  return ids.length <= 5 ? ids.join(', ') : `${ids.slice(0, 4).join(', ')} and ${ids.length - 4} more`
}
