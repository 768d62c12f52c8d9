import { describe, expect, test } from 'vitest'
import { peakLowerBoundKw } from './bound.ts'
import { planFaults } from './check-plan.ts'
import type { ChargingPlan } from '../../domain/charging-plan.ts'
import { generateInstance } from './generate-instance.ts'
import type { PlanInstance } from './instance-fields.ts'
import { planInstance } from './instance.ts'
import { planCharging } from './plan-charging.ts'
import { problemOf } from './problem.ts'
import { minutesIn, smallInstance, smallVehicle } from './small-instance.ts'
import { createHighsSolver, type LpSolver } from './solver.ts'
import { UnsupportedInstanceError } from './unsupported-fields.ts'

const solver = createHighsSolver()

async function planOf(changes: Partial<PlanInstance> = {}): Promise<ChargingPlan> {
  const instance = planInstance.parse(smallInstance(changes))
  const plan = await planCharging(instance, solver)
  expect(planFaults(instance, plan)).toEqual([])
  return plan
}

function rounded(kw: readonly number[] | undefined): number[] {
  return (kw ?? []).map((value) => Math.round(value * 100) / 100)
}

describe('money', () => {
  test('charges in the cheapest slots that are enough', async () => {
    const plan = await planOf({ price: [0.3, 0.3, 0.1, 0.2, 0.1, 0.3, 0.3, 0.3] })
    expect(rounded(plan.visits[0]?.kw)).toEqual([0, 0, 50, 20, 50, 0, 0, 0])
    expect(plan.totalCostEur).toBeCloseTo(12.5 * 0.1 * 2 + 5 * 0.2, 6)
    expect(plan.gap).toBeLessThan(1e-3)
  })

  test('charges early when it costs the same', async () => {
    const plan = await planOf()
    expect(rounded(plan.visits[0]?.kw)).toEqual([50, 50, 20, 0, 0, 0, 0, 0])
  })

  test('fills the battery when the price is negative, and no further', async () => {
    const plan = await planOf({
      price: [0.1, -0.1, -0.2, -0.05, 0.1, 0.1, 0.1, 0.1],
      vehicles: [smallVehicle({ maxSoc: 0.85 })],
    })
    expect(rounded(plan.visits[0]?.kw)).toEqual([0, 50, 50, 40, 0, 0, 0, 0])
    expect(plan.visits[0]?.socAtDepart).toBeCloseTo(0.85, 6)
    expect(plan.energyCostEur).toBeLessThan(0)
    expect(plan.lowerBoundEur).toBeLessThanOrEqual(plan.totalCostEur)
  })

  test('keeps the peak flat when it costs money', async () => {
    const plan = await planOf({ peak: { eurPerKw: 5 } })
    expect(plan.peakKw).toBeCloseTo(15, 4)
    expect(plan.peakCostEur).toBeCloseTo(75, 3)
    expect(plan.uncontrolled.peakKw).toBeCloseTo(50, 6)
  })

  test('uses the peak that the month has already paid for, and pays only what is above it', async () => {
    const covered = await planOf({ peak: { eurPerKw: 5, soFarKw: 60 } })
    expect(covered.peakCostEur).toBe(0)
    expect(rounded(covered.visits[0]?.kw)).toEqual([50, 50, 20, 0, 0, 0, 0, 0])
    expect(covered.explain.join(' ')).toContain('no peak charge arises')
    const above = await planOf({ peak: { eurPerKw: 5, soFarKw: 10 } })
    expect(above.peakCostEur).toBeCloseTo(25, 3)
  })

  test('counts the base load in the import, its cost and the peak', async () => {
    const plan = await planOf({
      nodes: [{ id: 'site', parent: null, limitKw: 100, baseLoadKw: 20 }],
      peak: { eurPerKw: 1 },
      vehicles: [],
    })
    expect(plan.importKw).toEqual(Array.from({ length: 8 }, () => 20))
    expect(plan.energyCostEur).toBeCloseTo(20 * 2 * 0.1, 9)
    expect(plan.peakCostEur).toBeCloseTo(20, 9)
    expect(plan.uncontrolled.totalCostEur).toBeCloseTo(plan.totalCostEur, 9)
  })

  test('settles the peak in quarter hours when slots are shorter', async () => {
    const plan = await planOf({
      slotMinutes: 5,
      slots: 24,
      peak: { eurPerKw: 5 },
      vehicles: [smallVehicle({ visit: { depart: minutesIn(5), needSoc: 0.54 } })],
    })
    // 4 kWh in five minutes are 48 kW, but a mean of 16 over the quarter.
    expect(Math.max(...plan.importKw)).toBeCloseTo(48, 4)
    expect(plan.peakKw).toBeCloseTo(16, 4)
  })

  test('reports carbon, planned and uncontrolled', async () => {
    const plan = await planOf({ carbon: [400, 400, 400, 400, 100, 100, 100, 100], price: [3, 3, 3, 3, 1, 1, 1, 1] })
    expect(plan.carbonKg).toBeCloseTo(3, 4)
    expect(plan.uncontrolled.carbonKg).toBeCloseTo(12, 4)
    expect((await planOf()).carbonKg).toBeNull()
  })
})

