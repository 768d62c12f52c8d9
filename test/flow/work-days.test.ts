import fc from 'fast-check'
import { beforeEach, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { refreshWorkDays } from '../../db/work-days.ts'
import { addDays } from '../../domain/service-time.ts'
import { charged, drove } from './report-rows.ts'
import { depotApi } from './api-depot.ts'

let db: Db
beforeEach(async () => {
  db = (await depotApi()).db
})

async function lines(): Promise<{ date: string; key: string; energyWh: number; distanceM: number }[]> {
  await refreshWorkDays(db)
  const rows = await db
    .selectFrom('work_day')
    .select(['date', 'key', 'energy_wh', 'distance_m'])
    .where('kind', '=', 'line')
    .orderBy('date')
    .orderBy('key')
    .execute()
  return rows.map((row) => ({
    date: row.date,
    key: row.key,
    energyWh: Math.round(row.energy_wh),
    distanceM: row.distance_m,
  }))
}

test('a charge is shared among the lines driven since the charge before, by their distance', async () => {
  await drove(db, '2026-11-02', 'bus-1', { '7': 60_000, '9': 30_000, '': 10_000 })
  await drove(db, '2026-11-03', 'bus-1', { '7': 20_000, '9': 80_000 })
  await charged(db, '2026-11-03', 'bus-1', 100_000)
  await drove(db, '2026-11-04', 'bus-1', { '7': 50_000 })
  await charged(db, '2026-11-04', 'bus-1', 50_000)
  // Saturday's charge is what the night after the last drive still gave.
  await charged(db, '2026-11-05', 'bus-1', 7000)
  const found = (await lines()).filter((row) => row.energyWh > 0)
  expect(found).toEqual([
    { date: '2026-11-03', key: '', energyWh: 5000, distanceM: 0 },
    { date: '2026-11-03', key: '7', energyWh: 40_000, distanceM: 20_000 },
    { date: '2026-11-03', key: '9', energyWh: 55_000, distanceM: 80_000 },
    { date: '2026-11-04', key: '7', energyWh: 50_000, distanceM: 50_000 },
    { date: '2026-11-05', key: '7', energyWh: 7000, distanceM: 0 },
  ])
})

test('measured battery energy goes before distance, but only when all of it was measured', async () => {
  await drove(db, '2026-11-02', 'bus-1', { '7': 50_000, '9': 50_000 }, { '7': 80_000, '9': 20_000 })
  await charged(db, '2026-11-02', 'bus-1', 100_000)
  await drove(db, '2026-11-02', 'bus-2', { '7': 50_000, '9': 50_000 }, { '7': 80_000 })
  await charged(db, '2026-11-02', 'bus-2', 10_000)
  const found = await lines()
  expect(found.map((row) => [row.key, row.energyWh])).toEqual([
    ['7', 85_000],
    ['9', 25_000],
  ])
})

test('what nobody drove for, and what an unknown vehicle drew, belongs to no line', async () => {
  await charged(db, '2026-11-02', '', 3000)
  await charged(db, '2026-11-02', 'bus-1', 4000)
  await drove(db, '2026-10-01', 'bus-2', { '7': 50_000 })
  await charged(db, '2026-11-02', 'bus-2', 5000)
  expect((await lines()).filter((row) => row.energyWh > 0)).toEqual([
    { date: '2026-11-02', key: '', energyWh: 12_000, distanceM: 0 },
  ])
})

test('days are made anew when what they hang on changes, and a second run changes nothing', async () => {
  await drove(db, '2026-11-02', 'bus-1', { '7': 50_000 })
  await charged(db, '2026-11-03', 'bus-1', 10_000)
  expect(await lines()).toHaveLength(2)
  await drove(db, '2026-11-03', 'bus-1', { '9': 50_000 })
  const again = await lines()
  expect(again.filter((row) => row.energyWh > 0)).toEqual([
    { date: '2026-11-03', key: '7', energyWh: 5000, distanceM: 0 },
    { date: '2026-11-03', key: '9', energyWh: 5000, distanceM: 50_000 },
  ])
  expect(await refreshWorkDays(db)).toBe(0)
  await db.deleteFrom('energy_day').execute()
  expect((await lines()).filter((row) => row.energyWh > 0)).toEqual([])
})

interface Drive {
  day: number
  route: string
  metres: number
  energyWh: number | null
}

/** The rule in its plainest words: the drives since the charging day before, not older than 31 days, by energy where all is measured, else by distance. */
function plainly(charges: ReadonlyMap<number, number>, drives: readonly Drive[]): Map<string, number> {
  const chargesBefore = (day: number): number => [...charges.keys()].filter((one) => one < day).length
  const found = new Map<string, number>()
  const add = (day: number, route: string, wh: number) =>
    found.set(`${day} ${route}`, (found.get(`${day} ${route}`) ?? 0) + wh)
  for (const [day, wh] of charges) {
    const past = drives.filter((one) => one.day <= day)
    const last = Math.max(...past.map((one) => one.day))
    const own = past.filter((one) => chargesBefore(one.day) === chargesBefore(last) && one.day > day - 31)
    const measured = own.every((one) => one.energyWh !== null)
    const partOf = (one: Drive): number => (measured ? (one.energyWh ?? 0) : one.metres)
    const whole = own.reduce((sum, one) => sum + partOf(one), 0)
    if (whole === 0) add(day, '', wh)
    else for (const one of own) add(day, one.route, (wh * partOf(one)) / whole)
  }
  return found
}

test('on random weeks the shares are those of the plain rule, and add up to what was charged, whatever order the days came in', async () => {
  const date = (day: number): string => addDays('2026-09-01', day)
  const day = fc.integer({ min: 0, max: 45 })
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(fc.tuple(day, fc.integer({ min: 1, max: 300_000 })), { selector: ([d]) => d, maxLength: 25 }),
      fc.uniqueArray(
        fc.record({
          day,
          route: fc.constantFrom('', '7', '9'),
          metres: fc.integer({ min: 1, max: 200_000 }),
          energyWh: fc.option(fc.integer({ min: 1, max: 200_000 }), { freq: 6 }),
        }),
        { selector: (one) => `${one.day} ${one.route}`, maxLength: 40 },
      ),
      async (charges, drives) => {
        await db.deleteFrom('energy_day').execute()
        await db.deleteFrom('drive_day').execute()
        const late = charges.length / 2
        for (const [i, [d, wh]] of charges.entries()) if (i < late) await charged(db, date(d), 'bus-1', wh)
        for (const one of drives) {
          const energy = one.energyWh === null ? {} : { [one.route]: one.energyWh }
          await drove(db, date(one.day), 'bus-1', { [one.route]: one.metres }, energy)
        }
        await refreshWorkDays(db)
        for (const [i, [d, wh]] of charges.entries()) if (i >= late) await charged(db, date(d), 'bus-1', wh)
        await refreshWorkDays(db)
        const rows = await db
          .selectFrom('work_day')
          .select(['date', 'key', 'energy_wh'])
          .where('kind', '=', 'line')
          .where('energy_wh', '>', 0)
          .execute()
        const wanted = plainly(new Map(charges), drives)
        const told = new Map(rows.map((row) => [`${row.date} ${row.key}`, row.energy_wh]))
        expect([...told.keys()].sort()).toEqual(
          [...wanted.keys()].map((key) => key.replace(/^\d+/, (d) => date(Number(d)))).sort(),
        )
        for (const [key, wh] of wanted) {
          expect(told.get(key.replace(/^\d+/, (d) => date(Number(d))))).toBeCloseTo(wh, 4)
        }
      },
    ),
    { numRuns: 15 },
  )
}, 60_000)
