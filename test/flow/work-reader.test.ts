import { expect, test } from 'vitest'
import { assignBlock, blocksBetween } from '../../db/blocks.ts'
import { createWorkReader } from '../../db/views/work-reader.ts'
import { depotApi, EVENING } from './api-depot.ts'

const HOUR_MS = 3_600_000

test('the work that is kept follows every change: who drives, who is in service, a new timetable, the time that passes', async () => {
  const { db } = await depotApi()
  const work = createWorkReader(db)
  const same = async (now: Date): Promise<string[]> => {
    const span = { from: new Date(now.getTime() - 36 * HOUR_MS), to: new Date(now.getTime() + 48 * HOUR_MS) }
    const expected = Map.groupBy(
      (await blocksBetween(db, span)).filter((block) => block.vehicleId !== null),
      (block) => block.vehicleId,
    )
    const kept = await work.around(now)
    expect(Object.fromEntries(kept)).toEqual(Object.fromEntries(expected))
    return [...kept].map(([vehicleId, blocks]) => `${vehicleId} ${blocks.map((block) => block.blockId).join()}`).sort()
  }
  expect(await same(EVENING)).toEqual(['bus-1 B1,B1', 'bus-2 B2,B2'])

  const given = { date: '2026-11-24', blockId: 'B1', vehicleId: 'bus-3', source: 'manual' as const, at: EVENING }
  await assignBlock(db, given)
  expect(await same(EVENING)).toEqual(['bus-1 B1', 'bus-2 B2,B2', 'bus-3 B1'])
  await assignBlock(db, { ...given, vehicleId: null })
  expect(await same(EVENING)).toEqual(['bus-1 B1', 'bus-2 B2,B2'])

  await db.updateTable('vehicle').set({ in_service: false }).where('id', '=', 'bus-2').execute()
  expect(await same(EVENING)).toEqual(['bus-1 B1'])

  await db.deleteFrom('trip').where('id', '=', 't1').execute()
  await db.updateTable('trip').set({ distance_m: 1234 }).where('id', '=', 't2').execute()
  await db.updateTable('feed').set({ file_name: 'newer.zip' }).execute()
  await same(EVENING)
  expect((await work.around(EVENING)).get('bus-1')?.[0]?.distanceM).toBe(1234)

  expect(await same(new Date(EVENING.getTime() + 30 * HOUR_MS))).toEqual(['bus-1 B1'])
  expect(await same(new Date(EVENING.getTime() + 90 * HOUR_MS))).toEqual([])
  expect(await same(new Date(EVENING.getTime() + 12 * HOUR_MS))).toEqual(['bus-1 B1'])
})

test('nobody who reads the work can change what the next one reads', async () => {
  const { db } = await depotApi()
  const work = createWorkReader(db)
  await work.around(EVENING)
  const given = { date: '2026-11-24', blockId: 'B3', vehicleId: 'bus-3', source: 'manual' as const, at: EVENING }
  await assignBlock(db, given)
  expect((await work.around(EVENING)).get('bus-3')).toHaveLength(1)
  await assignBlock(db, { ...given, vehicleId: null })
  expect((await work.around(EVENING)).get('bus-3')).toBeUndefined()
})
