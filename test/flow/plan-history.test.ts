import { afterEach, expect, test } from 'vitest'
import { listOf } from '../../fleet-api/schemas/common.ts'
import { planActual, planDay, planDayReport } from '../../fleet-api/schemas/plan-history.ts'
import { planSummary } from '../../fleet-api/schemas/records.ts'
import { keepHouse } from '../../scheduler/jobs/housekeeping.ts'
import type { JobContext } from '../../scheduler/jobs/jobs.ts'
import { startLoopApi, told, type LoopApi } from './loop-api.ts'

let loop: LoopApi | undefined

afterEach(async () => {
  await loop?.stop()
  loop = undefined
})

/** Two buses at their plugs on the evening of the 23rd; B1 leaves at 03:40 UTC, B2 at 04:10. */
async function begin(): Promise<LoopApi> {
  loop = await startLoopApi({ limitKw: 300 })
  return loop
}

/** A charge of which the meter tells every quarter hour, from `soc` on in equal steps. */
async function charge(
  depot: LoopApi,
  charger: Awaited<ReturnType<LoopApi['connect']>>,
  transaction: string,
  steps: { wh: number; soc: number }[],
): Promise<void> {
  for (const { wh, soc } of steps) {
    depot.advance(15)
    await charger.meter(transaction, { wh, watts: 40_000, soc, at: depot.now() })
    await depot.run('energyIntervals')
  }
}

const night = (depot: LoopApi) => told(depot.get('/api/v1/sites/depot/plan-days/2026-11-24'), planDayReport)

test('a night tells of each pull-out what the first plan and the last before it foresaw, and what was measured', async () => {
  const depot = await begin()
  const one = await depot.connect('CP-1')
  const two = await depot.connect('CP-2')
  const first = await one.plugIn('BUS-1', { soc: 40 })
  const second = await two.plugIn('BUS-2', { soc: 40 })
  await depot.tick()
  // A plan anew while it charges: the plan of the night stays what it was.
  await charge(depot, one, first, [
    { wh: 40_000, soc: 53 },
    { wh: 80_000, soc: 66 },
  ])
  await depot.send('POST', '/api/v1/plans', { siteId: 'depot' })
  await depot.tick()
  // The other gets less than it was to get, and says so.
  await charge(depot, two, second, [
    { wh: 10_000, soc: 43 },
    { wh: 20_000, soc: 46 },
  ])
  const before = await night(depot)
  expect(before.departures).toEqual({ all: 2, ahead: 2, ready: 0, short: 0, unknown: 0, dropped: 0 })
  expect(before.over).toBe(false)

  depot.advance(6 * 60)
  await one.unplug(first, 80_000)
  await two.unplug(second, 20_000)
  await depot.run('energyIntervals')
  depot.advance(8 * 60)
  await depot.run('energyIntervals')

  const report = await night(depot)
  expect(report).toMatchObject({
    fromAt: '2026-11-23T10:00:00.000Z',
    toAt: '2026-11-24T10:00:00.000Z',
    over: true,
    limitW: 300_000,
  })
  const [b1, b2] = report.pullOuts
  expect(b1).toMatchObject({ blockId: 'B1', vehicleId: 'bus-1', socPercent: 66, deliveredWh: 80_000, leftAt: null })
  expect(b1?.departAt).toBe('2026-11-24T03:40:00.000Z')
  expect(b1?.night.planId).toBeLessThan(b1?.last.planId ?? 0)
  expect(b1?.night.energyWh).toBeGreaterThan(b1?.last.shortWh ?? 0)
  expect(b1?.unpluggedAt).not.toBeNull()
  expect(b2).toMatchObject({ blockId: 'B2', vehicleId: 'bus-2', socPercent: 46, deliveredWh: 20_000, verdict: 'short' })
  expect(b2?.night.energyWh).toBeGreaterThan(20_000)
  expect(b2?.night.socPercent).toBeGreaterThanOrEqual(b2?.needSocPercent ?? 100)
  expect(b1?.verdict).toBe((b1?.needSocPercent ?? 0) <= 67 ? 'ready' : 'short')
  expect(report.measured?.energyWh).toBe(100_000)
  expect(report.measured?.costMicroEur).toBe(10_000_000)
  expect(report.planned?.energyWh).toBeGreaterThan(report.measured?.energyWh ?? 0)
  const charging = report.quarters.find((quarter) => quarter.startAt === '2026-11-23T20:15:00.000Z')
  expect(charging?.measuredW).toBeGreaterThan(10_000)
  expect(report.quarters.at(-1)?.startAt).toBe('2026-11-24T09:45:00.000Z')

  const days = await told(depot.get('/api/v1/sites/depot/plan-days'), listOf(planDay))
  expect(days.items[0]).toMatchObject({ date: '2026-11-25' })
  const { quarters: _quarters, pullOuts: _pullOuts, ...short } = report
  expect(days.items[1]).toEqual(short)
  expect(days.next).toBeNull()
})

