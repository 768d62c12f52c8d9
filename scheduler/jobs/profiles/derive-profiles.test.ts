import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ChargingProfile } from '../../../domain/charging-profile.ts'
import type { StoredInstance, StoredResult } from '../../../domain/stored-plan.ts'
import { claimedPower, type HeldProfile } from './claims.ts'
import { deriveProfiles, type ProfileEvse } from './derive-profiles.ts'
import { nodePaths, sumOverTree } from './limit-tree.ts'
import { lapsesAt, mostWithin } from './profile-power.ts'
import { roomOfNodes } from './room.ts'

const start = new Date('2026-11-23T20:00:00Z')
const later = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000)

interface Bus {
  key: string
  kw: number[]
  depart?: Date
}

function planFor(buses: readonly Bus[]): { instance: StoredInstance; result: StoredResult } {
  const slots = 48
  return {
    instance: {
      start: start.toISOString(),
      slotMinutes: 15,
      slots,
      timeZone: 'Europe/Sofia',
      price: 0.1,
      nodes: [],
      points: [],
      vehicles: buses.map((bus) => ({
        id: `bus-${bus.key}`,
        capacityKwh: 300,
        energyKwh: 100,
        maxKw: 150,
        visits: [
          {
            arrive: start.toISOString(),
            depart: (bus.depart ?? later(600)).toISOString(),
            point: bus.key,
            needSoc: 0.8,
          },
        ],
      })),
    },
    result: {
      status: 'optimal',
      visits: buses.map((bus) => ({
        vehicle: `bus-${bus.key}`,
        visit: 0,
        point: bus.key,
        kw: Array.from({ length: slots }, (_, slot) => bus.kw[slot] ?? 0),
        socAtArrive: 0.3,
        socAtDepart: 0.8,
        shortKwh: 0,
        shortCause: null,
        shortRemedy: null,
      })),
      importKw: [],
      peakKw: 0,
      energyCostEur: 0,
      peakCostEur: 0,
      totalCostEur: 0,
      lowerBoundEur: 0,
      gap: 0,
      carbonKg: null,
      uncontrolled: { peakKw: 0, totalCostEur: 0, carbonKg: null, importKw: [] },
      violations: [],
      explain: [],
      solveMs: 0,
    },
  }
}

function evse(key: string, more: Partial<ProfileEvse> = {}): ProfileEvse {
  return {
    key,
    nodeId: 'site',
    evseId: 1,
    currentType: 'DC',
    phases: 3,
    maxPowerW: 150_000,
    minPowerW: 0,
    connected: true,
    known: true,
    abilities: {},
    held: [],
    wished: null,
    session: { transactionId: `tx-${key}`, vehicleId: `bus-${key}` },
    ...more,
  }
}

const siteNodes = (limitW: number) => [{ nodeId: 'site', parentId: null, label: null, limitW, baseLoadW: 0 }]

/** Every EVSE takes what it is told. */
function confirmAll(
  evses: ProfileEvse[],
  now: Date,
  site: { limitW: number; plan: ReturnType<typeof planFor> | null },
) {
  const derived = deriveProfiles({ nodes: siteNodes(site.limitW), evses, plan: site.plan, now })
  return evses.map((one) => {
    const failSafe = derived.failSafes.find((found) => found.key === one.key)?.profile
    const session = derived.sessions.find((found) => found.key === one.key)?.profile ?? one.wished
    const held = [failSafe, session].flatMap((profile): HeldProfile[] =>
      profile === null || profile === undefined ? [] : [{ profile, confirmed: true }],
    )
    return { ...one, held, wished: session }
  })
}

