import { beforeEach, describe, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { insertSamples } from '../../db/meter-samples.ts'
import { monthlyPeak } from '../../db/peaks.ts'
import { countEnergy } from '../../scheduler/jobs/energy-intervals.ts'
import type { JobContext } from '../../scheduler/jobs/jobs.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterDepot } from '../support/depot.ts'

const start = new Date('2026-11-23T20:00:00Z')
const later = (minutes: number): Date => new Date(start.getTime() + minutes * 60_000)

let db: Db

beforeEach(async () => {
  db = await emptyDatabase()
  await enterDepot(db, { stationIds: ['CP-1', 'CP-2'] })
  await db.updateTable('limit_node').set({ base_load_w: 20_000 }).execute()
})

async function samples(stationId: string, readings: [minute: number, wh: number][], received = 0): Promise<void> {
  await insertSamples(
    db,
    readings.map(([minute, wh]) => ({
      stationId,
      evseId: 1,
      connectorId: 1,
      sessionNumber: null,
      at: later(minute),
      stationAt: null,
      receivedAt: later(Math.max(minute, received)),
      context: 'Sample.Periodic',
      registerWh: wh,
      powerW: null,
      offeredW: null,
      socPercent: null,
      currentA: null,
      voltageV: null,
    })),
  )
}

async function count(minute: number): Promise<void> {
  const context = { db, now: () => later(minute) }
  await countEnergy(context as unknown as JobContext)
}

async function intervals(stationId = 'CP-1'): Promise<[string, number, boolean][]> {
  const rows = await db
    .selectFrom('energy_interval')
    .selectAll()
    .where('station_id', '=', stationId)
    .orderBy('start_at')
    .execute()
  return rows.map((row) => [row.start_at.toISOString().slice(11, 16), row.energy_wh, row.complete])
}

describe('energy by the quarter hour, from the meter', () => {
  test('grows with every round and ends complete', async () => {
    await samples('CP-1', [
      [0, 1000],
      [5, 3000],
      [10, 5000],
    ])
    await count(10)
    expect(await intervals()).toEqual([['20:00', 4000, false]])
    await samples('CP-1', [
      [16, 8000],
      [20, 9000],
    ])
    await count(21)
    expect(await intervals()).toEqual([
      ['20:00', 6500, true],
      ['20:15', 1500, false],
    ])
  })

  test('a backlog that comes after an outage is put in its place', async () => {
    await samples('CP-1', [
      [0, 0],
      [60, 40_000],
    ])
    await count(60)
    expect((await intervals()).map((one) => one[1])).toEqual([10_000, 10_000, 10_000, 10_000])
    await samples(
      'CP-1',
      [
        [15, 30_000],
        [30, 40_000],
      ],
      90,
    )
    await count(90)
    expect((await intervals()).map((one) => one[1])).toEqual([30_000, 10_000, 0, 0])
  })

  test('the highest complete quarter of the site, base load included, is the month’s peak', async () => {
    await samples('CP-1', [
      [0, 0],
      [15, 20_000],
      [30, 25_000],
    ])
    await samples('CP-2', [
      [0, 500],
      [15, 10_500],
      [30, 15_500],
    ])
    await count(31)
    expect(await monthlyPeak(db, 'depot', '2026-11-01')).toBe(140_000)
    expect(await monthlyPeak(db, 'depot', '2026-12-01')).toBeNull()
  })

  test('a month begins at local midnight', async () => {
    await db.updateTable('site').set({ time_zone: 'Pacific/Kiritimati' }).execute()
    await samples('CP-1', [
      [0, 0],
      [15, 10_000],
    ])
    const shift = new Date('2026-11-30T10:00:00Z').getTime() - start.getTime()
    await samples('CP-1', [
      [shift / 60_000, 10_000],
      [shift / 60_000 + 15, 30_000],
    ])
    await count(shift / 60_000 + 16)
    expect(await monthlyPeak(db, 'depot', '2026-11-01')).toBe(60_000)
    expect(await monthlyPeak(db, 'depot', '2026-12-01')).toBe(100_000)
  })
})
