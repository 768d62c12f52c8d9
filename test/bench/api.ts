import { once } from 'node:events'
import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import { sql } from 'kysely'
import type { Db } from '../../db/database.ts'
import { datesWithEnergy, rebuildDay } from '../../db/energy-rebuild.ts'
import { openPglite } from '../../runtime/database.ts'
import { migrate } from '../../db/migrate.ts'
import { refreshEnergyMonths } from '../../db/energy-months.ts'
import { refreshWorkDays } from '../../db/work-days.ts'
import { startServer } from '../support/server.ts'
import { createTestDatabase } from '../support/database-server.ts'
import { openPostgres } from '../../runtime/database.ts'
import { fill, freshen } from './api-fill.ts'
import { percentile } from './percentiles.ts'
import { findPostgres, startMeasured, startProcess, type MeasuredServer } from './processes.ts'

const DAY_MS = 86_400_000
const WIDTHS = [46, 9, 9, 9, 9, 8]
const HEAD = ['asked', 'p50 ms', 'p95 ms', 'p99 ms', 'answer', 'reach']

/**
 * `npm run bench -- api [--vehicles 500] [--days 365] [--repeats 100] [--listeners 1000] [--embedded] [--keep] [--url postgres://…]`: a year of a fleet on
 * PostgreSQL, or with `--embedded` of Burgas' size (56 vehicles) on the embedded database, and how long its answers take over HTTP, one after the
 * other. The server runs in a process of its own on the same processors as PostgreSQL and the measuring. Filling takes ten minutes: `--keep` leaves the
 * database there and says its address, with which `--url` measures it again.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      vehicles: { type: 'string' },
      days: { type: 'string', default: '365' },
      repeats: { type: 'string', default: '100' },
      listeners: { type: 'string', default: '1000' },
      embedded: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      url: { type: 'string' },
    },
  })
  const vehicles = Number(values.vehicles ?? (values.embedded ? 56 : 500))
  const days = Number(values.days)
  const repeats = Number(values.repeats)
  print(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, load ${loadavg()[0]?.toFixed(1)} before; ` +
      `${values.embedded ? 'embedded database in memory' : 'PostgreSQL'}; ${vehicles} vehicles, ${days} days`,
  )
  const lastDate = new Date().toISOString().slice(0, 10)
  const size = { vehicles, days, lastDate, say: print }
  if (values.embedded) {
    const { db } = await openPglite()
    await migrate(db)
    await prepare(db, size)
    const server = await startServer({ db })
    await measureAll(server.url, { ...size, repeats: Math.min(repeats, 20) })
    await server.close()
    return
  }
  const database = values.url === undefined ? await newDatabase() : { url: values.url, close: () => Promise.resolve() }
  const db = openPostgres(database.url, (error) => console.error(error), 4)
  try {
    if (values.url === undefined) {
      await migrate(db)
      await prepare(db, size)
    } else {
      Object.assign(size, await sizeOf(db))
      await freshen(db)
      print(`filled before: ${size.vehicles} vehicles, ${size.days} days up to ${size.lastDate}`)
    }
    // As a server does by itself, unless it was set up, like some for tests, not to.
    await sql`vacuum analyze`.execute(db)
    const server = await startMeasured('zaryad', 'product-server.ts', [database.url])
    try {
      const before = await server.usage()
      await measureAll(`http://127.0.0.1:${server.port}`, { ...size, repeats })
      const once = await server.usage()
      await measureAll(`http://127.0.0.1:${server.port}`, { ...size, repeats })
      const twice = await server.usage()
      print(
        `server's memory: ${megabytes(before.rssBytes)} before, ${megabytes(once.rssBytes)} after one round, ${megabytes(twice.rssBytes)} after another`,
      )
      await measureListeners(db, server, Number(values.listeners))
    } finally {
      await server.end()
    }
  } finally {
    await db.destroy()
    if (values.keep) print(`The database is kept: npm run bench -- api --url ${database.url}`)
    else await database.close()
  }
}

async function newDatabase(): Promise<{ url: string; close(): Promise<void> }> {
  const postgres = await findPostgres()
  if (postgres === null)
    throw new Error('There is no PostgreSQL here: name one in TEST_DATABASE_URL, or measure with --embedded.')
  return createTestDatabase(postgres)
}

/** What a database that was filled before holds. */
async function sizeOf(db: Db): Promise<Pick<Size, 'vehicles' | 'days' | 'lastDate'>> {
  const { rows } = await sql<{ vehicles: number; days: number; last: string | null }>`
    select (select count(*)::int from vehicle) as vehicles, count(distinct date)::int as days, max(date) as last from energy_day`.execute(
    db,
  )
  const found = rows[0]
  if (found === undefined || found.last === null)
    throw new Error('This database was not filled by `bench -- api --keep`.')
  return { vehicles: found.vehicles, days: found.days, lastDate: found.last }
}

