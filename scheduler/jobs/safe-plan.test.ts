import { describe, expect, test } from 'vitest'
import type { ChargingEvse } from '../../db/planning-state.ts'
import type { PlanInstance } from '../plan/instance.ts'
import { createHighsSolver } from '../plan/solver.ts'
import { overReserve } from './profiles/reserve.ts'
import { planSafely } from './safe-plan.ts'

const solver = createHighsSolver()
const limitNode = (limitW: number) => [{ nodeId: 'grid', parentId: null, label: null, limitW, baseLoadW: 10_000 }]

function evse(stationId: string, more: Partial<ChargingEvse> = {}): ChargingEvse {
  return {
    stationId,
    evseId: 1,
    stationLabel: stationId,
    nodeId: 'grid',
    currentType: 'DC',
    phases: 3,
    maxPowerW: 150_000,
    minPowerW: 0,
    failSafePowerW: null,
    operative: true,
    pluggedIn: null,
    vehicleId: null,
    powerW: null,
    powerAt: null,
    connected: true,
    disconnectedAt: null,
    firstSeenAt: new Date('2026-11-01T00:00:00Z'),
    capabilities: {},
    session: null,
    connectors: [],
    ...more,
  }
}

/** `buses` hurry: each must gain 60 kWh within an hour. */
function instanceFor(limitKw: number, points: number, buses: number): PlanInstance {
  return {
    start: '2026-11-23T20:00:00.000Z',
    slotMinutes: 15,
    slots: 16,
    timeZone: 'Europe/Sofia',
    price: 0.1,
    nodes: [{ id: 'grid', parent: null, limitKw, baseLoadKw: 10 }],
    points: Array.from({ length: points }, (_, i) => ({ id: `CP-${i + 1}/1`, node: 'grid', maxKw: 150 })),
    vehicles: Array.from({ length: buses }, (_, i) => ({
      id: `bus-${i + 1}`,
      capacityKwh: 300,
      energyKwh: 100,
      maxKw: 150,
      visits: [
        {
          arrive: '2026-11-23T20:00:00.000Z',
          depart: i === 0 ? '2026-11-23T21:00:00.000Z' : '2026-11-24T00:00:00.000Z',
          point: `CP-${i + 1}/1`,
          needSoc: 160 / 300,
        },
      ],
    })),
  }
}

describe('a plan that stays safe when chargers fall back', () => {
  test('keeps the fail-safe of empty places free', async () => {
    const nodes = limitNode(160_000)
    const evses = [evse('CP-1'), evse('CP-2'), evse('CP-3')]
    const { plan, reservedW } = await planSafely(instanceFor(160, 3, 1), { nodes, evses, held: [] }, solver)
    // 150 kW of room, 30 % of it for three fail-safes, two of them at empty places.
    expect(reservedW[0]).toBe(30_000)
    expect(Math.max(...(plan.visits[0]?.kw ?? []))).toBeLessThanOrEqual(120.001)
    expect(plan.visits[0]?.shortKwh).toBeLessThan(0.01)
  })

  test('and what the sun takes off the base load, because clouds come', async () => {
    const nodes = [{ nodeId: 'grid', parentId: null, label: null, limitW: 90_000, baseLoadW: 60_000 }]
    const evses = [evse('CP-1')]
    const instance = {
      ...instanceFor(90, 1, 1),
      nodes: [{ id: 'grid', parent: null, limitKw: 90, baseLoadKw: Array.from({ length: 16 }, () => 5) }],
    }
    const { plan } = await planSafely(instance, { nodes, evses, held: [] }, solver)
    expect(Math.max(...(plan.visits[0]?.kw ?? []))).toBeCloseTo(30)
    // The import is reckoned with what is expected.
    expect(plan.peakKw).toBeCloseTo(35)
  })

  test('and of those that wait while another hurries', async () => {
    const nodes = limitNode(160_000)
    const evses = [evse('CP-1'), evse('CP-2'), evse('CP-3')]
    const instance = instanceFor(160, 3, 3)
    const { plan } = await planSafely(instance, { nodes, evses, held: [] }, solver)
    const kept = evses.map((one) => ({
      key: `${one.stationId}/1`,
      nodeId: 'grid',
      maxPowerW: 150_000,
      keptW: Array(16).fill(15_000) as number[],
    }))
    expect(overReserve(nodes, kept, instance, plan)).toBeLessThanOrEqual(1000)
    for (const visit of plan.visits) expect(visit.shortKwh).toBeLessThan(0.5)
  })

  test('gives way where a bus would not make its need', async () => {
    const nodes = limitNode(160_000)
    const evses = [evse('CP-1'), evse('CP-2'), evse('CP-3')]
    const instance = instanceFor(160, 3, 1)
    for (const vehicle of instance.vehicles) for (const visit of vehicle.visits) visit.needSoc = 240 / 300
    const { plan, failSafePart, reservedW } = await planSafely(instance, { nodes, evses, held: [] }, solver)
    // 140 kWh in an hour out of 150 kW: 5 % for fail-safes is 2.5 kW for each place.
    expect(failSafePart).toBe(0.05)
    expect(reservedW[0]).toBe(5000)
    expect(plan.visits[0]?.shortKwh).toBeLessThan(0.01)
  })

  test('but not where nothing would help', async () => {
    const nodes = limitNode(60_000)
    const evses = [evse('CP-1')]
    const { failSafePart, plan } = await planSafely(instanceFor(60, 1, 1), { nodes, evses, held: [] }, solver)
    expect(plan.visits[0]?.shortKwh).toBeCloseTo(10, 1)
    expect(failSafePart).toBe(0.3)
  })

  test('leaves to a charger that is cut off what it still holds', async () => {
    const profile = {
      id: 201,
      stackLevel: 1,
      purpose: 'tx' as const,
      kind: 'absolute' as const,
      transactionId: '1',
      validTo: new Date('2026-11-23T21:00:00Z'),
      schedule: {
        rateUnit: 'W' as const,
        startAt: new Date('2026-11-23T20:00:00Z'),
        durationSeconds: 3600,
        periods: [{ startSeconds: 0, limit: 90_000 }],
      },
    }
    const failSafe = {
      id: 101,
      stackLevel: 0,
      purpose: 'txDefault' as const,
      kind: 'relative' as const,
      schedule: { rateUnit: 'W' as const, periods: [{ startSeconds: 0, limit: 22_500 }] },
    }
    const at = new Date('2026-11-23T20:00:00Z')
    const held = [failSafe, profile].map((one, i) => ({
      stationId: 'CP-2',
      evseId: 1,
      item: `item-${i}`,
      version: 1,
      profile: one,
      sentAt: at,
      confirmed: true,
      confirmedAt: at,
      readback: null,
      readbackAt: null,
    }))
    const nodes = limitNode(160_000)
    const evses = [evse('CP-1'), evse('CP-2', { connected: false })]
    const { reservedW } = await planSafely(instanceFor(160, 2, 1), { nodes, evses, held }, solver)
    // For an hour the old profile; then both places' fail-safes, the bus being gone.
    expect(reservedW.slice(0, 6)).toEqual([90_000, 90_000, 90_000, 90_000, 45_000, 45_000])
  })

  test('where everything fits at full power nothing is reserved', async () => {
    const nodes = limitNode(400_000)
    const evses = [evse('CP-1'), evse('CP-2')]
    const { plan, reservedW } = await planSafely(instanceFor(400, 2, 2), { nodes, evses, held: [] }, solver)
    expect(Math.max(...reservedW)).toBe(0)
    expect(plan.peakKw).toBeLessThanOrEqual(310)
  })
})
