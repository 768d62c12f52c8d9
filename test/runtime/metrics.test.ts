import { afterEach, expect, test } from 'vitest'
import { openPostgres } from '../../runtime/database.ts'
import { createMetrics } from '../../runtime/metrics.ts'
import { depotApi, EVENING, KEY, nightPlan, openSession } from '../flow/api-depot.ts'
import { storePlan } from '../../db/plans.ts'
import { startServer, type TestServer } from '../support/server.ts'

let server: TestServer | undefined
afterEach(async () => {
  await server?.close()
  server = undefined
})

/** Value of one series in the text format of Prometheus. */
function value(text: string, series: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `))
  return line === undefined ? undefined : Number(line.slice(series.length + 1))
}

test('the figures are those of the depot', async () => {
  const api = await depotApi()
  await openSession(api, { vehicleId: 'bus-1' })
  await storePlan(api.db, {
    siteId: 'depot',
    createdAt: new Date(EVENING.getTime() - 60_000),
    causes: [],
    ...nightPlan(),
  })
  await api.db
    .updateTable('evse')
    .set({ power_w: 40_000, power_at: EVENING })
    .where('station_id', '=', 'CP1')
    .where('evse_id', '=', 1)
    .execute()
  const text = await createMetrics(api.db, () => EVENING).text()
  expect(value(text, 'zaryad_database_up')).toBe(1)
  expect(value(text, 'zaryad_open_sessions')).toBe(1)
  expect(value(text, 'zaryad_site_charging_watts{site="depot"}')).toBe(40_000)
  expect(value(text, 'zaryad_site_limit_watts{site="depot"}')).toBe(300_000)
  expect(value(text, 'zaryad_plan_age_seconds{site="depot"}')).toBe(60)
  expect(value(text, 'process_resident_memory_bytes')).toBeGreaterThan(1e6)
})

test('requests are counted by route template and status; ids and wild paths make no series', async () => {
  server = await startServer({ adminKey: KEY })
  const headers = { authorization: `Bearer ${KEY}` }
  for (const path of ['/api/v1/vehicles/a', '/api/v1/vehicles/b', '/api/v1/wild/1', '/api/v1/wild/2'])
    await (await fetch(server.url + path, { headers })).text()
  const answer = await fetch(`${server.url}/metrics`, { headers })
  expect(answer.headers.get('content-type')).toContain('text/plain')
  const text = await answer.text()
  const count = (route: string) =>
    value(text, `zaryad_http_request_seconds_count{method="GET",route="${route}",status="404"}`)
  expect(count('/api/v1/vehicles/:vehicleId')).toBe(2)
  expect(count('none')).toBe(2)
  expect(text).not.toContain('wild')
})

test('without a key nothing is told', async () => {
  server = await startServer({ adminKey: KEY })
  expect((await fetch(`${server.url}/metrics`)).status).toBe(401)
})

test('a dead database is a figure too', async () => {
  const nowhere = openPostgres('postgres://nobody@127.0.0.1:9/none', () => undefined, 1)
  const text = await createMetrics(nowhere, () => EVENING).text()
  await nowhere.destroy()
  expect(value(text, 'zaryad_database_up')).toBe(0)
  expect(value(text, 'zaryad_metrics_failures_total')).toBe(1)
})
