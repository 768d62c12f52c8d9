import { afterEach, expect, test } from 'vitest'
import { listOf, problem } from '../../fleet-api/schemas/common.ts'
import { plan } from '../../fleet-api/schemas/depot.ts'
import { planPreview } from '../../fleet-api/schemas/plan-preview.ts'
import { planSummary } from '../../fleet-api/schemas/records.ts'
import { startLoopApi, told, type LoopApi } from './loop-api.ts'

let loop: LoopApi | undefined

const NIGHT_TARIFF = {
  zones: [
    { from: '00:00', to: '05:00', eurPerKwh: 0.05 },
    { from: '05:00', to: '24:00', eurPerKwh: 0.3 },
  ],
  peakEurPerKw: 4,
}

async function begin(): Promise<LoopApi> {
  const depot = await startLoopApi({ tariff: NIGHT_TARIFF, limitKw: 300 })
  loop = depot
  const charger = await depot.connect('CP-1')
  await charger.plugIn('BUS-1', { soc: 40 })
  await depot.tick()
  return depot
}

afterEach(async () => {
  await loop?.stop()
  loop = undefined
})

function ask(depot: LoopApi, changes: object): Promise<Response> {
  return depot.ticking(depot.send('POST', '/api/v1/plans/preview', { siteId: 'depot', changes }), 'answerPreviews')
}

test('a need that is thought of shows what it would cost and what it does to every departure, and changes nothing', async () => {
  const depot = await begin()
  const plans = (await told(depot.get('/api/v1/plans'), listOf(planSummary))).items
  const answer = await told(
    ask(depot, { wishes: [{ vehicleId: 'bus-1', departure: null, needSocPercent: 99 }] }),
    planPreview,
  )
  expect(answer.after.totalCostMicroEur).toBeGreaterThan(answer.before.totalCostMicroEur)
  expect(answer.after.energyWh).toBeGreaterThan(answer.before.energyWh)
  const bus = answer.departures.find((one) => one.vehicleId === 'bus-1' && one.leavesFor.blockId === 'B1')
  expect(bus?.after?.needSocPercent).toBe(99)
  expect(bus?.after?.marginMinutes).toBeLessThan(bus?.before?.marginMinutes ?? 0)
  expect(answer.departures.find((one) => one.vehicleId === 'bus-2')?.after).not.toBeNull()
  expect(answer.plan.vehicles.find((one) => one.vehicleId === 'bus-1')?.visits[0]?.wish).toMatchObject({
    needSocPercent: 99,
  })
  expect((await told(depot.get('/api/v1/plans'), listOf(planSummary))).items).toEqual(plans)
  expect(await depot.db.selectFrom('vehicle_wish').selectAll().execute()).toEqual([])
  expect(await depot.db.selectFrom('plan_preview').selectAll().execute()).toEqual([])
})

test('what was previewed is what comes when it is done', async () => {
  const depot = await begin()
  const previewed = await told(
    ask(depot, { wishes: [{ vehicleId: 'bus-1', departure: null, chargeNow: { untilSocPercent: 70 } }] }),
    planPreview,
  )
  await depot.send('PATCH', '/api/v1/vehicles/bus-1/wish', { departure: null, chargeNow: { untilSocPercent: 70 } })
  await depot.tick()
  const made = await told(depot.get('/api/v1/plans/current?siteId=depot'), plan)
  expect(made.importW).toEqual(previewed.plan.importW)
  expect(made.totalCostMicroEur).toBe(previewed.after.totalCostMicroEur)
})

test('nothing changed costs nothing', async () => {
  const depot = await begin()
  const { before, after } = await told(ask(depot, {}), planPreview)
  expect(after).toEqual(before)
})

test('a lower limit, a bus out of service, a point out of order and a block for another bus are all thought through', async () => {
  const depot = await begin()
  const lower = await told(ask(depot, { limits: [{ nodeId: 'grid', limitW: 40_000 }] }), planPreview)
  expect(Math.max(...lower.plan.importW)).toBeLessThanOrEqual(40_000)
  const out = await told(ask(depot, { vehiclesOutOfService: ['bus-1'] }), planPreview)
  const taker = out.departures.find((one) => one.leavesFor.blockId === 'B1' && one.leavesFor.date === '2026-11-24')
  expect(taker).toMatchObject({ vehicleId: 'bus-1', after: null })
  const broken = await told(ask(depot, { evsesOutOfOrder: [{ stationId: 'CP-1', evseId: 1 }] }), planPreview)
  expect(broken.after.shortWh).toBeGreaterThan(broken.before.shortWh)
  const given = await told(
    ask(depot, {
      assignments: [
        { date: '2026-11-24', blockId: 'B1', vehicleId: 'bus-2' },
        { date: '2026-11-24', blockId: 'B2', vehicleId: 'bus-1' },
      ],
    }),
    planPreview,
  )
  expect(
    given.departures.filter((one) => one.before === null).map((one) => `${one.vehicleId} ${one.leavesFor.blockId}`),
  ).toEqual(['bus-1 B2', 'bus-2 B1'])
})

test('a change that speaks of something that is not there is refused by name', async () => {
  const depot = await begin()
  const answer = await ask(depot, { limits: [{ nodeId: 'feeder-9', limitW: 1 }] })
  expect(answer.status).toBe(409)
  expect(problem.parse(await answer.json()).detail).toBe('There is no node feeder-9 to plan with.')
})

test('only so many are made at the same time, and what nobody waits for any more is taken away', async () => {
  const depot = await begin()
  const row = { site_id: 'depot', asked_at: depot.now(), changes: '{}' }
  await depot.db.insertInto('plan_preview').values([row, row, row, row]).execute()
  const refused = await depot.send('POST', '/api/v1/plans/preview', { siteId: 'depot', changes: {} })
  expect(refused.status).toBe(429)
  expect(refused.headers.get('Retry-After')).toBe('2')
  depot.advance(31)
  await depot.run('answerPreviews')
  expect(await depot.db.selectFrom('plan_preview').selectAll().execute()).toEqual([])
})
