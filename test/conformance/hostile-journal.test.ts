import { expect, test } from 'vitest'
import { createJournal } from '../../db/journal.ts'
import type { LatestReading } from '../../db/meter-samples.ts'
import { emptyDatabase } from '../support/database.ts'
import { enterDepot } from '../support/depot.ts'

const AT = new Date('2026-11-23T20:00:00Z')

function reading(stationId: string, changes: Partial<LatestReading>): LatestReading {
  return {
    stationId,
    evseId: 1,
    sessionNumber: null,
    at: AT,
    meterStartWh: null,
    meterLastWh: null,
    energyWh: null,
    socPercent: null,
    powerW: null,
    seqNo: null,
    ...changes,
  }
}

test('a last value that no column takes harms neither the entries nor the last values of others', async () => {
  const db = await emptyDatabase()
  await enterDepot(db, { stationIds: ['CP-1', 'CP-2'] })
  const journal = createJournal(db, { lastValuesEveryMs: 0 })
  await journal.write({ latest: [reading('CP-1', { powerW: 1e12 })] }).catch(() => undefined)
  await journal.write({ latest: [reading('CP-2', { powerW: 42_000 })] })
  await Promise.all([
    journal.write({ latest: [reading('CP-1', { powerW: 1e12 })], settle: true }).catch(() => undefined),
    journal.write({ latest: [reading('CP-2', { powerW: 43_000, at: new Date(AT.getTime() + 1000) })], settle: true }),
  ])
  await journal.flush()
  const rows = await db
    .selectFrom('evse')
    .select(['station_id', 'power_w'])
    .where('evse_id', '=', 1)
    .orderBy('station_id')
    .execute()
  expect(rows).toEqual([
    { station_id: 'CP-1', power_w: null },
    { station_id: 'CP-2', power_w: 43_000 },
  ])
})
