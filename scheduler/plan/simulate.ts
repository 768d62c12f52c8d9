import type { VisitPowers } from './costs.ts'
import type { Problem } from './problem.ts'
import { steadyPowerKw, takesSteadily } from './steady-power.ts'

export interface SimulatedVisit {
  arriveKwh: number
  /** At departure, or at the horizon's end when the visit goes beyond it. */
  departKwh: number
  /** Mean AC power really drawn in each covered slot; below the planned one where the battery does not take it for the whole slot. */
  drawnKw: Float64Array
  /** Driven although the battery was empty: the vehicle would have stopped. */
  strandedKwh: number
}

/**
 * Drives and charges every vehicle through its visits under its true taper curve, each slot at constant power while the vehicle is there.
 * What a battery would not take is taken off, so that `drawnKw` is a plan that can be followed to the letter.
 */
export function simulateVisits(problem: Problem, powers: VisitPowers): SimulatedVisit[] {
  const visits: SimulatedVisit[] = []
  problem.visits.forEach((visit, k) => {
    const vehicle = problem.vehicles[visit.vehicle]
    if (vehicle === undefined) return
    const beforeKwh = (visits[visit.previous]?.departKwh ?? vehicle.energyKwh) - visit.usedBeforeKwh
    let energyKwh = Math.max(0, beforeKwh)
    const arriveKwh = energyKwh
    const drawnKw = Float64Array.from(powers[k] ?? [], (kw, i) => {
      const hours = (visit.share[i] ?? 1) * problem.slotHours
      if (kw <= 0 || hours <= 0) return 0
      const gain = visit.efficiency * problem.slotHours
      const roomKw = Math.max(0, vehicle.maxKwh - energyKwh) / hours
      const offeredKw = Math.min((kw * gain) / hours, roomKw)
      const takenKw = takesSteadily(vehicle, energyKwh, offeredKw, hours)
        ? offeredKw
        : steadyPowerKw(vehicle, energyKwh, hours, offeredKw)
      energyKwh += takenKw * hours
      return Math.min(kw, (takenKw * hours) / gain)
    })
    visits.push({ arriveKwh, departKwh: energyKwh, drawnKw, strandedKwh: Math.max(0, -beforeKwh) })
  })
  return visits
}
