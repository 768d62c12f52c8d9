import { sql } from 'kysely'
import { afterEach, expect, test } from 'vitest'
import { startLoop, type Loop } from '../support/loop.ts'

let loop: Loop | undefined
afterEach(async () => {
  await loop?.stop()
  loop = undefined
})

test('once a night the database counts anew how its values are spread', async () => {
  loop = await startLoop({ at: '2026-11-23T01:30:00Z' })
  const { db } = loop
  const analyzed = async () => {
    const { rows } = await sql<{ n: number }>`select reltuples::float8 as n from pg_class
      where oid = to_regclass('token')`.execute(db)
    return rows[0]?.n
  }
  await sql`insert into token (value) select 'card-' || n from generate_series(1, 4321) n`.execute(db)
  await loop.run('housekeeping')
  expect(await analyzed()).not.toBeGreaterThan(4000)
  loop.advance(60)
  await loop.run('housekeeping')
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from token`.execute(db)
  expect(await analyzed()).toBe(rows[0]?.n)
})
