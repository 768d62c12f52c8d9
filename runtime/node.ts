import { setTimeout as sleep } from 'node:timers/promises'
import { jobs } from './jobs.ts'
import { keptAdminKey } from './admin-key.ts'
import { demoBanner, serverBanner } from './banner.ts'
import { realClock } from './clock.ts'
import { ConfigProblems, readConfig, usage, type Config } from './config.ts'
import { DataDirectoryInUse } from './data-directory.ts'
import { startDemo } from './demo.ts'
import { DemoUnusable } from './demo-unusable.ts'
import { linkAddress, makeSetupLink } from '../fleet-api/auth/one-time-links.ts'
import { createLog } from './log.ts'
import { DatabaseUnusable, openDatabase } from './open-database.ts'
import { startMqttTelemetry } from './mqtt-telemetry.ts'
import { startServer } from './server.ts'

/** `npm start`. */

interface Running {
  close(): Promise<void>
}

async function start(config: Config): Promise<Running> {
  const log = createLog(config.logLevel)
  if (config.demo !== null) {
    const demo = await startDemo({ host: config.host, port: config.port, ...config.demo, sisters: config.sisters, log })
    process.stdout.write(demoBanner(config, demo))
    return demo
  }
  const database = await openDatabase(config, log)
  try {
    const key = config.adminKey === null ? keptAdminKey(config.dataDirectory) : null
    const server = await startServer({
      db: database.db,
      now: realClock,
      log,
      host: config.host,
      port: config.port,
      access: { adminKey: config.adminKey ?? key?.key ?? null, open: false },
      auth: config.auth,
      clock: { speed: 1, demo: false },
      stationPolicy: config.stationPolicy,
      outbound: { allowPrivate: config.outboundPrivate },
      trustedProxies: config.trustedProxies,
      market: config.market,
      positions: config.positions,
      mapTiles: config.mapTiles,
      sisters: config.sisters,
      jobs,
      sharedDatabase: database.kind === 'postgres',
    })
    const mqtt =
      config.mqtt === null ? null : startMqttTelemetry({ ...config.mqtt, db: database.db, now: realClock, log })
    const secret = await makeSetupLink(database.db, realClock())
    const origin = config.auth.publicUrl ?? `http://localhost:${server.port}`
    const setupLink = secret === null ? null : linkAddress(new URL(origin).origin, secret)
    process.stdout.write(serverBanner(config, { port: server.port, database: database.where, key, setupLink }))
    return {
      async close() {
        await mqtt?.close()
        await server.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

/** What already says what is wrong and what to do. */
const PLAIN = [ConfigProblems, DatabaseUnusable, DataDirectoryInUse, DemoUnusable]

/** Problems that a person can mend are told in their own words; anything else is ours, and shows where. */
function explain(error: unknown, config: Config | null): string {
  if (error instanceof Error && PLAIN.some((kind) => error instanceof kind)) return error.message
  const code = error instanceof Error && 'code' in error ? error.code : null
  if (code === 'EADDRINUSE') {
    return `Port ${config?.port} is taken by another program. Stop that one, or choose another port: npm start -- --port 8081`
  }
  if (code === 'EACCES' && error instanceof Error && 'syscall' in error && error.syscall === 'listen') {
    return `This user may not listen on port ${config?.port}. Choose one above 1023: npm start -- --port 8080`
  }
  if (code === 'EADDRNOTAVAIL') return `HOST ${config?.host} is no address of this machine.`
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

function fail(error: unknown, config: Config | null): never {
  process.stderr.write(`${explain(error, config)}\n`)
  process.exit(1)
}

/** The first signal ends in good order; a second one, or 15 s, ends at once. */
function stopOnSignal(running: Running): void {
  let stopping = false
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(130)
      stopping = true
      process.stdout.write('Stopping: finishing what was begun. Once more to stop at once.\n')
      void sleep(15_000, undefined, { ref: false }).then(() => process.exit(1))
      running.close().then(
        () => process.exit(0),
        (error: unknown) => fail(error, null),
      )
    })
  }
}

if (process.argv.includes('--help')) {
  process.stdout.write(`${usage}\n`)
} else {
  let config: Config | null = null
  try {
    config = readConfig()
    stopOnSignal(await start(config))
  } catch (error) {
    fail(error, config)
  }
}
