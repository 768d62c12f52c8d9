import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { once } from 'node:events'
import { afterAll, expect, test } from 'vitest'
import { createApp } from '../../fleet-api/app.ts'
import type { Log } from '../../domain/ports.ts'
import { openPglite, openPostgres } from '../../runtime/database.ts'
import { DatabaseUnusable, openDatabase } from '../../runtime/open-database.ts'
import { servePglite } from '../support/pglite-server.ts'

const root = mkdtempSync(join(tmpdir(), 'zaryad-database-'))
afterAll(() => rmSync(root, { recursive: true }))

function collectingLog(onWarn: () => void = () => undefined): Log {
  const ignore = () => undefined
  return { debug: ignore, info: ignore, warn: onWarn, error: ignore }
}

async function unusedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  return port
}

test('what was written to the embedded database is there when it is opened again', { timeout: 120_000 }, async () => {
  const place = { databaseUrl: null, dataDirectory: join(root, 'kept') }
  const first = await openDatabase(place, collectingLog())
  await first.db.insertInto('setting').values({ name: 'kept', value: '"yes"' }).execute()
  await expect(openDatabase(place, collectingLog())).rejects.toThrow(/is using the database/)
  await first.close()
  const second = await openDatabase(place, collectingLog())
  expect(await second.db.selectFrom('setting').selectAll().execute()).toEqual([{ name: 'kept', value: 'yes' }])
  await second.close()
})

test('a folder that cannot be made is told with its path and what to look at', async () => {
  await expect(openDatabase({ databaseUrl: null, dataDirectory: '/dev/null/data' }, collectingLog())).rejects.toThrow(
    /\/dev\/null\/data.*\n.*disk full.*DATA_DIR/,
  )
})

test(
  'a PostgreSQL that starts later than we do is waited for; one that leaves answers 503 until it is back',
  { timeout: 120_000 },
  async () => {
    const port = await unusedPort()
    const { pglite } = await openPglite()
    let serving: ReturnType<typeof servePglite> | undefined
    const log = collectingLog(() => {
      serving ??= servePglite(pglite, port)
    })
    const url = `postgres://postgres@127.0.0.1:${port}/postgres`
    const opened = await openDatabase({ databaseUrl: url, dataDirectory: null }, log)

    const app = createApp({
      db: opened.db,
      gateway: { send: () => Promise.resolve({ outcome: 'offline' }) },
      now: () => new Date(),
      log,
      access: { adminKey: null, open: true },
      clock: { speed: 1, demo: false },
      outbound: { allowPrivate: false },
      version: '0',
    })
    const statusOf = async () => (await app.request('/api/v1/stations')).status
    expect(await statusOf()).toBe(200)
    await (await serving)?.close()
    expect(await statusOf()).toBe(503)
    const again = await servePglite(pglite, port)
    expect(await statusOf()).toBe(200)
    await opened.close()
    await again.close()
    await pglite.close()
  },
)

test('a PostgreSQL that is not there is told without its password', async () => {
  const url = `postgres://zaryad:hunter2@127.0.0.1:${await unusedPort()}/zaryad`
  const opening = openDatabase({ databaseUrl: url, dataDirectory: null }, collectingLog(), 300)
  await expect(opening).rejects.toThrow(DatabaseUnusable)
  await expect(opening).rejects.toThrow(/zaryad:\*\*\*@127\.0\.0\.1.*ECONNREFUSED.*\n.*DATABASE_URL/)
})

if (process.env['TEST_DATABASE_URL'] !== undefined) {
  test('two processes that start at once on one PostgreSQL migrate it once, and both go on', async () => {
    const url = new URL(process.env['TEST_DATABASE_URL'] ?? '')
    const schema = `zaryad_start_${process.pid}`
    const admin = openPostgres(url.href, () => undefined, 1)
    await admin.schema.createSchema(schema).execute()
    url.searchParams.set('options', `-c search_path=${schema}`)
    const place = { databaseUrl: url.href, dataDirectory: null }
    const both = await Promise.all([openDatabase(place, collectingLog()), openDatabase(place, collectingLog())])
    for (const { db } of both) expect(await db.selectFrom('station').selectAll().execute()).toEqual([])
    for (const one of both) await one.close()
    await admin.schema.dropSchema(schema).cascade().execute()
    await admin.destroy()
  })
}
