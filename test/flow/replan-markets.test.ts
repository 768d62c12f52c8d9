import { afterEach, expect, test } from 'vitest'
import { storeCarbon } from '../../db/carbon.ts'
import { currentPlan } from '../../db/plans.ts'
import { createPlanReader } from '../../db/views/plan-reader.ts'
import { putSiteTariff } from '../../db/tariffs.ts'
import { storeWeather } from '../../db/weather.ts'
import { siteTariff } from '../../domain/tariff/tariff.ts'
import { startLoop, type Loop } from '../support/loop.ts'

const at = '2026-11-23T20:00:00Z'
const midnight = new Date('2026-11-23T22:00:00Z')
let loop: Loop | null = null

afterEach(async () => {
  await loop?.stop()
  loop = null
})

async function begin(): Promise<Loop> {
  loop = await startLoop({ at, tariff: { zones: [{ from: '00:00', to: '24:00', eurPerKwh: 0.1 }], peakEurPerKw: 4 } })
  return loop
}

async function instance() {
  const plan = loop === null ? null : await currentPlan(loop.db, 'depot')
  if (plan === null) throw new Error('there is no plan')
  return plan
}

test('a plan prices each slot by the tariff in force in it, across a change at midnight, and the network’s zones too', async () => {
  const { db, now, run } = await begin()
  const tariff = siteTariff.parse({
    zones: [{ from: '00:00', to: '24:00', eurPerKwh: 0.2 }],
    networkZones: [{ from: '00:00', to: '01:00', eurPerKwh: 0.05 }],
    peakEurPerKw: 7,
  })
  await putSiteTariff(db, 'depot', { validFrom: '2026-11-24', validTo: '2026-11-25', tariff }, now())
  await run('replan')
  const plan = await instance()
  const { price, peak } = plan.instance
  const slot = (time: string): number => (Date.parse(time) - Date.parse(at)) / 900_000
  const priceAt = (time: string): unknown => (Array.isArray(price) ? price[slot(time)] : price)
  expect(priceAt('2026-11-23T21:45:00Z')).toBe(0.1)
  expect(priceAt('2026-11-23T22:00:00Z')).toBe(0.25)
  expect(priceAt('2026-11-23T23:00:00Z')).toBe(0.2)
  expect(priceAt('2026-11-24T22:00:00Z')).toBe(0.1)
  expect(peak?.eurPerKw).toBe(4)
  expect(plan.context.prices).toEqual({ kind: 'zones', series: null, missingFrom: null, fallback: null })
})

test('a plan knows the carbon of each slot: the series where it is known, else the year’s factor', async () => {
  const { db, now, run } = await begin()
  const tariff = siteTariff.parse({ zones: [{ from: '00:00', to: '24:00', eurPerKwh: 0.1 }], carbonSeries: 'grid' })
  await putSiteTariff(db, 'depot', { validFrom: '2026-01-01', validTo: null, tariff }, now())
  const endAt = new Date(midnight.getTime() + 900_000)
  await storeCarbon(db, 'grid', [{ startAt: midnight, endAt, gPerKwh: 250 }], 'test', now())
  await run('replan')
  const carbon = (await instance()).instance.carbon
  expect(Array.isArray(carbon) ? carbon.slice(7, 10) : carbon).toEqual([318, 250, 318])
})

test('the plan that the API shows says where its prices come from', async () => {
  const { db, now, run } = await begin()
  await putSiteTariff(
    db,
    'depot',
    { validFrom: '2026-01-01', validTo: null, tariff: siteTariff.parse({ series: 'ibex' }) },
    now(),
  )
  await run('replan')
  const { planId } = await instance()
  const read = await createPlanReader(db).one(planId)
  expect(read?.view.prices).toEqual({
    kind: 'mixed',
    series: 'ibex',
    missingFrom: new Date(at).toISOString(),
    fallback: 'flat',
  })
})

test('a forecast of the coming day goes before the long-term mean', async () => {
  const { db, now, run } = await begin()
  const hours = Array.from({ length: 24 }, (_, i) => ({
    at: new Date(Date.parse(at) + i * 3_600_000),
    temperatureC: -8,
  }))
  await storeWeather(db, 'depot', hours, 'test', now())
  await run('replan')
  expect((await instance()).context).toMatchObject({ temperature: { celsius: -8, source: 'forecast' } })
})
