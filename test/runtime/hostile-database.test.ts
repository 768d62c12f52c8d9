import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { migrate } from '../../db/migrate.ts'
import { ensureMonthPartitions } from '../../db/partitions.ts'
import { openPglite } from '../../runtime/database.ts'
import { bootRequest, connectCharger } from '../support/charger.ts'
import { startServer } from '../support/server.ts'

const silent = () => undefined
const start = { connectorId: 1, idTag: 'BUS-1', meterStart: 5, timestamp: '2026-11-23T19:00:00Z' }

test('a database that has become read-only costs no answered message, is told as such, and is used again once it can be', async () => {
  // Its own: the setting holds for the whole of the one connection.
  const { db } = await openPglite()
  await migrate(db)
  await ensureMonthPartitions(db, new Date())
  const server = await startServer({ db, log: { debug: silent, info: silent, warn: silent, error: silent } })
  const wsUrl = server.url.replace('http', 'ws')
  const connect = () => connectCharger({ wsUrl, stationId: 'CP-1', protocol: 'ocpp1.6' })
  const writeToken = () =>
    fetch(`${server.url}/api/v1/tokens/BUS-1`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
  try {
    const charger = await connect()
    await charger.call('BootNotification', bootRequest('ocpp1.6'))
    await sql`set default_transaction_read_only = on`.execute(db)
    await expect(charger.call('StartTransaction', start)).rejects.toThrow(/closed \(1011\)/)
    const refused = await writeToken()
    expect([refused.status, await refused.json()]).toEqual([
      503,
      expect.objectContaining({ type: 'urn:zaryad:problem:database-unavailable' }),
    ])
    expect(await (await fetch(`${server.url}/readyz`)).json()).toMatchObject({ ready: false, writable: false })
    expect(await (await fetch(`${server.url}/healthz`)).json()).toMatchObject({
      detail: 'The database takes no changes.',
    })

    await sql`set default_transaction_read_only = off`.execute(db)
    const again = await connect()
    expect(await again.call('StartTransaction', start)).toMatchObject({ transactionId: expect.any(Number) })
    expect((await writeToken()).status).toBe(200)
    const sessions = await db.selectFrom('charging_session').select('meter_start_wh').execute()
    expect(sessions).toEqual([{ meter_start_wh: 5 }])
    await again.close()
  } finally {
    await server.close()
    await db.destroy()
  }
})
