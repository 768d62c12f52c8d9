import { windowMeans } from './costs.ts'
import type { Problem, ProblemVehicle } from './problem.ts'

/** Battery energy that each visit leaves short, in the order of `Problem.visits`. */
export type Shortfalls = ArrayLike<number>

/**
 * No plan with at most these shortfalls has a lower peak. Needs no solver: in any span of time the vehicles must draw what they cannot draw
 * outside it, and the mean over the span is at most the peak. O(spans × visits); taper, batteries' ends and shared limits are left out,
 * which can only make the bound lower.
 */
export function peakLowerBoundKw(problem: Problem, shortKwh: Shortfalls = []): number {
  const windows = problem.peakWindowSlots.length
  const baseBefore = prefixSums(windowMeans(problem, problem.nodes[0]?.baseKw ?? []))
  const demands = problem.vehicles.flatMap((vehicle) => {
    const demand = vehicleDemand(problem, vehicle, shortKwh)
    return demand === null ? [] : [demand]
  })
  // A window that is cut off by the horizon's start or end is shorter than the others: means over a span weigh each window by its slots.
  const hours = prefixSums(problem.peakWindowSlots.map((slots) => slots * problem.slotHours))
  const baseKwh = prefixSums(
    problem.peakWindowSlots.map(
      (slots, w) => ((baseBefore[w + 1] ?? 0) - (baseBefore[w] ?? 0)) * slots * problem.slotHours,
    ),
  )
  let bound = 0
  for (let from = 0; from < windows; from += 1) {
    for (let to = from + 1; to <= windows; to += 1) {
      let forcedKwh = (baseKwh[to] ?? 0) - (baseKwh[from] ?? 0)
      for (const demand of demands) {
        let forced = 0
        for (const due of demand.dues) {
          const last = Math.min(to, due.endWindow)
          const inside = last > from ? (demand.before[last] ?? 0) - (demand.before[from] ?? 0) : 0
          forced = Math.max(forced, due.kwh - ((demand.before[due.endWindow] ?? 0) - inside))
        }
        forcedKwh += forced / demand.efficiency
      }
      bound = Math.max(bound, forcedKwh / ((hours[to] ?? 0) - (hours[from] ?? 0)))
    }
  }
  return bound
}

/** No plan with at most these shortfalls costs less: every vehicle in its cheapest slots as if it were alone, and the peak bound. */
export function costLowerBoundEur(problem: Problem, shortKwh: Shortfalls = []): number {
  const base = problem.nodes[0]?.baseKw ?? new Float64Array(problem.slots)
  let eur = base.reduce((sum, kw, t) => sum + kw * problem.slotHours * (problem.priceEurPerKwh[t] ?? 0), 0)
  for (const vehicle of problem.vehicles) {
    const demand = vehicleDemand(problem, vehicle, shortKwh)
    let missingKwh = Math.max(0, ...(demand?.dues.map((due) => due.kwh) ?? []))
    const offers = vehicle.visits.flatMap((k) => {
      const visit = problem.visits[k]
      if (visit === undefined) return []
      return Array.from(visit.maxKw, (kw, i) => ({
        eurPerBatteryKwh: (problem.priceEurPerKwh[visit.firstSlot + i] ?? 0) / visit.efficiency,
        kwh: kw * visit.efficiency * problem.slotHours,
      }))
    })
    for (const offer of offers.toSorted((a, b) => a.eurPerBatteryKwh - b.eurPerBatteryKwh)) {
      if (missingKwh <= 0 && offer.eurPerBatteryKwh >= 0) break
      const kwh = offer.eurPerBatteryKwh < 0 ? offer.kwh : Math.min(offer.kwh, missingKwh)
      eur += kwh * offer.eurPerBatteryKwh
      missingKwh -= kwh
    }
  }
  if (problem.peak === null) return eur
  return eur + problem.peak.eurPerKw * Math.max(0, peakLowerBoundKw(problem, shortKwh) - problem.peak.soFarKw)
}

interface VehicleDemand {
  /** The best of its points: turns battery energy into the least AC energy. */
  efficiency: number
  /** Battery energy that it could take in the windows before each, at full power. */
  before: number[]
  /** Battery energy that must have been charged since the start by the end of each visit. */
  dues: { endWindow: number; kwh: number }[]
}

function vehicleDemand(problem: Problem, vehicle: ProblemVehicle, shortKwh: Shortfalls): VehicleDemand | null {
  const perWindow = problem.peakWindowSlots.map(() => 0)
  const dues: VehicleDemand['dues'] = []
  let usedKwh = 0
  let efficiency = 0
  for (const k of vehicle.visits) {
    const visit = problem.visits[k]
    if (visit === undefined) continue
    usedKwh += visit.usedBeforeKwh
    efficiency = Math.max(efficiency, visit.efficiency)
    visit.maxKw.forEach((kw, i) => {
      const window = problem.peakWindowOfSlot[visit.firstSlot + i] ?? 0
      perWindow[window] = (perWindow[window] ?? 0) + kw * visit.efficiency * problem.slotHours
    })
    const kwh = visit.needKwh - visit.afterHorizonKwh - (shortKwh[k] ?? 0) + usedKwh - vehicle.energyKwh
    if (kwh > 0 && visit.endSlot > visit.firstSlot)
      dues.push({ endWindow: (problem.peakWindowOfSlot[visit.endSlot - 1] ?? 0) + 1, kwh })
  }
  return dues.length === 0 ? null : { efficiency, before: prefixSums(perWindow), dues }
}

function prefixSums(values: readonly number[]): number[] {
  const sums = [0]
  for (const value of values) sums.push((sums.at(-1) ?? 0) + value)
  return sums
}
