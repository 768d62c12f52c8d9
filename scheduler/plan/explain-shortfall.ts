import { chargeUnderTaper } from '../../domain/battery.ts'
import type { ShortReason } from '../../domain/plan-fact.ts'
import { duration, localTime } from './local-time.ts'
import { kwText, nodeFlows, percentText, spansOfTime, type PlannedOutcome } from './planned-outcome.ts'
import type { Problem, ProblemVehicle, ProblemVisit } from './problem.ts'

/** Two sentences for an alert, and the same as figures. */
export interface ShortExplanation {
  cause: string
  remedy: string
  fact: ShortReason | null
}

/** Why a visit leaves without what it needs, and what would mend it. */
export function explainShortfall(outcome: PlannedOutcome, k: number): ShortExplanation {
  const { problem } = outcome
  const visit = problem.visits[k]
  const vehicle = problem.vehicles[visit?.vehicle ?? -1]
  if (visit === undefined || vehicle === undefined) return { cause: '', remedy: '', fact: null }
  const needKwh = visit.needKwh - visit.afterHorizonKwh
  if (needKwh > vehicle.maxKwh + 0.01) {
    return {
      cause: `it needs ${needKwh.toFixed(0)} kWh, but its battery is charged to ${vehicle.maxKwh.toFixed(0)} kWh at most`,
      remedy: `Give its work to a vehicle with a larger battery, or let it charge on the way: ${(needKwh - vehicle.maxKwh).toFixed(0)} kWh.`,
      fact: { kind: 'aboveBattery', needWh: wh(needKwh), mostWh: wh(vehicle.maxKwh) },
    }
  }
  const hours = visit.share.reduce((sum, share) => sum + share, 0) * problem.slotHours
  const arriveKwh = outcome.simulated[k]?.arriveKwh ?? 0
  if (chargedAlone(visit, vehicle, arriveKwh, hours) < needKwh - 0.01)
    return staysTooShort(problem, visit, vehicle, { arriveKwh, needKwh, hours })
  return sharesTooLittle(outcome, k, visit, hours)
}

interface Stay {
  arriveKwh: number
  needKwh: number
  hours: number
}

function staysTooShort(
  problem: Problem,
  visit: ProblemVisit,
  vehicle: ProblemVehicle,
  { arriveKwh, needKwh, hours }: Stay,
): ShortExplanation {
  const clock = localTime(problem.timeZone)
  const strongestKw = strongestAcKw(visit, vehicle)
  const from = percentText(arriveKwh / vehicle.capacityKwh)
  if (hours <= 0)
    return {
      cause: `it is not at a charger within the plan’s hours, and has ${from}`,
      remedy: `Plug it in before ${clock.withDay(visit.departMs)}.`,
      fact: {
        kind: 'notAtCharger',
        socPercent: percent(arriveKwh / vehicle.capacityKwh),
        plugInBy: new Date(visit.departMs).toISOString(),
      },
    }
  const remedies: string[] = []
  const neededKw = (needKwh - arriveKwh) / (visit.efficiency * hours)
  const would: Pick<
    Extract<ShortReason, { kind: 'staysTooShort' }>,
    'strongerPointW' | 'plugInBy' | 'leaveLaterMinutes'
  > = { strongerPointW: null, plugInBy: null, leaveLaterMinutes: null }
  // A stronger charger helps only as far as the vehicle can take it.
  if (neededKw > visit.pointMaxKw && neededKw * visit.efficiency <= vehicle.maxKw) {
    would.strongerPointW = Math.ceil(neededKw) * 1000
    remedies.push(`a charger with ${kwText(Math.ceil(neededKw))} instead of ${kwText(visit.pointMaxKw)}`)
  }
  const extraHours = hoursMissing(visit, vehicle, { arriveKwh, needKwh, hours })
  if (extraHours !== null) {
    const previous = problem.visits[visit.previous]
    const earliestMs = Math.max(problem.startMs, previous?.departMs ?? problem.startMs)
    if (visit.arriveMs - extraHours * 3_600_000 >= earliestMs) {
      would.plugInBy = new Date(visit.arriveMs - extraHours * 3_600_000).toISOString()
      remedies.push(
        `plugging in by ${clock.withDay(visit.arriveMs - extraHours * 3_600_000)} (${duration(extraHours)} earlier)`,
      )
    }
    would.leaveLaterMinutes = Math.max(1, Math.round(extraHours * 60))
    remedies.push(`leaving ${duration(extraHours)} later`)
  }
  remedies.push('a vehicle that has more charge')
  return {
    cause: `it stays ${duration(hours)}, arrives with ${from} and takes at most ${kwText(strongestKw)} at ${visit.pointId}`,
    remedy: `What would do: ${remedies.join(', or ')}.`,
    fact: {
      kind: 'staysTooShort',
      stayMinutes: Math.round(hours * 60),
      socPercent: percent(arriveKwh / vehicle.capacityKwh),
      powerW: Math.round(strongestKw * 1000),
      pointId: visit.pointId,
      ...would,
    },
  }
}