interface Size {
  vehicles: number
  days: number
  lastDate: string
  say(line: string): void
}

async function prepare(db: Db, size: Size): Promise<void> {
  print('filling:')
  await fill(db, size)
  const begun = performance.now()
  const dates = await datesWithEnergy(db, { from: null, to: null })
  for (const { siteId, date } of dates) await rebuildDay(db, siteId, date)
  await refreshWorkDays(db)
  await refreshEnergyMonths(db)
  await freshen(db)
  print(`  roll-ups rebuilt from the quarter hours: ${((performance.now() - begun) / 1000).toFixed(1)} s`)
}

async function measureAll(url: string, { days, lastDate, repeats }: Size & { repeats: number }): Promise<void> {
  const day = (before: number): string =>
    new Date(Date.parse(`${lastDate}T00:00:00Z`) - before * DAY_MS).toISOString().slice(0, 10)
  const half = Math.floor(days / 2)
  const energy = (query: string): string => `/api/v1/reports/energy?${query}`
  const questions: [string, string, number][] = [
    ['state of the fleet, a page of 100', '/api/v1/vehicles', 20],
    ['state of the fleet, all 500 at once', '/api/v1/vehicles?limit=500', 20],
    [
      'history of a vehicle, a year in 500 points',
      `/api/v1/vehicles/bus-1/soc?from=${day(days - 1)}T00:00:00Z&to=${day(0)}T00:00:00Z&points=500`,
      500,
    ],
    ["a month's energy by vehicle", `/api/v1/reports/energy?from=${day(30)}&to=${day(0)}&groupBy=vehicle`, 500],
    ['a year by line', `/api/v1/reports/energy?from=${day(days - 1)}&to=${day(0)}&groupBy=line`, 500],
    [
      'half a year by line, compared with the half before',
      `/api/v1/reports/energy?from=${day(half)}&to=${day(0)}&groupBy=line&compare=previousPeriod`,
      500,
    ],
    [
      'a year by month and line',
      `/api/v1/reports/energy?from=${day(days - 1)}&to=${day(0)}&groupBy=line&bucket=month`,
      500,
    ],
    ['a year by hour of day', `/api/v1/reports/energy?from=${day(days - 1)}&to=${day(0)}&groupBy=hourOfDay`, 500],
    ["a month's load curve", `/api/v1/reports/load?from=${day(30)}&to=${day(0)}&siteId=depot`, 500],
    ["four days' load by vehicle and hour", energy(`from=${day(4)}&to=${day(0)}&groupBy=vehicle&bucket=hour`), 500],
    ["a year's load curve", `/api/v1/reports/load?from=${day(days - 1)}&to=${day(0)}&siteId=depot`, 500],
    [
      'half a year by vehicle, compared with the half before',
      energy(`from=${day(half)}&to=${day(0)}&groupBy=vehicle&compare=previousPeriod`),
      500,
    ],
    ['a year by month', energy(`from=${day(days - 1)}&to=${day(0)}&groupBy=month`), 500],
    ['a year by vehicle and month', energy(`from=${day(days - 1)}&to=${day(0)}&groupBy=vehicle&bucket=month`), 500],
    [
      'consumption by temperature, a year',
      `/api/v1/reports/consumption?from=${day(days - 1)}&to=${day(0)}&groupBy=temperature`,
      500,
    ],
    [
      'consumption by vehicle, a year',
      `/api/v1/reports/consumption?from=${day(days - 1)}&to=${day(0)}&groupBy=vehicle`,
      500,
    ],
    [
      'indicators of half a year against the half before',
      `/api/v1/reports/indicators?from=${day(half)}&to=${day(0)}&baselineFrom=${day(days - 1)}&baselineTo=${day(half)}`,
      500,
    ],
    ['savings, a year', `/api/v1/reports/savings?from=${day(days - 1)}&to=${day(0)}`, 500],
    ['sessions, a page of 100', `/api/v1/reports/sessions?from=${day(days - 1)}&to=${day(0)}&limit=100`, 500],
    ["a month's sessions as CSV", `/api/v1/reports/sessions?from=${day(30)}&to=${day(0)}&format=csv`, 500],
    ['arrivals of a stop', '/api/v1/stops/s-1-0-10/arrivals', 20],
    ['nearest free car park', '/api/v1/places?near=42.5,27.45&kind=parking&free=true&limit=10', 20],
  ]
  print(row(HEAD))
  for (const [what, path, reachMs] of questions) {
    const times: number[] = []
    let bytes = 0
    let failed = ''
    for (let n = -5; n < repeats && failed === ''; n += 1) {
      const begun = performance.now()
      const answer = await fetch(url + path)
      const text = await answer.text()
      if (!answer.ok) failed = `${answer.status} ${text.slice(0, 200)}`
      // The first few warm connections, caches and compilers.
      if (n >= 0) times.push(performance.now() - begun)
      bytes = text.length
    }
    if (failed !== '') {
      print(`${what}: ${failed}`)
      continue
    }
    const ms = (share: number): string => percentile(times, share).toFixed(1)
    print(row([what, ms(0.5), ms(0.95), ms(0.99), `${(bytes / 1000).toFixed(0)} kB`, `${reachMs} ms`]))
  }
}

