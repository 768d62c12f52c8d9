import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { ensureMonthPartitions } from '../../db/partitions.ts'
import { emptyDatabase } from '../support/database.ts'

test('migrating twice at the same time does the work once and both succeed', async () => {
  const db = await emptyDatabase()
  await Promise.all([migrate(db), migrate(db)])
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(db)
  expect(rows.length).toBeGreaterThan(1)
  expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length)
})

test('a sample lands in the partition of its month, a wild one in the default partition, and both are found', async () => {
  const db = await emptyDatabase()
  await ensureMonthPartitions(db, new Date('2026-11-23T10:00:00Z'))
  await ensureMonthPartitions(db, new Date('2026-11-23T10:00:00Z'))
  for (const at of ['2026-11-30T23:59:59Z', '1970-01-01T00:00:10Z']) {
    await db
      .insertInto('meter_sample')
      .values({
        station_id: 'CP-1',
        evse_id: 1,
        connector_id: 1,
        session_number: null,
        at: new Date(at),
        station_at: null,
        received_at: new Date('2026-11-30T23:59:59Z'),
        register_wh: 5_000_000_000,
        power_w: null,
        offered_w: null,
        soc_percent: null,
        current_a: null,
        voltage_v: null,
      })
      .execute()
  }
  const { rows } = await sql<{
    part: string
    register_wh: number
  }>`select tableoid::regclass::text as part, register_wh from meter_sample order by at`.execute(db)
  expect(rows).toEqual([
    { part: 'meter_sample_default', register_wh: 5_000_000_000 },
    { part: 'meter_sample_2026_11', register_wh: 5_000_000_000 },
  ])
})

test('every change of a row raises its change_seq, also across tables', async () => {
  const db = await emptyDatabase()
  await db
    .insertInto('site')
    .values({
      id: 'd',
      name: 'Depot',
      time_zone: 'Europe/Sofia',
      latitude: 42,
      longitude: 23,
      tariff: null,
      monthly_temperature_c: null,
      outdoor_temperature_c: null,
      outdoor_temperature_at: null,
    })
    .execute()
  const first = await db.selectFrom('site').select('change_seq').executeTakeFirstOrThrow()
  await db.updateTable('site').set({ name: 'Other' }).execute()
  const second = await db.selectFrom('site').select('change_seq').executeTakeFirstOrThrow()
  await db
    .insertInto('limit_node')
    .values({ site_id: 'd', id: 'site', parent_id: null, label: null, limit_w: 1 })
    .execute()
  const third = await db.selectFrom('limit_node').select('change_seq').executeTakeFirstOrThrow()
  expect(second.change_seq).toBeGreaterThan(first.change_seq)
  expect(third.change_seq).toBeGreaterThan(second.change_seq)
})
