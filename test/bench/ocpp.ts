import { cpus, loadavg } from 'node:os'
import { parseArgs } from 'node:util'
import type { LoadOptions, LoadReport } from '../../simulators/load.ts'
import { createTestDatabase } from '../support/database-server.ts'
import { findPostgres, startMeasured, startProcess, type MeasuredServer, type Usage } from './processes.ts'

const HEAD = ['server', 'what', 'stations', 'per second', 'p50 ms', 'p99 ms', 'server CPU', 'of bare echo']
const WIDTHS = [8, 34, 8, 10, 8, 8, 10, 12]

interface Round {
  what: string
  stations: number
  protocol: LoadOptions['protocol']
  seconds: number
}

/**
 * `npm run bench -- ocpp [--seconds 4] [--stations 200,1000] [--boots 1000] [--idle 2000] [--only 1.6|2.0.1|boots|idle]`: chargers in one process against the server in
 * another, closed loop (each sends the next message when the last one is answered), beside a bare WebSocket server under the same load. On
 * PostgreSQL when TEST_DATABASE_URL or DATABASE_URL is set or 127.0.0.1:5432 answers, in a database of its own that is dropped in the end; else on PGlite.
 */
export async function bench(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seconds: { type: 'string', default: '4' },
      stations: { type: 'string', default: '200,1000' },
      boots: { type: 'string', default: '1000' },
      idle: { type: 'string', default: '2000' },
      only: { type: 'string' },
    },
  })
  const wanted = (name: string): boolean => values.only === undefined || values.only === name
  const postgres = await findPostgres()
  const database = postgres === null ? null : await createTestDatabase(postgres)
  print(
    `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, load ${loadavg()[0]?.toFixed(1)} before; ` +
      `${database === null ? 'PGlite in memory' : 'PostgreSQL'}; chargers, server and database share these processors`,
  )
  print(row(HEAD))
  const rounds: Round[] = []
  for (const stations of values.stations.split(',').map(Number)) {
    const seconds = Number(values.seconds)
    if (wanted('1.6')) rounds.push({ what: 'MeterValues (1.6)', stations, protocol: 'ocpp1.6', seconds })
    if (wanted('2.0.1')) rounds.push({ what: 'TransactionEvent (2.0.1)', stations, protocol: 'ocpp2.0.1', seconds })
  }
  try {
    const echo = await startMeasured('bare ws', 'ocpp-echo.ts', [])
    const ours = await startMeasured('zaryad', 'product-server.ts', [database?.url ?? ''])
    try {
      for (const round of rounds) await compare([echo, ours], round)
      if (wanted('boots')) await compareBoots([echo, ours], Number(values.boots))
    } finally {
      await Promise.all([echo.end(), ours.end()])
    }
    if (wanted('idle')) await measureIdle(database?.url ?? '', Number(values.idle))
  } finally {
    await database?.close()
  }
}

/** The same load against each server in turn; the first is the ceiling. */
async function compare(servers: readonly MeasuredServer[], round: Round): Promise<void> {
  let ceiling: number | undefined
  for (const server of servers) {
    const { report, cpuShare } = await load(server, { ...round, durationSeconds: round.seconds })
    ceiling ??= report.messagesPerSecond
    printRow(server, round.what, report.stationsIn, report.messagesPerSecond, ceiling, report, cpuShare)
  }
}

/** Every station connects in the same moment and sends BootNotification and StatusNotification. */
async function compareBoots(servers: readonly MeasuredServer[], stations: number): Promise<void> {
  let ceiling: number | undefined
  for (const again of [false, true]) {
    const what = again ? 'all connect and boot again' : 'all connect and boot'
    ceiling = undefined
    for (const server of servers) {
      const { report, cpuShare } = await load(server, {
        stations,
        protocol: 'ocpp2.0.1',
        durationSeconds: 0,
        concurrency: stations,
        prefix: 'BOOT-',
      })
      ceiling ??= report.bootsPerSecond
      printRow(server, what, report.stationsIn, report.bootsPerSecond, ceiling, null, cpuShare, report.errors)
    }
  }
}

async function measureIdle(databaseUrl: string, stations: number): Promise<void> {
  const server = await startMeasured('zaryad', 'product-server.ts', [databaseUrl])
  try {
    const before = await server.usage()
    let idle: Usage | undefined
    await load(
      server,
      { stations, protocol: 'ocpp2.0.1', rate: 1, durationSeconds: 5, prefix: 'IDLE-' },
      async (progress) => {
        if (progress.phase === 'running' && progress.seconds > 3) idle ??= await server.usage()
      },
    )
    const mb = (usage: Usage | undefined): string => `${((usage?.rssBytes ?? Number.NaN) / 1e6).toFixed(0)} MB`
    const each = ((idle?.rssBytes ?? Number.NaN) - before.rssBytes) / stations / 1000
    print(
      `server's memory: ${mb(before)} without stations, ${mb(idle)} with ${stations} idle ones (${each.toFixed(1)} kB each)`,
    )
  } finally {
    await server.end()
  }
}

type Load = Pick<LoadOptions, 'stations' | 'protocol' | 'durationSeconds'> & Partial<LoadOptions>

let loads = 0

async function load(
  server: MeasuredServer,
  options: Load,
  progress?: (progress: { phase: string; seconds: number }) => Promise<void>,
): Promise<{ report: LoadReport; cpuShare: number }> {
  const before = await server.usage()
  const begun = performance.now()
  const { stations, protocol, durationSeconds, rate = 0, concurrency = 100 } = options
  const prefix = options.prefix ?? `BENCH-${(loads += 1)}-`
  const child = startProcess('ocpp-load.ts', [
    JSON.stringify({
      url: `ws://127.0.0.1:${server.port}/ocpp`,
      stations,
      protocol,
      durationSeconds,
      rate,
      concurrency,
      prefix,
    }),
  ])
  const report = await new Promise<LoadReport>((resolve, reject) => {
    child.on('message', (told: { report?: LoadReport; progress?: { phase: string; seconds: number } }) => {
      if (told.progress !== undefined) progress?.(told.progress).catch(reject)
      if (told.report !== undefined) resolve(told.report)
    })
    child.once('exit', () => reject(new Error('the load process ended without a report')))
  })
  const after = await server.usage()
  return { report, cpuShare: (1000 * (after.cpuSeconds - before.cpuSeconds)) / (performance.now() - begun) }
}

function printRow(
  server: MeasuredServer,
  what: string,
  stations: number,
  perSecond: number,
  ceiling: number,
  latency: { p50Ms: number; p99Ms: number; errors: Record<string, number> } | null,
  cpuShare: number,
  errors = latency?.errors ?? {},
): void {
  print(
    row([
      server.name,
      what,
      `${stations}`,
      perSecond.toFixed(0),
      latency === null ? '' : latency.p50Ms.toFixed(1),
      latency === null ? '' : latency.p99Ms.toFixed(1),
      `${(100 * cpuShare).toFixed(0)} %`,
      `${((100 * perSecond) / ceiling).toFixed(0)} %`,
    ]),
  )
  for (const [error, times] of Object.entries(errors)) print(`  ${times} × ${error}`)
}

function row(cells: readonly string[]): string {
  return cells.map((cell, c) => (c < 2 ? cell.padEnd(WIDTHS[c] ?? 8) : cell.padStart(WIDTHS[c] ?? 8))).join('  ')
}

function print(line: string): void {
  process.stdout.write(`${line}\n`)
}