describe('limits', () => {
  test('shares a feeder below the site', async () => {
    const plan = await planOf({
      nodes: [
        { id: 'site', parent: null, limitKw: 100 },
        { id: 'feeder', parent: 'site', limitKw: 30 },
      ],
      points: [
        { id: 'p1', node: 'feeder', maxKw: 50 },
        { id: 'p2', node: 'feeder', maxKw: 50 },
      ],
      vehicles: [smallVehicle(), smallVehicle({ id: 'bus-2', visit: { point: 'p2' } })],
    })
    expect(Math.max(...plan.importKw)).toBeCloseTo(30, 4)
    expect(plan.visits.every((visit) => visit.shortKwh === 0)).toBe(true)
  })

  test('leaves room for a limit that falls in some slots', async () => {
    const plan = await planOf({ nodes: [{ id: 'site', parent: null, limitKw: [0, 0, 60, 60, 60, 60, 60, 60] }] })
    expect(rounded(plan.visits[0]?.kw).slice(0, 3)).toEqual([0, 0, 50])
  })

  test('charges nothing while the base load alone is above the limit, and says so', async () => {
    const plan = await planOf({
      nodes: [{ id: 'site', parent: null, limitKw: 100, baseLoadKw: [120, 120, 20, 20, 20, 20, 20, 20] }],
    })
    expect(rounded(plan.visits[0]?.kw).slice(0, 3)).toEqual([0, 0, 50])
    expect(plan.violations).toEqual([
      expect.stringMatching(/site: the base load alone, up to 120 kW, is above the limit/),
    ])
  })

  test('two vehicles that overlap at one point share its time', async () => {
    const plan = await planOf({
      vehicles: [smallVehicle({ visit: { needSoc: 0.9 } }), smallVehicle({ id: 'bus-2', visit: { needSoc: 0.9 } })],
    })
    const [first, second] = plan.visits
    const together = (first?.kw ?? []).map((kw, t) => kw + (second?.kw[t] ?? 0))
    expect(Math.max(...together)).toBeLessThanOrEqual(50 + 1e-6)
    expect(plan.visits.map((visit) => visit.shortKwh)).toEqual([0, 0])
  })

  test('a slot that a stay covers in part offers that share', async () => {
    const plan = await planOf({
      vehicles: [smallVehicle({ visit: { arrive: minutesIn(10), depart: minutesIn(35), needSoc: 1 } })],
    })
    expect(rounded(plan.visits[0]?.kw)).toEqual([16.67, 50, 16.67, 0, 0, 0, 0, 0])
    expect(plan.visits[0]?.socAtDepart).toBeCloseTo(0.5 + (50 * 25) / 60 / 100, 4)
  })

  test('one vehicle leaves a point in the middle of a slot and the next comes: both get their part', async () => {
    const plan = await planOf({
      slots: 1,
      vehicles: [
        smallVehicle({ visit: { depart: minutesIn(5), needSoc: 1 } }),
        smallVehicle({ id: 'bus-2', visit: { arrive: minutesIn(5), depart: minutesIn(15), needSoc: 1 } }),
      ],
    })
    expect(plan.visits.map((visit) => rounded(visit.kw))).toEqual([[16.67], [33.33]])
  })

  test('a vehicle that has been there since before the start charges from the start', async () => {
    const plan = await planOf({ vehicles: [smallVehicle({ visit: { arrive: minutesIn(-300) } })] })
    expect(rounded(plan.visits[0]?.kw)).toEqual([50, 50, 20, 0, 0, 0, 0, 0])
  })

  test('the grid loses what the charger does not pass on', async () => {
    const plan = await planOf({ points: [{ id: 'p1', node: 'site', maxKw: 50, efficiency: 0.9 }] })
    expect(plan.importKw.reduce((sum, kw) => sum + kw / 4, 0)).toBeCloseTo(30 / 0.9, 3)
  })
})

