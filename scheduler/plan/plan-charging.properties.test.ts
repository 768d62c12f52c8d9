import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { costLowerBoundEur, peakLowerBoundKw } from './bound.ts'
import { planFaults } from './check-plan.ts'
import type { PlanInstance, PlanVehicle } from './instance-fields.ts'
import { planInstance } from './instance.ts'
import { planCharging } from './plan-charging.ts'
import { problemOf } from './problem.ts'
import { minutesIn } from './small-instance.ts'
import { createHighsSolver } from './solver.ts'

const solver = createHighsSolver()

const integer = (min: number, max: number) => fc.integer({ min, max })

function perSlot(values: fc.Arbitrary<number>, slots: number): fc.Arbitrary<number | number[]> {
  return fc.oneof(values, fc.array(values, { minLength: slots, maxLength: slots }))
}

function vehicleOf(index: number, minutes: number, points: number): fc.Arbitrary<PlanVehicle> {
  return fc
    .record({
      capacityKwh: integer(20, 120),
      soc: integer(0, 100),
      maxKw: integer(5, 120),
      taper: fc.option(fc.tuple(integer(0, 120), integer(1, 98), integer(0, 120), integer(0, 60)), { nil: undefined }),
      minSoc: integer(0, 20),
      maxSoc: integer(60, 100),
      // Cuts of the horizon, beyond both its ends: stays lie between every second pair of them.
      cuts: fc.uniqueArray(integer(-30, minutes + 60), { minLength: 2, maxLength: 6 }),
      visits: fc.array(
        fc.record({
          point: integer(0, points - 1),
          used: integer(0, 40),
          need: integer(0, 110),
          priority: integer(1, 3),
        }),
        { minLength: 3, maxLength: 3 },
      ),
    })
    .map(({ capacityKwh, soc, maxKw, taper, minSoc, maxSoc, cuts, visits }) => {
      const times = cuts.toSorted((a, b) => a - b)
      return {
        id: `bus-${index}`,
        capacityKwh,
        energyKwh: (capacityKwh * soc) / 100,
        maxKw,
        ...(taper === undefined
          ? {}
          : {
              taper: [
                [0, taper[0]],
                [taper[1] / 100, taper[2]],
                [1, taper[3]],
              ] as [number, number][],
            }),
        minSoc: minSoc / 100,
        maxSoc: maxSoc / 100,
        visits: visits.slice(0, Math.floor(times.length / 2)).map((visit, v) => ({
          arrive: minutesIn(times[2 * v] ?? 0),
          depart: minutesIn(times[2 * v + 1] ?? 0),
          point: `p${visit.point}`,
          usedBeforeKwh: v === 0 && (times[0] ?? 0) <= 0 ? 0 : visit.used,
          needSoc: visit.need / 100,
          priority: visit.priority,
        })),
      }
    })
}

const anyInstance: fc.Arbitrary<PlanInstance> = fc
  .record({
    slotMinutes: fc.constantFrom(5, 15, 30),
    slots: integer(1, 14),
    vehicles: integer(0, 5),
    points: integer(1, 4),
  })
  .chain(({ slotMinutes, slots, vehicles, points }) =>
    fc.record({
      start: fc.constant(minutesIn(0)),
      slotMinutes: fc.constant(slotMinutes),
      slots: fc.constant(slots),
      timeZone: fc.constantFrom('Europe/Sofia', 'America/Detroit'),
      price: perSlot(
        integer(-200, 500).map((mills) => mills / 1000),
        slots,
      ),
      peak: fc.option(fc.record({ eurPerKw: integer(0, 12), soFarKw: integer(0, 80) }), { nil: undefined }),
      nodes: fc
        .tuple(
          perSlot(integer(0, 150), slots),
          perSlot(integer(0, 60), slots),
          perSlot(integer(0, 120), slots),
          perSlot(integer(0, 20), slots),
        )
        .map(([site, base, feeder, feederBase]) => [
          { id: 'site', parent: null, limitKw: site, baseLoadKw: base },
          { id: 'feeder', parent: 'site', limitKw: feeder, baseLoadKw: feederBase },
        ]),
      points: fc
        .array(fc.record({ maxKw: integer(0, 100), efficiency: fc.constantFrom(1, 0.95, 0.8), feeder: fc.boolean() }), {
          minLength: points,
          maxLength: points,
        })
        .map((all) =>
          all.map(({ feeder, ...rest }, p) => ({ id: `p${p}`, node: feeder ? 'feeder' : 'site', ...rest })),
        ),
      vehicles: fc.tuple(...Array.from({ length: vehicles }, (_, v) => vehicleOf(v, slots * slotMinutes, points))),
    }),
  )

describe('any plan', () => {
  test('keeps every limit, point, battery and taper curve, adds up its own costs, and explains what is short', async () => {
    await fc.assert(
      fc.asyncProperty(anyInstance, async (generated) => {
        const instance = planInstance.parse(generated)
        const plan = await planCharging(instance, solver)
        expect(plan.status).toBe('optimal')
        expect(planFaults(instance, plan)).toEqual([])
      }),
      { numRuns: 250 },
    )
  })

  test('without a solver still keeps everything', async () => {
    const broken = { solve: () => Promise.resolve({ status: 'failed' as const, reason: 'no solver today' }) }
    await fc.assert(
      fc.asyncProperty(anyInstance, async (generated) => {
        const instance = planInstance.parse(generated)
        const plan = await planCharging(instance, broken)
        expect(plan.status).toBe('fallback')
        expect(planFaults(instance, plan)).toEqual([])
      }),
      { numRuns: 150 },
    )
  })

  test('is no better than the bounds that need no solver', async () => {
    await fc.assert(
      fc.asyncProperty(anyInstance, async (generated) => {
        const instance = planInstance.parse(generated)
        const plan = await planCharging(instance, solver)
        const problem = problemOf(instance)
        const stranded = plan.violations.some((sentence) => sentence.includes('would stop'))
        if (stranded) return
        const shortKwh = plan.visits.map((visit) => visit.shortKwh + 0.05)
        expect(peakLowerBoundKw(problem, shortKwh)).toBeLessThanOrEqual(plan.peakKw + 1e-6)
        expect(costLowerBoundEur(problem, shortKwh)).toBeLessThanOrEqual(plan.totalCostEur + 1e-6)
      }),
      { numRuns: 150 },
    )
  })

  test('is the same for the same instance', async () => {
    await fc.assert(
      fc.asyncProperty(anyInstance, async (generated) => {
        const instance = planInstance.parse(generated)
        const [first, again] = [await planCharging(instance, solver), await planCharging(instance, createHighsSolver())]
        expect({ ...again, solveMs: 0 }).toEqual({ ...first, solveMs: 0 })
      }),
      { numRuns: 15 },
    )
  })
})
