import realtime from 'gtfs-realtime-bindings'
import { unstable_readConfig } from 'wrangler'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cronOf } from '../../runtime/crons.ts'
import { jobs } from '../../runtime/jobs.ts'
import { bootRequest, connectCharger } from '../support/charger.ts'
import { startDatabaseServer, type DatabaseServer } from '../support/database-server.ts'
import { enterDepot } from '../support/depot.ts'
import { startWorkerd, type Workerd } from '../support/workerd.ts'

const KEY = 'a-key-for-this-test-only'
let database: DatabaseServer
let workerd: Workerd

beforeAll(async () => {
  database = await startDatabaseServer()
  await enterDepot(database.db, { stationIds: ['CP-1', 'CP-2'] })
  workerd = await startWorkerd(database.url, { STATION_POLICY: 'known', ADMIN_KEY: KEY })
}, 120_000)

afterAll(async () => {
  await workerd.close()
  await database.close()
})

async function read(path: string): Promise<unknown> {
  const response = await fetch(`${workerd.url}${path}`, { headers: { authorization: `Bearer ${KEY}` } })
  expect(response.status).toBe(200)
  return response.json()
}

function connect(stationId: string) {
  return connectCharger({ wsUrl: workerd.url.replace(/^http/, 'ws'), stationId, protocol: 'ocpp1.6' })
}

test('every job has its cron in wrangler.toml, and every cron there has a job', () => {
  const config = unstable_readConfig({ config: fileURLToPath(new URL('../../wrangler.toml', import.meta.url)) })
  expect(config.triggers.crons?.toSorted()).toEqual([...new Set(jobs.map(cronOf))].toSorted())
})

test('the API under workerd shows the station, its session and its energy, and lets nobody in without the key', async () => {
  const station = await connect('CP-1')
  await station.call('BootNotification', bootRequest('ocpp1.6'))
  const { transactionId } = await station.call('StartTransaction', {
    connectorId: 1,
    idTag: 'BUS-1',
    meterStart: 1_000,
    timestamp: new Date(Date.now() - 60_000).toISOString(),
  })
  await station.call('MeterValues', {
    connectorId: 1,
    transactionId,
    meterValue: [
      {
        timestamp: new Date().toISOString(),
        sampledValue: [
          { value: '3500', measurand: 'Energy.Active.Import.Register', unit: 'Wh' },
          { value: '42', measurand: 'SoC', unit: 'Percent' },
        ],
      },
    ],
  })
  expect(await read('/api/v1/stations')).toMatchObject({
    items: [
      { stationId: 'CP-1', connected: true, protocol: 'ocpp1.6', vendor: 'Test works' },
      { stationId: 'CP-2', connected: false },
    ],
  })
  expect(await read('/api/v1/sessions')).toMatchObject({
    items: [{ stationId: 'CP-1', vehicleId: 'bus-1', energyWh: 2_500, socPercent: 42, endedAt: null }],
  })
  expect((await fetch(`${workerd.url}/api/v1/stations`)).status).toBe(401)
  await station.close()
})

test('a station whose object sleeps between two messages goes on where it was, and hears our commands', async () => {
  const station = await connect('CP-2')
  await station.call('BootNotification', bootRequest('ocpp1.6'))
  const connection = () =>
    database.db
      .selectFrom('station')
      .select(['connected', 'connection_id'])
      .where('id', '=', 'CP-2')
      .executeTakeFirstOrThrow()
  const before = await connection()
  const asleep = () => workerd.hibernate('STATIONS', 'CP-2')

  await asleep()
  expect(await station.call('Heartbeat', {})).toHaveProperty('currentTime')
  expect(await connection()).toEqual(before)

  await asleep()
  station.onCall('ChangeAvailability', () => ({ status: 'Scheduled' }))
  const answer = await fetch(`${workerd.url}/api/v1/stations/CP-2/commands`, {
    method: 'POST',
    headers: { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ type: 'changeAvailability', operative: false }),
  })
  expect(await answer.json()).toMatchObject({ status: 'Scheduled' })

  await asleep()
  await station.close()
  await expect.poll(async () => (await connection()).connected).toBe(false)
})

test('a plan is made under workerd when cron wakes it: HiGHS solves there too', async () => {
  await database.db
    .updateTable('vehicle')
    .set({ soc_percent: 30, soc_at: new Date(), soc_source: 'manual' })
    .where('id', '=', 'bus-1')
    .execute()
  for (const cron of new Set(jobs.map(cronOf))) {
    expect(await workerd.cron(cron)).toBe('ok')
  }
  const runs = await database.db.selectFrom('job_run').select(['job', 'error']).execute()
  expect(runs.toSorted((a, b) => (a.job < b.job ? -1 : 1))).toEqual(
    jobs.map((job) => ({ job: job.name, error: null })).toSorted((a, b) => (a.job < b.job ? -1 : 1)),
  )
  const plans = await database.db.selectFrom('plan').select('status').where('current', '=', true).execute()
  expect(plans).toEqual([{ status: 'optimal' }])
})

test('the live feeds are there under workerd, in protobuf too, and ask for no key', async () => {
  for (const feed of ['vehicle-positions', 'trip-updates', 'alerts']) {
    const answer = await fetch(`${workerd.url}/gtfs-rt/${feed}.pb`)
    expect(answer.status).toBe(200)
    const message = realtime.transit_realtime.FeedMessage.decode(new Uint8Array(await answer.arrayBuffer()))
    expect(message.header.gtfsRealtimeVersion).toBe('2.0')
    expect((await fetch(`${workerd.url}/gtfs-rt/${feed}.json`)).headers.get('content-type')).toContain(
      'application/json',
    )
  }
  expect((await fetch(`${workerd.url}/siri/stop-monitoring.json?MonitoringRef=nowhere`)).status).toBe(200)
})

test('the pages come with their headers, and a station without a subprotocol is told what to set', async () => {
  const page = await fetch(`${workerd.url}/`)
  expect(page.headers.get('content-type')).toContain('text/html')
  expect(page.headers.get('content-security-policy')).toContain("default-src 'self'")
  expect(await page.text()).toContain('<!doctype html>')
  const refused = await fetch(`${workerd.url}/ocpp/CP-1`)
  expect(refused.status).toBe(400)
  expect(await refused.text()).toContain('ocpp1.6')
})
