import { afterEach, describe, expect, test } from 'vitest'
import { currentPlan } from '../../db/plans.ts'
import { requestReplan } from '../../db/replan-requests.ts'
import { createPlanReader } from '../../db/views/plan-reader.ts'
import { firstLimit, purposeOf, scheduleOf, startLoop, type Loop, type LoopOptions } from '../support/loop.ts'

let loop: Loop | undefined

async function begin(options: Partial<LoopOptions> = {}): Promise<Loop> {
  loop = await startLoop({
    at: '2026-11-23T20:05:00Z',
    blocks: [
      { id: 'B1', vehicle: 'bus-1', date: '2026-11-24', from: '05:40', to: '18:00', km: 150 },
      { id: 'B2', vehicle: 'bus-2', date: '2026-11-24', from: '06:10', to: '18:30', km: 150 },
    ],
    ...options,
  })
  return loop
}

afterEach(async () => {
  await loop?.stop()
  loop = undefined
})

describe('the loop', () => {
  test('every charger gets a permanent fail-safe, and together they fit under the limit', async () => {
    const { connect, tick, db } = await begin()
    const first = await connect('CP-1')
    const second = await connect('CP-2', 'ocpp2.0.1')
    await tick()
    expect(scheduleOf(first, 'TxDefaultProfile')).toMatchObject({ chargingRateUnit: 'W' })
    expect(scheduleOf(first, 'TxDefaultProfile')).not.toHaveProperty('duration')
    expect(firstLimit(second, 'TxDefaultProfile')).toBe(firstLimit(first, 'TxDefaultProfile'))
    expect((firstLimit(first, 'TxDefaultProfile') ?? 0) * 2).toBeLessThanOrEqual(190_000)
    const stored = await db.selectFrom('evse').select('fail_safe_power_w').execute()
    expect(stored.map((row) => row.fail_safe_power_w)).toEqual([28_500, 28_500])
  })

  test('a bus that plugs in is planned and told its profile within a tick', async () => {
    const { connect, tick, db } = await begin()
    const charger = await connect('CP-1')
    await tick()
    const transaction = await charger.plugIn('BUS-1', { soc: 40 })
    await tick()
    const profile = [...charger.profiles.values()].find((one) => purposeOf(one) === 'TxProfile')
    expect(profile).toMatchObject({
      chargingProfileKind: 'Absolute',
      stackLevel: 1,
      transactionId: Number(transaction),
      chargingSchedule: { chargingRateUnit: 'W', startSchedule: '2026-11-23T20:00:00.000Z' },
    })
    const plan = await currentPlan(db, 'depot')
    expect(plan?.reason).toContain('bus-1')
    expect(plan?.result.visits.find((visit) => visit.vehicle === 'bus-1')?.shortKwh).toBeLessThan(0.1)
  })

  test('alternating current is told amps a phase', async () => {
    const { connect, tick } = await begin({ stations: [{ id: 'CP-1', currentType: 'AC', maxPowerKw: 22 }] })
    const charger = await connect('CP-1')
    await tick()
    await charger.plugIn('BUS-1', { soc: 20 })
    await tick()
    expect(scheduleOf(charger, 'TxProfile')).toMatchObject({
      chargingRateUnit: 'A',
      chargingSchedulePeriod: [{ startPeriod: 0, limit: 31, numberPhases: 3 }],
    })
  })

  test('people are shown the limit of the grid connection, whatever the plan has kept free below it', async () => {
    const { connect, tick, db } = await begin({ limitKw: 130 })
    const charger = await connect('CP-1')
    await connect('CP-2')
    await tick()
    await charger.plugIn('BUS-1')
    await tick()
    const stored = await currentPlan(db, 'depot')
    expect(Math.max(...(stored?.context.reservedW ?? []))).toBeGreaterThan(0)
    const [plan] = await createPlanReader(db).current(['depot'])
    expect(new Set(plan?.view.limitW)).toEqual(new Set([130_000]))
  })

  test('a lowered limit reaches the chargers at once', async () => {
    const { connect, tick, db, now } = await begin({ limitKw: 300 })
    const charger = await connect('CP-1')
    await connect('CP-2')
    await tick(2)
    await charger.plugIn('BUS-1', { soc: 15 })
    await tick(2)
    expect(firstLimit(charger, 'TxProfile')).toBeGreaterThan(100_000)
    await db.updateTable('limit_node').set({ limit_w: 60_000 }).execute()
    await requestReplan(db, 'depot', { kind: 'byHand' }, now())
    await tick(2)
    const periods = scheduleOf(charger, 'TxProfile')?.['chargingSchedulePeriod'] as { limit: number }[]
    for (const period of periods) expect(period.limit).toBeLessThanOrEqual(50_000)
  })

  test('many events within a second make one plan', async () => {
    const { tick, db, now } = await begin()
    await tick()
    const before = await plans(db)
    for (const vehicleId of ['a', 'b', 'c', 'd'])
      await requestReplan(db, 'depot', { kind: 'vehicleBay', vehicleId }, now())
    await tick(3)
    expect(await plans(db)).toBe(before + 1)
  })

  test('when nothing changes nothing is sent again', async () => {
    const { connect, tick, run, advance, now } = await begin({ limitKw: 400 })
    const charger = await connect('CP-1')
    await tick()
    const transaction = await charger.plugIn('BUS-1', { soc: 40 })
    await tick(3)
    const sent = charger.calls.filter((call) => call.action === 'SetChargingProfile').length
    expect(sent).toBeLessThanOrEqual(3)
    advance(5)
    await charger.meter(transaction, { wh: 12_500, watts: 150_000, soc: 43.96, at: now() })
    await run('replan')
    await tick(2)
    expect(charger.calls.filter((call) => call.action === 'SetChargingProfile').length).toBe(sent)
  })

  test('a charger that refuses the stack level and the unit is asked in other ways, and remembered', async () => {
    const { connect, tick, advance, db } = await begin()
    const charger = await connect('CP-1')
    charger.answer = (payload) =>
      JSON.stringify(payload).includes('"chargingRateUnit":"W"') || JSON.stringify(payload).includes('"stackLevel":1')
        ? 'Rejected'
        : 'Accepted'
    await tick()
    for (let i = 0; i < 4; i += 1) {
      advance(2)
      await tick()
    }
    expect(scheduleOf(charger, 'TxDefaultProfile')?.['chargingRateUnit']).toBe('A')
    await charger.plugIn('BUS-1', { soc: 40 })
    for (let i = 0; i < 4; i += 1) {
      advance(2)
      await tick()
    }
    expect(scheduleOf(charger, 'TxProfile')?.['chargingRateUnit']).toBe('A')
    const { capabilities } = await db
      .selectFrom('station')
      .select('capabilities')
      .where('id', '=', 'CP-1')
      .executeTakeFirstOrThrow()
    expect(capabilities).toMatchObject({ rateUnits: ['A'], maxStackLevel: 0 })
  })

  test('a charger that refuses every profile raises an alert, and the others are held below what it may draw', async () => {
    const { connect, tick, run, advance, alerts } = await begin()
    const stubborn = await connect('CP-1')
    stubborn.answer = () => 'Rejected'
    const willing = await connect('CP-2')
    await tick()
    for (let i = 0; i < 5; i += 1) {
      advance(3)
      await tick()
    }
    await willing.plugIn('BUS-2', { soc: 15 })
    await tick(3)
    // 190 kW less the 150 kW that the other may draw.
    expect(firstLimit(willing, 'TxProfile') ?? 0).toBeLessThanOrEqual(40_000)
    await run('watch')
    const [alert] = await alerts('profileNotAccepted')
    expect(alert?.sentence).toBe('CP-1 does not take its fail-safe limit.')
    expect(alert?.cause).toContain('answered Rejected')

    stubborn.answer = () => 'Accepted'
    advance(15)
    await tick(3)
    await run('watch')
    expect(await alerts('profileNotAccepted')).toEqual([])
  })

  test('after a restart of the charger everything is sent again', async () => {
    const { connect, tick } = await begin()
    const charger = await connect('CP-1')
    await tick()
    const before = charger.calls.filter((call) => call.action === 'SetChargingProfile').length
    await charger.call('BootNotification', { chargePointVendor: 'Test works', chargePointModel: 'DC 150' })
    await tick()
    expect(charger.calls.filter((call) => call.action === 'SetChargingProfile').length).toBe(before + 1)
  })

  test('a profile whose composite schedule reads higher raises an alert', async () => {
    const { connect, tick, run, alerts, now } = await begin()
    const charger = await connect('CP-1')
    charger.onCall('GetCompositeSchedule', () => ({
      status: 'Accepted',
      connectorId: 1,
      scheduleStart: now().toISOString(),
      chargingSchedule: {
        duration: 3600,
        chargingRateUnit: 'W',
        chargingSchedulePeriod: [{ startPeriod: 0, limit: 190000 }],
      },
    }))
    await connect('CP-2')
    await tick(2)
    await charger.plugIn('BUS-1', { soc: 40 })
    await tick(2)
    await run('watch')
    expect((await alerts('profileNotAccepted'))[0]?.sentence).toBe(
      'CP-1 took its charging profile but says that it will do otherwise.',
    )
  })

  test('a charger that draws more than it was told is found by its meter', async () => {
    const { connect, tick, run, advance, alerts, now } = await begin({ limitKw: 120 })
    const charger = await connect('CP-1')
    await connect('CP-2')
    await tick(2)
    const transaction = await charger.plugIn('BUS-1', { soc: 40 })
    await tick(3)
    advance(5)
    for (let i = 0; i < 4; i += 1) {
      await charger.meter(transaction, { wh: 1000 * i, watts: 148_000, soc: 41, at: now() })
      advance(1)
    }
    await run('watch')
    expect((await alerts('profileNotFollowed'))[0]?.sentence).toMatch(/^CP-1 draws 148 kW where it was told/)
    expect((await alerts('limitExceeded'))[0]?.sentence).toMatch(/carries 158 kW, more than its limit of 120 kW/)
  })

  test('a restarted server has the plan and sends nothing that is confirmed', async () => {
    const first = await begin()
    const charger = await first.connect('CP-1')
    await first.tick()
    await charger.plugIn('BUS-1', { soc: 40 })
    await first.tick(3)
    const plan = await currentPlan(first.db, 'depot')
    await first.stop()
    loop = await startLoop({ at: first.now().toISOString(), db: first.db })
    expect((await currentPlan(loop.db, 'depot'))?.planId).toBe(plan?.planId)
    const again = await loop.connect('CP-1')
    again.calls.length = 0
    await loop.run('pushProfiles')
    // It has booted anew, so it is told again, the very same profile.
    expect(again.calls.filter((call) => call.action === 'SetChargingProfile')).toHaveLength(2)
    expect(scheduleOf(again, 'TxProfile')).toEqual(scheduleOf(charger, 'TxProfile'))
  })
})

async function plans(db: Loop['db']): Promise<number> {
  const rows = await db.selectFrom('plan').select('id').execute()
  return rows.length
}
