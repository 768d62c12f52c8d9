import { sql } from 'kysely'
import { beforeEach, expect, test } from 'vitest'
import type { Db } from '../../db/database.ts'
import { rebuildDay } from '../../db/energy-rebuild.ts'
import { refreshWorkDays } from '../../db/work-days.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterDepot } from '../support/depot.ts'

// Nobody has told the database how many rows there are: so it is after a first import, and always in the embedded database. A plan that takes them for few
// compares each with each, which lasts for minutes here instead of a second.
const MOST_MS = 20_000

let db: Db
beforeEach(async () => {
  db = await emptyDatabase()
  await enterDepot(db, { stationIds: ['CP-1'] })
})

test('a month of a large fleet is shared among its lines within seconds', { timeout: 120_000 }, async () => {
  await sql`insert into energy_day (date, site_id, station_id, evse_id, vehicle_id, energy_wh, session_wh, standby_wh)
    select '2026-11-01'::date + d, 'depot', 'CP-1', 1, 'v-' || n, 100000, 100000, 0 from generate_series(0, 29) d cross join generate_series(1, 200) n`.execute(
    db,
  )
  await sql`insert into drive_day (date, vehicle_id, block_id, route, distance_m, drive_seconds)
    select '2026-11-01'::date + d, 'v-' || n, 'b-' || n, 'L' || n % 10, 100000, 18000 from generate_series(0, 29) d cross join generate_series(1, 200) n`.execute(
    db,
  )
  const begun = performance.now()
  await refreshWorkDays(db)
  expect(performance.now() - begun).toBeLessThan(MOST_MS)
  const { rows } = await sql<{
    wh: number
  }>`select sum(energy_wh)::float8 as wh from work_day where kind = 'line' and key <> ''`.execute(db)
  expect(rows[0]?.wh).toBe(600_000_000)
})

test('adding up anew what has not changed marks no day for the shares of lines', async () => {
  await sql`insert into energy_interval (station_id, evse_id, start_at, session_number, energy_wh, vehicle_id, complete)
    values ('CP-1', 1, '2026-11-16T12:00:00Z', 0, 10, null, true)`.execute(db)
  await rebuildDay(db, 'depot', '2026-11-16')
  await refreshWorkDays(db)
  await rebuildDay(db, 'depot', '2026-11-16')
  expect(await db.selectFrom('work_day_due').selectAll().execute()).toEqual([])
  await sql`update energy_interval set energy_wh = 11`.execute(db)
  await rebuildDay(db, 'depot', '2026-11-16')
  expect(await db.selectFrom('work_day_due').select('date').execute()).toEqual([{ date: '2026-11-16' }])
})