describe('the session profile', () => {
  test('is the plan in UTC, in watts for direct current, above the fail-safe, with an end', () => {
    const plan = planFor([{ key: 'a', kw: [100, 100, 50, 0] }])
    const ready = confirmAll([evse('a')], later(5), { limitW: 200_000, plan: null })
    const { sessions } = deriveProfiles({ nodes: siteNodes(200_000), evses: ready, plan, now: later(5) })
    expect(sessions).toEqual([
      {
        key: 'a',
        profile: {
          id: 201,
          stackLevel: 1,
          purpose: 'tx',
          kind: 'absolute',
          transactionId: 'tx-a',
          validTo: later(18 * 15),
          schedule: {
            rateUnit: 'W',
            startAt: start,
            durationSeconds: 18 * 900,
            periods: [
              { startSeconds: 0, limit: 100_000 },
              { startSeconds: 1800, limit: 50_000 },
              { startSeconds: 2700, limit: 0 },
            ],
          },
        },
      },
    ])
  })

  test('is in amps a phase for alternating current, rounded down, and pays a trickle ahead at 6 A', () => {
    const plan = planFor([{ key: 'a', kw: [11, 2, 2.14, 0] }])
    const ac = evse('a', { currentType: 'AC', maxPowerW: 22_080 })
    const ready = confirmAll([ac], later(0), { limitW: 50_000, plan: null })
    const { sessions } = deriveProfiles({ nodes: siteNodes(50_000), evses: ready, plan, now: later(0) })
    expect(sessions[0]?.profile.schedule.rateUnit).toBe('A')
    expect(sessions[0]?.profile.schedule.periods).toEqual([
      { startSeconds: 0, limit: 15, phases: 3 },
      { startSeconds: 900, limit: 6, phases: 3 },
      { startSeconds: 1800, limit: 0, phases: 3 },
    ])
  })

  test('speaks the only unit that the station takes', () => {
    const plan = planFor([{ key: 'a', kw: [69] }])
    const ready = confirmAll([evse('a', { abilities: { rateUnits: ['A'] } })], start, { limitW: 200_000, plan: null })
    const { sessions } = deriveProfiles({ nodes: siteNodes(200_000), evses: ready, plan, now: start })
    expect(sessions[0]?.profile.schedule).toMatchObject({ rateUnit: 'A', periods: [{ limit: 100 }, { limit: 0 }] })
  })

  test('ends with the visit', () => {
    const plan = planFor([{ key: 'a', kw: [100, 100, 100], depart: later(40) }])
    const ready = confirmAll([evse('a')], start, { limitW: 200_000, plan: null })
    const { sessions } = deriveProfiles({ nodes: siteNodes(200_000), evses: ready, plan, now: start })
    expect(lapsesAt(sessions[0]?.profile ?? neverWritten())).toEqual(later(45))
  })

  test('is not written for a vehicle that nobody knows, nor before there is a plan for it', () => {
    const plan = planFor([{ key: 'a', kw: [100] }])
    const stranger = evse('b', { session: { transactionId: 'tx-b', vehicleId: null } })
    const unplanned = evse('c')
    const { sessions, failSafes } = deriveProfiles({
      nodes: siteNodes(1e6),
      evses: [stranger, unplanned],
      plan,
      now: start,
    })
    expect(sessions).toEqual([])
    expect(failSafes.map((one) => one.profile.purpose)).toEqual(['txDefault', 'txDefault'])
  })

  test('stays as it is while the plan moves by less than the deadband', () => {
    const evses = confirmAll(confirmAll([evse('a')], start, { limitW: 200_000, plan: null }), start, {
      limitW: 200_000,
      plan: planFor([{ key: 'a', kw: [100, 100, 100, 100, 100] }]),
    })
    const moved = planFor([{ key: 'a', kw: [101, 99, 100, 100, 101] }])
    expect(deriveProfiles({ nodes: siteNodes(200_000), evses, plan: moved, now: later(5) }).sessions).toEqual([])
    const halved = planFor([{ key: 'a', kw: [50, 50] }])
    expect(deriveProfiles({ nodes: siteNodes(200_000), evses, plan: halved, now: later(5) }).sessions).toHaveLength(1)
  })

  test('is renewed before an outage could find it nearly over', () => {
    const plan = planFor([{ key: 'a', kw: Array.from({ length: 40 }, () => 100) }])
    const evses = confirmAll(confirmAll([evse('a')], start, { limitW: 200_000, plan: null }), start, {
      limitW: 200_000,
      plan,
    })
    expect(deriveProfiles({ nodes: siteNodes(200_000), evses, plan, now: later(120) }).sessions).toEqual([])
    expect(deriveProfiles({ nodes: siteNodes(200_000), evses, plan, now: later(150) }).sessions).toHaveLength(1)
  })
})