describe('batteries', () => {
  test('carries energy from stay to stay', async () => {
    const plan = await planOf({
      price: [0.1, 0.1, 0.1, 0.1, 0.4, 0.4, 0.4, 0.4],
      vehicles: [
        smallVehicle({
          visits: [
            { arrive: minutesIn(0), depart: minutesIn(45), point: 'p1', needSoc: 0.5 },
            { arrive: minutesIn(75), depart: minutesIn(120), point: 'p2', usedBeforeKwh: 20, needSoc: 0.6 },
          ],
        }),
      ],
    })
    // 30 kWh are missing at the end, and the first stay is the cheap one.
    expect(plan.visits.map((visit) => Math.round(visit.socAtDepart * 1000) / 1000)).toEqual([0.8, 0.6])
    expect(plan.totalCostEur).toBeCloseTo(3, 6)
  })

  test('stays under the taper curve where the cheap slots come late', async () => {
    const vehicles = [
      smallVehicle({
        taper: [
          [0, 50],
          [0.6, 50],
          [1, 5],
        ],
        visit: { needSoc: 0.9 },
      }),
    ]
    const price = Array.from({ length: 24 }, (_, t) => (t < 12 ? 0.3 : 0.1))
    const plan = await planOf({ slotMinutes: 5, slots: 24, price, vehicles })
    expect(plan.visits[0]?.shortKwh).toBe(0)
    expect(plan.visits[0]?.kw.at(-1)).toBeLessThan(25)
    // Power is constant within a slot, and the bound is for power that follows the curve: the shorter the slot, the less between them.
    expect(plan.gap).toBeLessThan(0.08)
  })

  test('keeps enough for the way to the next stay even when no need asks for it', async () => {
    const plan = await planOf({
      vehicles: [
        smallVehicle({
          energyKwh: 20,
          minSoc: 0.1,
          visits: [
            { arrive: minutesIn(0), depart: minutesIn(45), point: 'p1', needSoc: 0 },
            { arrive: minutesIn(75), depart: minutesIn(120), point: 'p2', usedBeforeKwh: 30, needSoc: 0.1 },
          ],
        }),
      ],
    })
    expect(plan.visits[1]?.socAtArrive).toBeGreaterThan(0.0999)
    expect(plan.violations).toEqual([])
  })

  test('says when a vehicle would stop on the road, and plans on', async () => {
    const plan = await planOf({
      vehicles: [
        smallVehicle({
          energyKwh: 5,
          taper: [
            [0, 10],
            [0.1, 50],
            [1, 50],
          ],
          visits: [{ arrive: minutesIn(60), depart: minutesIn(120), point: 'p1', usedBeforeKwh: 30, needSoc: 0.2 }],
        }),
      ],
    })
    expect(plan.status).toBe('optimal')
    expect(plan.violations).toEqual(['bus-1 would stop before Mon 21:00: its battery lacks 25.0 kWh.'])
  })

  test('a curve that bends the wrong way is planned below itself, and says so', async () => {
    const vehicles = [
      smallVehicle({
        taper: [
          [0, 50],
          [0.6, 50],
          [0.65, 20],
          [1, 20],
        ],
      }),
    ]
    const plan = await planOf({ vehicles })
    expect(plan.visits[0]?.shortKwh).toBe(0)
    expect(plan.explain.join(' ')).toContain('bus-1: the taper curve bends upwards')
  })
})

