import { chargeUnderTaper } from '../../domain/battery.ts'
import type { ChargingPlan } from '../../domain/charging-plan.ts'
import type { PlanInstance } from './instance-fields.ts'

/** What may be off by rounding: kW, kWh, and for money a share. */
const EXACT = 1e-5
const WATT_HOURS = 0.02

/**
 * Everything in which a plan breaks the instance it was made for, as sentences; empty for a sound plan. Works from the file formats alone and
 * shares no arithmetic with the planner: power of points and vehicles, limits, the battery under its true taper curve, shortfalls, costs, bound.
 */
export function planFaults(instance: PlanInstance, plan: ChargingPlan): string[] {
  return [
    ...powerFaults(instance, plan),
    ...limitFaults(instance, plan),
    ...batteryFaults(instance, plan),
    ...moneyFaults(instance, plan),
  ]
}

function powerFaults(instance: PlanInstance, plan: ChargingPlan): string[] {
  return plan.visits.flatMap((planned) => {
    const { vehicle, visit, point } = named(instance, planned)
    const name = `${planned.vehicle}/${planned.visit}`
    if (vehicle === undefined || visit === undefined || point === undefined) return [`${name} is not in the instance`]
    if (planned.kw.length !== instance.slots) return [`${name} has ${planned.kw.length} slots`]
    const mostKw = Math.min(point.maxKw, vehicle.maxKw / (point.efficiency ?? 1))
    return planned.kw.flatMap((kw, t) => {
      const faults: string[] = []
      if (!(kw >= 0)) faults.push(`${name} has ${kw} kW in slot ${t}`)
      if (kw > mostKw * coveredShare(instance, visit, t) + EXACT) faults.push(`${name} draws ${kw} kW in slot ${t}`)
      return faults
    })
  })
}

function limitFaults(instance: PlanInstance, plan: ChargingPlan): string[] {
  const faults: string[] = []
  const parents = new Map(instance.nodes.map((node) => [node.id, node.parent]))
  const isUnder = (id: string | null | undefined, top: string): boolean =>
    id === top || (id !== null && id !== undefined && isUnder(parents.get(id), top))
  for (const node of instance.nodes) {
    for (let t = 0; t < instance.slots; t += 1) {
      const chargingKw = plan.visits
        .filter((planned) => isUnder(named(instance, planned).point?.node, node.id))
        .reduce((sum, planned) => sum + (planned.kw[t] ?? 0), 0)
      const baseKw = instance.nodes
        .filter((other) => isUnder(other.id, node.id))
        .reduce((sum, other) => sum + at(other.baseLoadKw ?? 0, t), 0)
      if (chargingKw > Math.max(0, at(node.limitKw, t) - baseKw) + EXACT)
        faults.push(`${node.id} carries ${chargingKw} kW for vehicles and ${baseKw} kW besides in slot ${t}`)
      if (node.parent === null && Math.abs(chargingKw + baseKw - (plan.importKw[t] ?? NaN)) > EXACT)
        faults.push(`import is ${plan.importKw[t]} kW in slot ${t}, not ${chargingKw + baseKw}`)
    }
  }
  return faults
}