describe('the worst case stays under the limit', () => {
  test('nobody rises before the others have confirmed their fail-safe', () => {
    const plan = planFor([{ key: 'a', kw: [150] }])
    const told = (evses: ProfileEvse[]): number | undefined =>
      deriveProfiles({ nodes: siteNodes(150_000), evses, plan, now: start }).sessions[0]?.profile.schedule.periods[0]
        ?.limit
    const [a, b] = confirmAll([evse('a'), evse('b', { session: null })], start, { limitW: 150_000, plan: null })
    if (a === undefined || b === undefined) throw new Error('both are there')
    expect(told([a, Object.assign({}, b, { held: [] })])).toBe(22_500)
    expect(told([a, b])).toBe(127_500)
  })

  test('one goes up only after the other has confirmed that it went down', () => {
    const nodes = siteNodes(180_000)
    const guarded = confirmAll([evse('a'), evse('b')], start, { limitW: 180_000, plan: null })
    const night = planFor([
      { key: 'a', kw: [130, 130, 130] },
      { key: 'b', kw: [30, 30, 30] },
    ])
    const charging = confirmAll(guarded, start, { limitW: 180_000, plan: night })
    const swapped = planFor([
      { key: 'a', kw: [30, 30, 30] },
      { key: 'b', kw: [130, 130, 130] },
    ])
    const first = deriveProfiles({ nodes, evses: charging, plan: swapped, now: later(5) }).sessions
    const now = (key: string, sessions: typeof first) =>
      sessions.find((one) => one.key === key)?.profile.schedule.periods[0]?.limit
    expect(now('a', first)).toBe(30_000)
    expect(now('b', first)).toBe(50_000)
    const lowered = charging.map((one): ProfileEvse => {
      const profile = first.find((found) => found.key === one.key)?.profile
      if (profile === undefined) return one
      const others = one.held.filter((held) => held.profile.purpose !== 'tx')
      return Object.assign({}, one, { wished: profile, held: [...others, { profile, confirmed: true }] })
    })
    const second = deriveProfiles({ nodes, evses: lowered, plan: swapped, now: later(6) }).sessions
    expect(now('b', second)).toBe(130_000)
  })

  test('a charger that is cut off keeps its old profile, and the others make room for it', () => {
    const guarded = confirmAll([evse('a'), evse('b')], start, { limitW: 180_000, plan: null })
    const charging = confirmAll(guarded, start, { limitW: 180_000, plan: planFor([{ key: 'a', kw: [130, 130] }]) })
    const cut = charging.map((one) => Object.assign({}, one, { connected: one.key !== 'a' }))
    const plan = planFor([{ key: 'b', kw: [150, 150, 150] }])
    const { sessions } = deriveProfiles({ nodes: siteNodes(180_000), evses: cut, plan, now: later(5) })
    expect(sessions.map((one) => one.key)).toEqual(['b'])
    expect(sessions[0]?.profile.schedule.periods).toMatchObject([
      { startSeconds: 0, limit: 50_000 },
      // From here on a's profile lets it draw no more than its fail-safe of 27 kW.
      { startSeconds: 1800, limit: 150_000 },
      { startSeconds: 2700, limit: 0 },
    ])
  })

  test('however much is held, two rounds that arrive bring all under the limit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 40, max: 300 }),
        fc.array(fc.integer({ min: 0, max: 150 }), { minLength: 3, maxLength: 3 }),
        fc.array(fc.integer({ min: 0, max: 150 }), { minLength: 3, maxLength: 3 }),
        (limitKw, held, wanted) => {
          const keys = ['a', 'b', 'c']
          const planOf = (kw: number[]) =>
            planFor(keys.map((key, i) => ({ key, kw: Array(20).fill(kw[i]) as number[] })))
          const before = { limitW: 450_000, plan: planOf(held) }
          let evses = confirmAll(
            confirmAll(
              keys.map((key) => evse(key)),
              start,
              { ...before, plan: null },
            ),
            start,
            before,
          )
          const site = { limitW: limitKw * 1000, plan: planOf(wanted) }
          for (let round = 0; round < 2; round += 1) evses = confirmAll(evses, later(5), site)
          for (let minute = 5; minute < 300; minute += 15) {
            const sum = evses.reduce((total, one) => {
              const powers = one.held.map(
                (held) => mostWithin(held.profile, one, later(minute), later(minute + 1)) ?? 0,
              )
              return total + Math.max(...powers)
            }, 0)
            expect(sum).toBeLessThanOrEqual(limitKw * 1000)
          }
        },
      ),
    )
  })

  test('in any sequence of plans, limits, lost messages and cut lines, at every instant, whatever each charger follows', () => {
    fc.assert(fc.property(anyNight, checkNight), { numRuns: 150 })
  })
})

