import type { StoredInstance, StoredResult } from './stored-plan.ts'

/** What one way of charging comes to within a span of time. */
export interface ChargingOutcome {
  energyWh: number
  /** Of the charging alone, without the building's base load. */
  costMicroEur: number
  /** Of the whole connection. */
  peakW: number
  carbonG: number | null
}

type PlanPart = Pick<StoredInstance, 'start' | 'slotMinutes' | 'price' | 'carbon' | 'nodes'>

/**
 * What a plan and uncontrolled charging come to from the plan's start to `until`. Both are priced with the plan's prices. The building's base load is taken out of energy, cost and
 * carbon: it is drawn either way.
 */
export function planOutcomes(
  instance: PlanPart,
  result: Pick<StoredResult, 'importKw'> & { uncontrolled: Pick<StoredResult['uncontrolled'], 'importKw'> },
  until: Date,
): { planned: ChargingOutcome; uncontrolled: ChargingOutcome } {
  const slots = Math.floor((until.getTime() - Date.parse(instance.start)) / (instance.slotMinutes * 60_000))
  return {
    planned: outcome(instance, result.importKw.slice(0, Math.max(0, slots))),
    uncontrolled: outcome(instance, result.uncontrolled.importKw.slice(0, Math.max(0, slots))),
  }
}

function outcome(instance: PlanPart, importKw: readonly number[]): ChargingOutcome {
  const hours = instance.slotMinutes / 60
  const base = instance.nodes.reduce(
    (sum: number[], node) => importKw.map((_, slot) => (sum[slot] ?? 0) + valueAt(node.baseLoadKw ?? 0, slot)),
    [],
  )
  let kwh = 0
  let eur = 0
  let grams = 0
  for (const [slot, kw] of importKw.entries()) {
    const energyKwh = Math.max(0, kw - (base[slot] ?? 0)) * hours
    kwh += energyKwh
    eur += energyKwh * valueAt(instance.price, slot)
    grams += energyKwh * valueAt(instance.carbon ?? 0, slot)
  }
  return {
    energyWh: Math.round(kwh * 1000),
    costMicroEur: Math.round(eur * 1e6),
    peakW: Math.round(importKw.reduce((most, kw) => Math.max(most, kw), 0) * 1000),
    carbonG: instance.carbon === undefined ? null : Math.round(grams),
  }
}

function valueAt(values: number | readonly number[], slot: number): number {
  return typeof values === 'number' ? values : (values[slot] ?? 0)
}