function sharesTooLittle(outcome: PlannedOutcome, k: number, visit: ProblemVisit, hours: number): ShortExplanation {
  const { problem } = outcome
  const shortKwh = outcome.shortKwh[k] ?? 0
  const flows = nodeFlows(problem, outcome.powers)
  const moreKw = shortKwh / (visit.efficiency * hours)
  for (let n = visit.node; n >= 0; n = problem.nodes[n]?.parent ?? -1) {
    const node = problem.nodes[n]
    const full = (t: number): boolean =>
      t >= visit.firstSlot && t < visit.endSlot && (flows[n]?.[t] ?? 0) >= (node?.freeKw[t] ?? 0) - 0.01
    const times = spansOfTime(problem, full)
    if (node === undefined || times === '') continue
    const limits = [...node.limitKw].filter((_, t) => full(t))
    const [least, most] = [Math.min(...limits), Math.max(...limits)]
    const baseKw = Math.max(...[...node.baseKw].filter((_, t) => full(t)))
    const limitText = most > least ? `${kwText(least)} to ${kwText(most)}` : kwText(least)
    const baseText = baseKw > 0 ? `, of which ${kwText(baseKw)} are base load` : ''
    return {
      cause: `${node.id} is full while it is there (${limitText}${baseText}; ${times})`,
      remedy: `What would do: ${kwText(moreKw)} more through ${node.id} during its stay, a higher priority for it, or ${shortKwh.toFixed(0)} kWh less for vehicles that stand there at the same time.`,
      fact: {
        kind: 'nodeFull',
        nodeId: node.id,
        limitW: Math.round(least * 1000),
        baseLoadW: Math.round(baseKw * 1000),
        moreW: Math.round(moreKw * 1000),
        lessWh: wh(shortKwh),
      },
    }
  }
  return {
    cause: `other vehicles use ${visit.pointId} while it is there`,
    remedy: `What would do: another point with ${kwText(moreKw)} for the whole stay.`,
    fact: { kind: 'pointShared', pointId: visit.pointId, moreW: Math.round(moreKw * 1000) },
  }
}

function strongestAcKw(visit: ProblemVisit, vehicle: ProblemVehicle): number {
  return Math.min(visit.pointMaxKw, Math.max(...vehicle.taper.map((point) => point.powerKw)) / visit.efficiency)
}

function chargedAlone(visit: ProblemVisit, vehicle: ProblemVehicle, energyKwh: number, hours: number): number {
  return chargeUnderTaper({
    energyKwh,
    capacityKwh: vehicle.capacityKwh,
    offeredKw: visit.pointMaxKw * visit.efficiency,
    hours,
    taper: vehicle.taper,
    maxSoc: vehicle.maxKwh / vehicle.capacityKwh,
  })
}

/** How much longer it would have to charge at full power; null when no stay of a day would do. */
function hoursMissing(
  visit: ProblemVisit,
  vehicle: ProblemVehicle,
  { arriveKwh, needKwh, hours }: Stay,
): number | null {
  let low = 0
  let high = 24
  if (chargedAlone(visit, vehicle, arriveKwh, hours + high) < needKwh - 0.01) return null
  for (let step = 0; step < 12; step += 1) {
    const middle = (low + high) / 2
    if (chargedAlone(visit, vehicle, arriveKwh, hours + middle) >= needKwh - 0.01) high = middle
    else low = middle
  }
  return high
}

function wh(kwh: number): number {
  return Math.round(kwh * 1000)
}

/** In hundredths, so that rounding it again for people does no harm. */
function percent(share: number): number {
  return Math.round(share * 10_000) / 100
}