test('a bus that is still there when it is due keeps the time and the need of the last plan before, and what it charges later is too late', async () => {
  const depot = await begin()
  const one = await depot.connect('CP-1')
  const first = await one.plugIn('BUS-1', { soc: 40 })
  await depot.tick()
  depot.advance(7 * 60)
  await one.meter(first, { wh: 10_000, watts: 0, soc: 43, at: depot.now() })
  await depot.run('replan')
  const before = (await night(depot)).pullOuts[0]
  // It was to leave at 03:40.
  depot.advance(60)
  await one.meter(first, { wh: 100_000, watts: 0, soc: 75, at: depot.now() })
  await depot.run('replan', 'energyIntervals')
  const after = (await night(depot)).pullOuts[0]
  expect(after).toMatchObject({ blockId: 'B1', departAt: before?.departAt, needSocPercent: before?.needSocPercent })
  expect(after?.last.planId).toBe(before?.last.planId)
  expect(after).toMatchObject({ socPercent: 43, droppedAt: null })
  expect(after?.verdict).not.toBe('ready')
})

test('nobody has told what was in the battery: it is unknown, not ready and not short; a bus that is taken off its block is dropped', async () => {
  const depot = await begin()
  await depot.run('replan')
  await depot.send('PATCH', '/api/v1/vehicles/bus-2', { inService: false })
  await depot.run('replanOnRequest')
  depot.advance(15 * 60)
  const report = await night(depot)
  expect(report.departures).toEqual({ all: 1, ahead: 0, ready: 0, short: 0, unknown: 1, dropped: 1 })
  expect(report.pullOuts.map((one) => [one.blockId, one.verdict, one.socPercent, one.deliveredWh])).toEqual([
    ['B1', 'unknown', null, null],
    ['B2', 'dropped', null, null],
  ])
  expect(report.measured).toBeNull()
  expect(report.missingQuarters).toBeGreaterThan(40)
})

test('one plan is compared with what was measured, though another took its place', async () => {
  const depot = await begin()
  const one = await depot.connect('CP-1')
  const first = await one.plugIn('BUS-1', { soc: 40 })
  await depot.tick()
  const [made] = (await told(depot.get('/api/v1/plans?siteId=depot'), listOf(planSummary))).items
  expect(made?.causes).not.toEqual([])
  expect(made).toMatchObject({ departures: 2, shortDepartures: 0, current: true })
  await charge(depot, one, first, [
    { wh: 40_000, soc: 53 },
    { wh: 80_000, soc: 66 },
  ])
  await depot.run('replan')
  depot.advance(15)
  const actual = await told(depot.get(`/api/v1/plans/${made?.planId}/actual`), planActual)
  expect(actual.measured?.energyWh).toBe(80_000)
  expect(actual.measuredW[0]).toBeGreaterThan(10_000)
  expect(actual.measuredW.at(-1)).toBeNull()
  const visit = actual.visits.find((one) => one.vehicleId === 'bus-1' && one.leavesFor?.blockId === 'B1')
  expect(visit).toMatchObject({ deliveredWh: 80_000, socPercent: 66, verdict: 'ahead' })
  expect((await depot.get('/api/v1/plans/999/actual')).status).toBe(404)
  const none = await told(depot.get('/api/v1/plans?siteId=depot&to=2026-11-01T00:00:00Z'), listOf(planSummary))
  expect(none.items).toEqual([])
})

test('what plans foresaw outlives the plans, and is forgotten after 400 days', async () => {
  const depot = await begin()
  await depot.run('replan')
  depot.advance(60 * 24 * 60)
  await depot.run('replan')
  const { db, now } = depot
  const context = { db, now, log: { info: () => undefined } } as unknown as JobContext
  await keepHouse(context)
  expect((await db.selectFrom('plan').select('id').execute()).length).toBe(1)
  expect((await night(depot)).pullOuts).toHaveLength(2)
  expect((await night(depot)).plans).toBe(0)
  depot.advance(360 * 24 * 60)
  await keepHouse(context)
  expect((await depot.get('/api/v1/sites/depot/plan-days/2026-11-24')).status).toBe(404)
})

test('a page of nights goes on with its cursor, and what is not there is said to be not there', async () => {
  const depot = await begin()
  await depot.run('replan')
  depot.advance(24 * 60)
  await depot.run('replan')
  const first = await told(depot.get('/api/v1/sites/depot/plan-days?limit=1'), listOf(planDay))
  expect(first.items.map((one) => one.date)).toEqual(['2026-11-25'])
  const second = await told(depot.get(`/api/v1/sites/depot/plan-days?limit=5&cursor=${first.next}`), listOf(planDay))
  expect(second.items.map((one) => one.date)).toEqual(['2026-11-24'])
  expect((await depot.get('/api/v1/sites/nowhere/plan-days')).status).toBe(404)
  expect((await depot.get('/api/v1/sites/depot/plan-days/2020-01-01')).status).toBe(404)
  expect((await depot.get('/api/v1/sites/depot/plan-days/yesterday')).status).toBe(400)
})