interface Step {
  kw: number[][]
  /** Per EVSE: 0 the message is lost on its way, 1 its answer is lost, 2 all well. */
  fate: number[]
  cut: boolean[]
  minutes: number
}

const COUNT = 4
const anyNight = fc.record({
  limitKw: fc.integer({ min: 60, max: 400 }),
  feederKw: fc.integer({ min: 30, max: 300 }),
  ac: fc.boolean(),
  maxPeriods: fc.integer({ min: 2, max: 20 }),
  steps: fc.array(
    fc.record({
      kw: fc.array(fc.array(fc.integer({ min: 0, max: 150 }), { minLength: 24, maxLength: 24 }), {
        minLength: COUNT,
        maxLength: COUNT,
      }),
      fate: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: COUNT, maxLength: COUNT }),
      cut: fc.array(fc.boolean(), { minLength: COUNT, maxLength: COUNT }),
      minutes: fc.integer({ min: 1, max: 40 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
})

/** Plays a night: the central system's ledger on one side, what each station really holds on the other. */
function checkNight(night: {
  limitKw: number
  feederKw: number
  ac: boolean
  maxPeriods: number
  steps: Step[]
}): void {
  const nodes = [
    { nodeId: 'site', parentId: null, label: null, limitW: night.limitKw * 1000, baseLoadW: 5000 },
    { nodeId: 'feeder', parentId: 'site', label: null, limitW: night.feederKw * 1000, baseLoadW: 0 },
  ]
  const keys = Array.from({ length: COUNT }, (_, i) => `e${i}`)
  let evses = keys.map((key, i) =>
    evse(key, {
      nodeId: i < 2 ? 'feeder' : 'site',
      abilities: { maxPeriods: night.maxPeriods },
      ...(night.ac && i === 0 ? { currentType: 'AC', maxPowerW: 22_080 } : {}),
    }),
  )
  const installed = deriveProfiles({ nodes, evses, plan: null, now: start })
  const real = new Map<string, { failSafe: ChargingProfile; session: ChargingProfile | null }>()
  evses = evses.map((one) => {
    const profile = installed.failSafes.find((found) => found.key === one.key)?.profile ?? neverWritten()
    real.set(one.key, { failSafe: profile, session: null })
    return { ...one, held: [{ profile, confirmed: true }] }
  })

  let minutes = 0
  for (const step of night.steps) {
    const now = later(minutes)
    const plan = planFor(keys.map((key, i) => ({ key, kw: step.kw[i] ?? [] })))
    evses = evses.map((one, i) => ({ ...one, connected: step.cut[i] !== true }))
    const { sessions } = deriveProfiles({ nodes, evses, plan, now })
    evses = evses.map((one, i) => {
      const profile = sessions.find((found) => found.key === one.key)?.profile
      if (profile === undefined) return one
      const fate = step.fate[i] ?? 0
      const state = real.get(one.key)
      if (fate > 0 && state !== undefined) state.session = profile
      const others = fate === 2 ? one.held.filter((held) => held.profile.purpose !== 'tx') : one.held
      return { ...one, wished: profile, held: [...others, { profile, confirmed: fate === 2 }] }
    })
    for (let ahead = 0; ahead < 360; ahead += 7) checkInstant(later(minutes + ahead))
    minutes += step.minutes
  }

  function checkInstant(at: Date): void {
    const tree = roomOfNodes(nodes)
    const paths = nodePaths(tree, evses)
    const to = new Date(at.getTime() + 1)
    const sums = sumOverTree(tree, paths, (key) => {
      const rating = evses.find((one) => one.key === key) ?? evse(key)
      const state = real.get(key)
      const fallback = mostWithin(state?.failSafe ?? neverWritten(), rating, at, to) ?? 0
      const session = state?.session ?? null
      const worst = Math.max(fallback, session === null ? 0 : (mostWithin(session, rating, at, to) ?? 0))
      expect(worst).toBeLessThanOrEqual(claimedPower({ ...rating, failSafeW: 0 }, at, to) + 1e-6)
      return worst
    })
    for (const node of tree) expect(sums.get(node.id)).toBeLessThanOrEqual(Math.max(0, node.roomW) + 1e-3)
  }
}

function neverWritten(): never {
  throw new Error('the profile was not written')
}