/** Many open pages: how long a change takes to reach them all, what that costs the server, and whether its memory stays. */
async function measureListeners(db: Db, server: MeasuredServer, listeners: number): Promise<void> {
  const before = await server.usage()
  const child = startProcess('listeners.ts', [`http://127.0.0.1:${server.port}`, String(listeners), 'bus-1'])
  await once(child, 'message')
  const open = await server.usage()
  const begun = performance.now()
  const seconds = 30
  for (let second = 0; second < seconds; second += 1) {
    await db
      .updateTable('vehicle')
      .set({ label: `at ${Date.now()}` })
      .where('id', '=', 'bus-1')
      .execute()
    await new Promise((resolve) => setTimeout(resolve, 1000))
  }
  child.send('report')
  const [{ report }] = (await once(child, 'message')) as [
    { report: { snapshots: number; bytes: number; delays: number[] } },
  ]
  const after = await server.usage()
  child.send('end')
  const share = (after.cpuSeconds - open.cpuSeconds) / ((performance.now() - begun) / 1000)
  print(
    `${report.snapshots} listeners, a change a second: ${report.delays.length} of ${listeners * seconds} arrived, ` +
      `p50 ${percentile(report.delays, 0.5)} ms, p95 ${percentile(report.delays, 0.95)} ms after the commit (looks every 400 ms); ` +
      `${(100 * share).toFixed(0)} % of a core; memory ${megabytes(before.rssBytes)} without, ${megabytes(open.rssBytes)} with them, ${megabytes(after.rssBytes)} after ${seconds} s`,
  )
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(0)} MB`
}

function row(cells: readonly string[]): string {
  return cells.map((cell, c) => (c === 0 ? cell.padEnd(WIDTHS[c] ?? 9) : cell.padStart(WIDTHS[c] ?? 9))).join('  ')
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
