import { expect, test } from 'vitest'
import { sessionCounts } from '../../db/reports/session-counts.ts'
import type { DayBucket } from '../../db/reports/energy-sums.ts'
import { localDate } from '../../domain/service-time.ts'
import { depotApi, openSession } from './api-depot.ts'

const SPAN = { from: '2026-10-20', to: '2026-12-03', siteId: null }
const ZONES: Record<string, string> = { CP1: 'America/New_York', CP2: 'Europe/Sofia' }
const GROUPS = ['vehicle', 'station', 'day', 'month'] as const
const BUCKETS: DayBucket[] = ['none', 'day', 'month']

test('sessions are counted on the day and month that their site’s clocks show, the nights of the change included', async () => {
  const api = await depotApi()
  const site = await api.db.selectFrom('site').selectAll().where('id', '=', 'depot').executeTakeFirstOrThrow()
  const { latitude, longitude } = site
  await api.db
    .insertInto('site')
    .values({ id: 'far', name: 'Far', time_zone: 'America/New_York', latitude, longitude })
    .execute()
  await api.db.updateTable('station').set({ site_id: 'far', node_id: null }).where('id', '=', 'CP1').execute()
  expect(site.time_zone).toBe('Europe/Sofia')
  const begun: { station: string; vehicle: string; at: Date }[] = []
  // Every 7 hours and 47 minutes, so that all hours of the day come up, beyond both ends of the span too; and the instants of each midnight.
  for (let ms = Date.parse('2026-10-18T00:00:00Z'), n = 0; ms < Date.parse('2026-12-06T00:00:00Z'); ms += 28_020_000)
    begun.push({ station: n % 2 === 0 ? 'CP1' : 'CP2', vehicle: `bus-${1 + (n++ % 3)}`, at: new Date(ms) })
  for (const at of ['2026-10-31T22:00:00Z', '2026-10-24T21:00:00Z', '2026-10-25T22:00:00Z', '2026-10-31T21:59:59Z'])
    begun.push({ station: 'CP2', vehicle: 'bus-1', at: new Date(at) })
  for (const at of ['2026-11-01T04:00:00Z', '2026-11-02T05:00:00Z', '2026-11-02T04:59:59Z'])
    begun.push({ station: 'CP1', vehicle: 'bus-2', at: new Date(at) })
  for (const { station, vehicle, at } of begun)
    await openSession(api, { stationId: station, vehicleId: vehicle, startedAt: at, endedAt: new Date(+at + 60_000) })

  for (const group of GROUPS)
    for (const bucket of BUCKETS) {
      if ((group === 'day' || group === 'month') && bucket !== 'none') continue
      const expected: Record<string, number> = {}
      for (const { station, vehicle, at } of begun) {
        const day = localDate(at, ZONES[station] ?? '')
        if (day < SPAN.from || day >= SPAN.to) continue
        const key = { vehicle, station, day, month: day.slice(0, 7) }[group]
        const name = `${{ none: '', day, month: day.slice(0, 7) }[bucket]} ${key}`
        expected[name] = (expected[name] ?? 0) + 1
      }
      const counts = await sessionCounts(api.db, SPAN, group, bucket)
      expect({
        group,
        bucket,
        counts: Object.fromEntries(counts.map((one) => [`${one.bucket ?? ''} ${one.key}`, one.sessions])),
      }).toEqual({ group, bucket, counts: expected })
    }
})