describe('needs that cannot be met', () => {
  test('a stay that is too short comes back short with the power or the time that would do', async () => {
    const plan = await planOf({ vehicles: [smallVehicle({ maxKw: 100, visit: { depart: minutesIn(30) } })] })
    const [visit] = plan.visits
    expect(visit?.shortKwh).toBeCloseTo(5, 3)
    expect(visit?.shortCause).toBe('it stays 30 min, arrives with 50 % and takes at most 50 kW at p1')
    expect(visit?.shortRemedy).toBe(
      'What would do: a charger with 60 kW instead of 50 kW, or leaving 6 min later, or a vehicle that has more charge.',
    )
    expect(plan.explain[0]).toBe('bus-1 leaves Mon 20:30 with 75 % of 80 %: 5.0 kWh short.')
  })

  test('a full feeder is named with the power that is missing', async () => {
    const plan = await planOf({
      nodes: [{ id: 'site', parent: null, limitKw: 25, baseLoadKw: 5 }],
      vehicles: [smallVehicle(), smallVehicle({ id: 'bus-2', visit: { point: 'p2' } })],
    })
    expect(plan.visits.reduce((sum, visit) => sum + visit.shortKwh, 0)).toBeCloseTo(20, 3)
    const short = plan.visits.find((visit) => visit.shortKwh > 0)
    expect(short?.shortCause).toContain(
      'site is full while it is there (25 kW, of which 5 kW are base load; Mon 20:00–22:00)',
    )
    expect(short?.shortRemedy).toContain('more through site during its stay')
  })

  test('the higher priority is met first, whatever the prices', async () => {
    const plan = await planOf({
      price: [1, 1, 1, 1, 1, 1, 1, 1],
      nodes: [{ id: 'site', parent: null, limitKw: 20 }],
      vehicles: [
        smallVehicle({ visit: { priority: 1 } }),
        smallVehicle({ id: 'bus-2', visit: { point: 'p2', priority: 2 } }),
      ],
    })
    expect(plan.visits.map((visit) => Math.round(visit.shortKwh * 100) / 100)).toEqual([20, 0])
  })

  test('no energy is left out to save money, however dear', async () => {
    const plan = await planOf({ price: 50, peak: { eurPerKw: 5000 } })
    expect(plan.visits[0]?.shortKwh).toBe(0)
  })

  test('a need above the battery names a larger battery', async () => {
    const plan = await planOf({ vehicles: [smallVehicle({ visit: { needSoc: 1.3 } })] })
    expect(plan.visits[0]?.shortKwh).toBeCloseTo(30, 3)
    expect(plan.visits[0]?.shortRemedy).toContain('larger battery')
  })

  test('a departure beyond the horizon is not short while half the power would still do', async () => {
    const plan = await planOf({ vehicles: [smallVehicle({ visit: { depart: minutesIn(240), needSoc: 1 } })] })
    expect(plan.visits[0]?.shortKwh).toBe(0)
    expect(plan.explain.join(' ')).toContain('departure lies beyond the plan’s end')
  })
})

