import { sql } from 'kysely'
import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { markEnergyMonths, refreshEnergyMonths, summedMonths } from '../../db/energy-months.ts'
import type { DayRate } from '../../db/reports/day-rates.ts'
import { daySums, type DayBucket, type DayGroup, type EnergySums } from '../../db/reports/energy-sums.ts'
import { addDays } from '../../domain/service-time.ts'
import { charged } from './report-rows.ts'
import { depotApi } from './api-depot.ts'

let db: Db
beforeEach(async () => {
  db = (await depotApi()).db
})

const FIRST = '2026-01-20'
const dates = Array.from({ length: 200 }, (_, day) => addDays(FIRST, day))

const due = async (): Promise<string[]> =>
  (await db.selectFrom('energy_month_due').select('month').orderBy('month').execute()).map((row) => row.month)

const day = fc.record({
  date: fc.constantFrom(...dates),
  vehicle: fc.constantFrom('bus-1', 'bus-2', ''),
  station: fc.constantFrom('CP1', 'CP2'),
  energyWh: fc.integer({ min: 0, max: 500_000 }),
  cost: fc.option(fc.integer({ min: 0, max: 90_000_000 })),
  carbonG: fc.option(fc.integer({ min: 0, max: 90_000 })),
  batteryWh: fc.option(fc.integer({ min: 0, max: 400_000 })),
})
type Day = typeof day extends fc.Arbitrary<infer One> ? One : never

async function enter(days: readonly Day[]): Promise<void> {
  for (const one of days) {
    await sql`delete from energy_day where date = ${one.date}::date and vehicle_id = ${one.vehicle} and station_id = ${one.station}`.execute(
      db,
    )
    await charged(db, one.date, one.vehicle, one.energyWh, {
      stationId: one.station,
      energyCostMicroEur: one.cost,
      carbonG: one.carbonG,
      batteryWh: one.batteryWh,
      batteryGridWh: one.batteryWh === null ? 0 : one.energyWh,
    })
  }
}

/** Every question of the roll-ups over a span, with a market factor that may change within a month. Rates are such that fractions add up exactly in any order. */
async function answers(from: string, to: string, changesOn: string): Promise<EnergySums[][]> {
  const rates: DayRate[] = []
  for (let date = from; date < to; date = addDays(date, 1))
    rates.push({
      siteId: 'depot',
      date,
      peakMicroEurPerWh: Number(date.slice(5, 7)) / 8,
      marketGPerKwh: date < changesOn ? 250 : 500,
    })
  const found: EnergySums[][] = []
  for (const group of ['vehicle', 'type', 'station', 'site', 'month', 'day'] satisfies DayGroup[])
    for (const bucket of (group === 'month' || group === 'day' ? ['none'] : ['none', 'month', 'day']) as DayBucket[])
      found.push(await daySums(db, { from, to, siteId: null }, group, bucket, rates))
  return found
}

test('whatever is asked of whatever span, months that were added up say what their days say', async () => {
  let summed = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(day, { minLength: 5, maxLength: 25 }),
      fc.array(day, { maxLength: 3 }),
      fc.tuple(fc.nat({ max: 120 }), fc.integer({ min: 1, max: 200 })),
      fc.constantFrom('2026-01-01', '2026-03-01', '2026-03-17', '2026-05-31'),
      async (days, later, [start, length], changesOn) => {
        await sql`delete from energy_day`.execute(db)
        await enter(days)
        const span = [addDays(FIRST, start), addDays(FIRST, start + length)] as const
        // As long as a month waits, its days are read.
        await markEnergyMonths(db, null, null)
        const byDays = await answers(...span, changesOn)
        await refreshEnergyMonths(db)
        expect(await answers(...span, changesOn)).toEqual(byDays)
        summed += (await summedMonths(db, { from: span[0], to: span[1] }, [])).length
        await enter(later)
        const changed = await answers(...span, changesOn)
        await markEnergyMonths(db, null, null)
        expect(changed).toEqual(await answers(...span, changesOn))
      },
    ),
    { numRuns: 25 },
  )
  expect(summed).toBeGreaterThan(20)
})

test('a month waits from any change of its days until it is added up anew, and the newest is left to its days', async () => {
  await charged(db, '2026-03-05', 'bus-1', 1000)
  await charged(db, '2026-04-05', 'bus-1', 2000)
  await charged(db, '2026-05-05', 'bus-1', 4000)
  expect(await due()).toEqual(['2026-03-01', '2026-04-01', '2026-05-01'])
  expect(await refreshEnergyMonths(db)).toBe(2)
  expect(await due()).toEqual(['2026-05-01'])
  expect(await refreshEnergyMonths(db)).toBe(0)
  const span = { from: '2026-02-15', to: '2026-06-01' }
  expect(await summedMonths(db, span, [])).toEqual(['2026-03-01', '2026-04-01'])
  // On the first of a month everything may change; within it, its days are asked.
  expect(await summedMonths(db, span, ['2026-02-15', '2026-03-01', '2026-04-10'])).toEqual(['2026-03-01'])
  await sql`update energy_day set energy_wh = 1500 where date = '2026-03-05'`.execute(db)
  expect(await due()).toEqual(['2026-03-01', '2026-05-01'])
  await refreshEnergyMonths(db)
  await sql`delete from energy_day where date = '2026-04-05'`.execute(db)
  expect(await due()).toEqual(['2026-04-01', '2026-05-01'])
  await refreshEnergyMonths(db)
  const rows = await db.selectFrom('energy_month').select(['month', 'energy_wh']).execute()
  expect(rows).toEqual([{ month: '2026-03-01', energy_wh: 1500 }])
})

if (process.env['TEST_DATABASE_URL'] !== undefined) {
  test('a change that is under way while its month is added up is not lost', async () => {
    await charged(db, '2026-03-05', 'bus-1', 1000)
    await charged(db, '2026-05-05', 'bus-1', 4000)
    const writer = await db.startTransaction().execute()
    await sql`update energy_day set energy_wh = 7000 where date = '2026-03-05'`.execute(writer)
    // The mark is the writer's until it is done.
    expect(await refreshEnergyMonths(db)).toBe(0)
    await writer.commit().execute()
    expect(await refreshEnergyMonths(db)).toBe(1)
    const late = await db.startTransaction().execute()
    await sql`update energy_day set energy_wh = 9000 where date = '2026-03-05'`.execute(late)
    expect(await refreshEnergyMonths(db)).toBe(0)
    await late.commit().execute()
    expect(await due()).toContain('2026-03-01')
    await refreshEnergyMonths(db)
    const rows = await db.selectFrom('energy_month').select('energy_wh').execute()
    expect(rows).toEqual([{ energy_wh: 9000 }])
  })
}
