import { describe, expect, test } from 'vitest'
import type { ChargingPlan } from '../../domain/charging-plan.ts'
import { planFaults } from './check-plan.ts'
import { fallbackPowers } from './fallback.ts'
import { generateInstance } from './generate-instance.ts'
import type { PlanInstance } from './instance-fields.ts'
import { planInstance } from './instance.ts'
import { planCharging } from './plan-charging.ts'
import { problemOf } from './problem.ts'
import { smallInstance, smallVehicle } from './small-instance.ts'
import { createHighsSolver } from './solver.ts'

const solver = createHighsSolver()

async function planOf(changes: Partial<PlanInstance>): Promise<ChargingPlan> {
  const instance = planInstance.parse(smallInstance(changes))
  const plan = await planCharging(instance, solver)
  expect(planFaults(instance, plan)).toEqual([])
  return plan
}

function rounded(kw: readonly number[] | undefined): number[] {
  return (kw ?? []).map((value) => Math.round(value * 100) / 100)
}

const DEAR_NOW = [0.9, 0.9, 0.9, 0.1, 0.1, 0.1, 0.1, 0.1]
const second = (visit: object = {}) => {
  const vehicle = smallVehicle({ visit: { point: 'p2', ...visit } })
  return { ...vehicle, id: 'bus-2' }
}

describe('a vehicle that is to charge now', () => {
  test('charges with all it can from the first slot, whatever energy and the peak cost', async () => {
    const plan = await planOf({
      price: DEAR_NOW,
      peak: { eurPerKw: 50 },
      vehicles: [smallVehicle({ visit: { chargeNowToSoc: 0.8 } })],
    })
    expect(rounded(plan.visits[0]?.kw)).toEqual([50, 50, 20, 0, 0, 0, 0, 0])
  })

  test('takes the cheap hours for what it needs beyond what it is to have soon', async () => {
    const plan = await planOf({ price: DEAR_NOW, vehicles: [smallVehicle({ visit: { chargeNowToSoc: 0.6 } })] })
    expect(rounded(plan.visits[0]?.kw)).toEqual([40, 0, 0, 50, 30, 0, 0, 0])
  })

  test('goes beyond its need when that is wished for, and stops there', async () => {
    const plan = await planOf({ price: 0.2, vehicles: [smallVehicle({ visit: { chargeNowToSoc: 0.9 } })] })
    expect(rounded(plan.visits[0]?.kw)).toEqual([50, 50, 50, 10, 0, 0, 0, 0])
  })

  test('goes before a vehicle that leaves earlier, as far as that one still gets what it needs', async () => {
    const plan = await planOf({
      nodes: [{ id: 'site', parent: null, limitKw: 50 }],
      vehicles: [smallVehicle({ visit: { chargeNowToSoc: 0.8 } }), second({ depart: '2026-11-23T19:45:00Z' })],
    })
    expect(rounded(plan.visits[0]?.kw).slice(0, 3)).toEqual([50, 50, 20])
    expect(plan.visits.map((visit) => visit.shortKwh)).toEqual([0, 0])
  })

  test('waits for one that would otherwise leave without what it needs', async () => {
    const plan = await planOf({
      nodes: [{ id: 'site', parent: null, limitKw: 50 }],
      vehicles: [smallVehicle({ visit: { chargeNowToSoc: 0.8 } }), second({ depart: '2026-11-23T18:45:00Z' })],
    })
    expect(plan.visits.map((visit) => visit.shortKwh)).toEqual([0, 0])
    // 30 kWh of the 37.5 kWh until then are the other's.
    expect(rounded(plan.visits[0]?.kw).slice(0, 3)).toEqual([30, 0, 0])
  })

  test('never breaks a limit, and two of them share what there is', async () => {
    const plan = await planOf({
      nodes: [{ id: 'site', parent: null, limitKw: 60, baseLoadKw: 10 }],
      price: DEAR_NOW,
      vehicles: [smallVehicle({ visit: { chargeNowToSoc: 0.8 } }), second({ chargeNowToSoc: 0.8 })],
    })
    expect(plan.importKw.slice(0, 4).map(Math.round)).toEqual([60, 60, 60, 60])
  })

  test('is first even when the solver fails', () => {
    const problem = problemOf(
      planInstance.parse(
        smallInstance({
          nodes: [{ id: 'site', parent: null, limitKw: 50 }],
          vehicles: [second({ depart: '2026-11-23T19:00:00Z' }), smallVehicle({ visit: { chargeNowToSoc: 0.8 } })],
        }),
      ),
    )
    expect(rounded(Array.from(fallbackPowers(problem)[1] ?? [])).slice(0, 3)).toEqual([50, 50, 20])
  })

  test('in depots of any kind: the plan is sound, its first slot is full, and the bound stays below the cost', async () => {
    for (let seed = 1; seed <= 8; seed += 1) {
      const instance = generateInstance({ buses: 12, seed })
      const [first] = instance.vehicles
      const [visit] = first?.visits ?? []
      if (first === undefined || visit === undefined) throw new Error('the generator makes visits')
      const without = await planCharging(instance, solver)
      visit.chargeNowToSoc = Math.min(1, visit.needSoc)
      const plan = await planCharging(instance, solver)
      expect(planFaults(instance, plan)).toEqual([])
      const shortKwh = (one: ChargingPlan): number => one.visits.reduce((sum, { shortKwh: kwh }) => sum + kwh, 0)
      expect(shortKwh(plan)).toBeLessThanOrEqual(shortKwh(without) + 0.1)
      expect(plan.totalCostEur).toBeGreaterThanOrEqual(without.lowerBoundEur - 1e-6)
      expect(plan.gap).toBeLessThan(0.02)
      const energyBy = (one: ChargingPlan, slot: number): number =>
        one.visits[0]?.kw.slice(0, slot + 1).reduce((sum, kw) => sum + kw, 0) ?? 0
      for (let slot = 0; slot < instance.slots; slot += 1)
        if (energyBy(plan, slot) < energyBy(without, slot) - 0.1) {
          // Only once it has what it is to have may it fall behind.
          const gained = (energyBy(plan, slot) * instance.slotMinutes) / 60
          expect(first.energyKwh + gained).toBeGreaterThan((visit.chargeNowToSoc ?? 0) * first.capacityKwh - 1)
        }
    }
  }, 60_000)
})