describe('a plan', () => {
  test('for no vehicle at all is empty', async () => {
    const plan = await planOf({ vehicles: [] })
    expect(plan).toMatchObject({ status: 'optimal', visits: [], peakKw: 0, totalCostEur: 0, gap: 0, violations: [] })
  })

  test.each([
    ['when the clocks go back', '2026-10-24T20:00:00Z', 'Sun 04:00'],
    ['when the clocks go forward', '2026-03-28T20:00:00Z', 'Sun 05:00'],
  ])('has every slot once on the night %s', async (_, start, sixHoursLater) => {
    const plan = await planOf({
      start,
      slots: 48,
      price: Array.from({ length: 48 }, (_, t) => (t === 24 ? 0.01 : 0.2)),
      vehicles: [smallVehicle({ visit: { arrive: minutesIn(0, start), depart: minutesIn(720, start), needSoc: 0.6 } })],
    })
    expect(rounded(plan.visits[0]?.kw)[24]).toBe(40)
    expect(plan.explain.join(' ')).toContain(`waits until ${sixHoursLater}`)
  })

  test('refuses what it cannot plan yet, naming the field', async () => {
    const instance = smallInstance({ vehicles: [smallVehicle({ visit: { point: null } })] })
    await expect(planCharging(instance, solver)).rejects.toThrow(UnsupportedInstanceError)
    await expect(planCharging(instance, solver)).rejects.toThrow('vehicles[0].visits[0].point null')
  })

  test('survives a solver that dies: within limits, earliest departure first, and open about it', async () => {
    const broken: LpSolver = { solve: () => Promise.resolve({ status: 'failed', reason: 'gone' }) }
    const instance = planInstance.parse(generateInstance({ buses: 20 }))
    const [fallback, best] = [await planCharging(instance, broken), await planCharging(instance, solver)]
    expect(planFaults(instance, fallback)).toEqual([])
    expect(fallback.status).toBe('fallback')
    expect(fallback.explain[0]).toContain('The solver gave no answer')
    expect(fallback.lowerBoundEur).toBeLessThanOrEqual(best.totalCostEur)
    expect(fallback.lowerBoundEur).toBeGreaterThan(best.totalCostEur * 0.9)
    expect(fallback.visits.filter((visit) => visit.shortKwh > 0)).toEqual([])
  })

  test('uses what a solver found before it died, within the batteries', async () => {
    let solves = 0
    const tired: LpSolver = {
      solve: (program, options) =>
        (solves += 1) > 1 ? Promise.resolve({ status: 'failed', reason: 'tired' }) : solver.solve(program, options),
    }
    const instance = planInstance.parse(generateInstance({ buses: 20 }))
    const plan = await planCharging(instance, tired)
    expect(planFaults(instance, plan)).toEqual([])
    expect(plan.status).toBe('optimal')
  })

  test('a solver whose HiGHS cannot be loaded fails without throwing, and is tried again', async () => {
    let loads = 0
    const unloadable = createHighsSolver({
      load: () => {
        loads += 1
        return Promise.reject(new Error('no wasm here'))
      },
    })
    const plan = await planCharging(smallInstance(), unloadable)
    expect(plan.status).toBe('fallback')
    expect(loads).toBe(2)
  })

  test.each([1, 2, 3])(
    'of a generated depot (seed %i) is sound, within half a percent of the bound, and flattens the peak',
    async (seed) => {
      const instance = planInstance.parse(generateInstance({ buses: 30, seed }))
      const plan = await planCharging(instance, solver)
      expect(planFaults(instance, plan)).toEqual([])
      expect(plan.gap).toBeLessThan(0.005)
      expect(plan.peakKw).toBeLessThan(plan.uncontrolled.peakKw * 0.6)
      const bound = peakLowerBoundKw(problemOf(instance))
      expect(bound).toBeLessThanOrEqual(plan.peakKw + 1e-6)
      expect(bound).toBeGreaterThan(plan.peakKw * 0.97)
    },
  )

  test('charges each vehicle in few goes', async () => {
    const plan = await planCharging(planInstance.parse(generateInstance({ buses: 20 })), solver)
    const starts = plan.visits.map(
      (visit) => visit.kw.filter((kw, t) => kw > 0.05 && (visit.kw[t - 1] ?? 0) <= 0.05).length,
    )
    expect(starts.reduce((sum, count) => sum + count, 0) / starts.length).toBeLessThan(3)
  })
})
