import { beforeEach, expect, test } from 'vitest'
import { appendEvent } from '../../db/events.ts'
import type { Db } from '../../db/database.ts'
import { keepDriveDays } from '../../scheduler/jobs/drive-days.ts'
import { depotApi, type TestApi } from './api-depot.ts'

let api: TestApi
let db: Db

beforeEach(async () => {
  api = await depotApi()
  db = api.db
})

const soc = (vehicleId: string, at: string, percent: number) =>
  db
    .insertInto('vehicle_soc')
    .values({ vehicle_id: vehicleId, at: new Date(at), soc_percent: percent, source: 'telemetry' })
    .execute()
const run = (at: string) => keepDriveDays({ db, now: () => new Date(at) })
const drives = async () =>
  (await db.selectFrom('drive_day').selectAll().orderBy('block_id').orderBy('route').execute()).map((row) => ({
    ...row,
    distance_m: Number(row.distance_m),
    drive_seconds: Number(row.drive_seconds),
    energy_wh: row.energy_wh === null ? null : Number(row.energy_wh),
    passengers_km: row.passengers_km === null ? null : Number(row.passengers_km),
  }))

// B1 of bus-1 runs from 05:40 to 19:40 local time (03:40Z to 17:40Z), 120 km on line 7; bus-1 has 200 kWh.
test('a block that is over is kept by vehicle and line, with what its battery lost', async () => {
  await soc('bus-1', '2026-11-23T03:00:00Z', 95)
  await soc('bus-1', '2026-11-23T17:50:00Z', 30)
  await db
    .insertInto('weather')
    .values(
      [4, 8].map((temperature, i) => ({
        site_id: 'depot',
        at: new Date(`2026-11-23T0${8 + i}:00:00Z`),
        temperature_c: temperature,
        source: 'test',
        received_at: new Date(),
      })),
    )
    .execute()
  await run('2026-11-23T17:45:00Z')
  expect((await drives()).filter((row) => row.block_id === 'B1')).toEqual([])
  await run('2026-11-23T19:00:00Z')
  expect((await drives()).filter((row) => row.block_id === 'B1')).toEqual([
    {
      date: '2026-11-23',
      vehicle_id: 'bus-1',
      block_id: 'B1',
      route: '7',
      distance_m: 120_000,
      drive_seconds: 830 * 60,
      energy_wh: 130_000,
      temperature_c: 6,
      passengers_km: null,
    },
  ])
})

test('what was under way when the timetable was imported is not taken for driven', async () => {
  await appendEvent(db, { type: 'timetableImported', at: new Date('2026-11-23T12:00:00Z') })
  await appendEvent(db, { type: 'timetableImported', at: new Date('2026-11-24T12:00:00Z') })
  await run('2026-11-24T23:00:00Z')
  expect((await drives()).filter((row) => row.block_id === 'B1').map((row) => row.date)).toEqual(['2026-11-24'])
})

test('what comes late, or drives another vehicle than was thought, mends the day', async () => {
  await run('2026-11-23T19:00:00Z')
  expect(await drives()).toMatchObject([{ block_id: 'B1', vehicle_id: 'bus-1', energy_wh: null, temperature_c: null }])
  await soc('bus-1', '2026-11-23T03:00:00Z', 95)
  await soc('bus-1', '2026-11-23T17:50:00Z', 30)
  await run('2026-11-23T20:00:00Z')
  expect(await drives()).toMatchObject([{ vehicle_id: 'bus-1', energy_wh: 130_000 }])
  await db
    .insertInto('block_assignment')
    .values({
      date: '2026-11-23',
      block_id: 'B1',
      vehicle_id: 'bus-2',
      source: 'manual',
      assigned_at: new Date('2026-11-23T20:30:00Z'),
    })
    .execute()
  await run('2026-11-23T21:00:00Z')
  expect((await drives()).map((row) => [row.block_id, row.vehicle_id])).toEqual([['B1', 'bus-2']])
})

test('passengers who were counted are shared among a line’s blocks by distance, whichever comes first', async () => {
  await db.updateTable('trip').set({ distance_m: 30_000 }).where('id', '=', 't3').execute()
  const put = (passengerKm: number) =>
    api.send('PUT', '/api/v1/passenger-counts', { counts: [{ date: '2026-11-23', route: '7', passengerKm }] })
  expect((await put(9000)).status).toBe(200)
  await run('2026-11-24T01:00:00Z')
  expect((await drives()).map((row) => [row.block_id, row.passengers_km])).toEqual([
    ['B1', 7200],
    ['B2', 1800],
  ])
  await put(15_000)
  expect((await drives()).map((row) => row.passengers_km)).toEqual([12_000, 3000])
})