function batteryFaults(instance: PlanInstance, plan: ChargingPlan): string[] {
  const faults: string[] = []
  const hours = instance.slotMinutes / 60
  const endMs = Date.parse(instance.start) + instance.slots * instance.slotMinutes * 60_000
  for (const vehicle of instance.vehicles) {
    const taper = (vehicle.taper ?? [[0, vehicle.maxKw]]).map(([soc, powerKw]) => ({ soc, powerKw }))
    let energyKwh = vehicle.energyKwh
    vehicle.visits.forEach((visit, v) => {
      const name = `${vehicle.id}/${v}`
      const planned = plan.visits.find((one) => one.vehicle === vehicle.id && one.visit === v)
      if (planned === undefined) return void faults.push(`${name} is missing`)
      energyKwh = Math.max(0, energyKwh - (visit.usedBeforeKwh ?? 0))
      const startedKwh = energyKwh
      let paidKwh = 0
      planned.kw.forEach((kw, t) => {
        const covered = coveredShare(instance, visit, t) * hours
        if (kw <= 0 || covered <= 0) return
        const batteryKwh = kw * hours * (named(instance, planned).point?.efficiency ?? 1)
        paidKwh += batteryKwh
        energyKwh = chargeUnderTaper({
          energyKwh,
          capacityKwh: vehicle.capacityKwh,
          offeredKw: Math.min(vehicle.maxKw, batteryKwh / covered),
          hours: covered,
          taper,
          maxSoc: vehicle.maxSoc ?? 1,
        })
      })
      if (Math.abs(startedKwh + paidKwh - energyKwh) > WATT_HOURS + 1e-3 * paidKwh)
        faults.push(`${name} is planned ${paidKwh} kWh but takes ${energyKwh - startedKwh}`)
      if (Math.abs(planned.socAtDepart * vehicle.capacityKwh - energyKwh) > WATT_HOURS + 1e-3 * paidKwh)
        faults.push(`${name} leaves with ${energyKwh} kWh, not ${planned.socAtDepart * vehicle.capacityKwh}`)
      const missingKwh = visit.needSoc * vehicle.capacityKwh - energyKwh
      if (Date.parse(visit.depart) <= endMs && Math.abs(Math.max(0, missingKwh) - planned.shortKwh) > 2 * WATT_HOURS)
        faults.push(`${name} lacks ${missingKwh} kWh, but is said to lack ${planned.shortKwh}`)
      if (planned.shortKwh > 0 && (planned.shortCause === null || planned.shortRemedy === null))
        faults.push(`${name} is short without a reason`)
    })
  }
  return faults
}

function moneyFaults(instance: PlanInstance, plan: ChargingPlan): string[] {
  const faults: string[] = []
  const hours = instance.slotMinutes / 60
  const energyEur = plan.importKw.reduce((sum, kw, t) => sum + kw * hours * at(instance.price, t), 0)
  const quarters = new Map<number, number[]>()
  plan.importKw.forEach((kw, t) => {
    const slotMs = instance.slotMinutes * 60_000
    const own = 900_000 % slotMs === 0
    const quarter = own ? Math.floor((Date.parse(instance.start) + t * slotMs) / 900_000) : t
    quarters.set(quarter, [...(quarters.get(quarter) ?? []), kw])
  })
  const peakKw = Math.max(...[...quarters.values()].map((kws) => kws.reduce((sum, kw) => sum + kw, 0) / kws.length))
  const peakEur = (instance.peak?.eurPerKw ?? 0) * Math.max(0, peakKw - (instance.peak?.soFarKw ?? 0))
  const same = (name: string, said: number, found: number): void => {
    if (Math.abs(said - found) > 1e-6 * Math.max(1, Math.abs(found)))
      faults.push(`${name} is said to be ${said}, but is ${found}`)
  }
  same('the energy cost', plan.energyCostEur, energyEur)
  same('the peak', plan.peakKw, peakKw)
  same('the peak cost', plan.peakCostEur, peakEur)
  same('the total', plan.totalCostEur, energyEur + peakEur)
  if (plan.lowerBoundEur > plan.totalCostEur + 1e-9) faults.push('the lower bound is above the cost')
  return faults
}

function named(instance: PlanInstance, planned: ChargingPlan['visits'][number]) {
  const vehicle = instance.vehicles.find((one) => one.id === planned.vehicle)
  return {
    vehicle,
    visit: vehicle?.visits[planned.visit],
    point: instance.points.find((one) => one.id === planned.point),
  }
}

function coveredShare(instance: PlanInstance, visit: { arrive: string; depart: string }, t: number): number {
  const slotMs = instance.slotMinutes * 60_000
  const from = Date.parse(instance.start) + t * slotMs
  const covered = Math.min(Date.parse(visit.depart), from + slotMs) - Math.max(Date.parse(visit.arrive), from)
  return Math.max(0, covered) / slotMs
}

function at(series: number | number[], t: number): number {
  return Array.isArray(series) ? (series[t] ?? 0) : series
}
