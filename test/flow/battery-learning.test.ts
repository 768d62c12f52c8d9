import { describe, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { readFleet } from '../../db/fleet.ts'
import { vehicleBattery as schema } from '../../fleet-api/schemas/battery.ts'
import { createHighsSolver } from '../../scheduler/plan/solver.ts'
import { learnBatteries } from '../../scheduler/jobs/learn-batteries.ts'
import { replanAll } from '../../scheduler/jobs/replan.ts'
import { currentPlan } from '../../db/plans.ts'
import { body, depotApi, EVENING, type TestApi } from './api-depot.ts'

const HOUR_MS = 3_600_000
const solver = createHighsSolver()

function context({ db, clock }: TestApi) {
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: console.error }
  const gateway = { send: () => Promise.resolve({ outcome: 'offline' as const }) }
  return { db, now: () => clock.now, log, gateway, solver, outbound: { allowPrivate: true } }
}

/** bus-1 charges from `from` to `to` percent each night; its battery holds `capacityWh`. */
async function nights(db: Db, nights: number, capacityWh: number): Promise<void> {
  for (let night = 1; night <= nights; night += 1) {
    const startedAt = new Date(EVENING.getTime() - night * 24 * HOUR_MS)
    const [from, to] = [30 + (night % 5) * 3, 80 + (night % 7) * 2]
    const { number } = await db
      .insertInto('charging_session')
      .values({
        station_id: 'CP1',
        evse_id: 1,
        connector_id: 1,
        transaction_id: `t-${night}`,
        start_key: `t-${night}`,
        protocol: 'ocpp2.0.1',
        id_token: 'TAG-1',
        vehicle_id: 'bus-1',
        authorization: 'accepted',
        started_at: startedAt,
        started_received_at: startedAt,
        ended_at: new Date(startedAt.getTime() + 3 * HOUR_MS),
        ended_received_at: startedAt,
        meter_start_wh: 0,
        meter_last_wh: null,
        meter_stop_wh: null,
        energy_wh: Math.round((capacityWh * (to - from)) / 100 / 0.95),
        soc_start_percent: from,
        soc_percent: to,
        power_w: null,
        last_sample_at: null,
        charging_state: null,
        stop_reason: null,
        last_seq_no: null,
      })
      .returning('number')
      .executeTakeFirstOrThrow()
    await db
      .insertInto('meter_sample')
      .values(
        Array.from({ length: 12 }, (_, i) => ({
          station_id: 'CP1',
          evse_id: 1,
          connector_id: 1,
          session_number: number,
          at: new Date(startedAt.getTime() + i * 600_000),
          station_at: null,
          received_at: startedAt,
          register_wh: null,
          power_w: 40 + i * 5 < 80 ? 70_000 : 30_000,
          offered_w: null,
          soc_percent: 40 + i * 5,
          current_a: null,
          voltage_v: null,
        })),
      )
      .execute()
  }
}

describe('learned batteries', () => {
  test('capacity, health, power and taper come from the sessions, with their evidence', async () => {
    const api = await depotApi()
    await nights(api.db, 20, 180_000)
    await learnBatteries(context(api))
    const battery = await body(api.get('/api/v1/vehicles/bus-1/battery'), schema)
    expect(battery).toMatchObject({ nominalWh: 200_000, stateOfHealthPercent: 90, learnedAt: EVENING.toISOString() })
    expect(battery.usableWh).toBeGreaterThan(179_000)
    expect(battery.usableWh).toBeLessThan(181_000)
    expect(battery.plannedWh).toBe(battery.usableWh)
    expect(battery.maxPowerW).toBe(70_000)
    expect(battery.taper?.find((point) => point.socPercent === 72.5)?.powerW).toBe(70_000)
    expect(battery.taper?.find((point) => point.socPercent === 92.5)?.powerW).toBe(30_000)
    expect(battery.evidence).toMatchObject({ sessions: 20, used: 20, powerSamples: 240, missing: [] })
  })

  test('a vehicle with few sessions has no capacity yet and says what is missing; one never looked at says that', async () => {
    const api = await depotApi()
    expect(await body(api.get('/api/v1/vehicles/bus-1/battery'), schema)).toMatchObject({
      evidence: null,
      learnedAt: null,
    })
    await nights(api.db, 3, 180_000)
    await learnBatteries(context(api))
    const battery = await body(api.get('/api/v1/vehicles/bus-1/battery'), schema)
    expect(battery).toMatchObject({ usableWh: null, stateOfHealthPercent: null, plannedWh: 200_000 })
    expect(battery.evidence?.missing[0]).toContain('5 more charging sessions')
    expect((await api.get('/api/v1/vehicles/ghost/battery')).status).toBe(404)
  })

  test('each battery is learned once a day', async () => {
    const api = await depotApi()
    const learnedAt = async () =>
      (await api.db.selectFrom('vehicle_battery').select('learned_at').execute()).map((row) => row.learned_at)
    await learnBatteries(context(api))
    api.clock.now = new Date(EVENING.getTime() + HOUR_MS)
    await learnBatteries(context(api))
    expect(await learnedAt()).toEqual([EVENING, EVENING, EVENING])
    api.clock.now = new Date(EVENING.getTime() + 24 * HOUR_MS)
    await learnBatteries(context(api))
    expect(await learnedAt()).toEqual([api.clock.now, api.clock.now, api.clock.now])
  })

  test('the plan counts with the learned capacity and says so; an impossible one is left aside', async () => {
    const api = await depotApi()
    await nights(api.db, 20, 180_000)
    await learnBatteries(context(api))
    expect((await readFleet(api.db, 'depot'))?.vehicles[0]?.usableWh).toBeGreaterThan(179_000)
    await replanAll(context(api))
    const plan = await currentPlan(api.db, 'depot')
    const bus = plan?.instance.vehicles.find((one) => one.id === 'bus-1')
    expect(bus?.capacityKwh).toBeCloseTo(180, 0)
    expect(plan?.context.visits.find((one) => one.vehicleId === 'bus-1')?.assumptions.join()).toContain(
      'battery taken to hold 180 kWh',
    )

    await api.db.updateTable('vehicle_battery').set({ usable_wh: 90_000 }).where('vehicle_id', '=', 'bus-1').execute()
    await replanAll(context(api))
    const after = await currentPlan(api.db, 'depot')
    expect(after?.instance.vehicles.find((one) => one.id === 'bus-1')?.capacityKwh).toBe(200)
  })
})
