import type { Db } from '../../db/database.ts'
import type { Log, Now, StationGateway } from '../../domain/ports.ts'
import { realClock } from '../../runtime/clock.ts'
import { startServer as start, type ServerOptions } from '../../runtime/server.ts'
import { emptyDatabase } from './database.ts'

export interface TestServer {
  /** http://127.0.0.1:PORT */
  url: string
  db: Db
  gateway: StationGateway
  close(): Promise<void>
}

export interface TestServerOptions {
  /** Default: an empty one. */
  db?: Db
  now?: Now
  log?: Log
  /** Simulated seconds a second of `now`. */
  speed?: number
  /** Default: none run. */
  jobs?: ServerOptions['jobs']
  /** Default: everything is open to everyone. */
  adminKey?: string
  stationPolicy?: ServerOptions['stationPolicy']
  trustedProxies?: number
}

/** The whole server in this process on a free port, as `npm start` puts it together. */
export async function startServer(options: TestServerOptions = {}): Promise<TestServer> {
  const db = options.db ?? (await emptyDatabase())
  const server = await start({
    db,
    now: options.now ?? realClock,
    log: options.log ?? quiet,
    host: '127.0.0.1',
    port: 0,
    access: { adminKey: options.adminKey ?? null, open: options.adminKey === undefined },
    clock: { speed: options.speed ?? 1, demo: false },
    stationPolicy: options.stationPolicy ?? 'open',
    outbound: { allowPrivate: true },
    trustedProxies: options.trustedProxies ?? 0,
    jobs: options.jobs ?? [],
    sharedDatabase: process.env['TEST_DATABASE_URL'] !== undefined,
  })
  return { url: `http://127.0.0.1:${server.port}`, db, gateway: server.gateway, close: () => server.close() }
}

/** Only what should not have happened is shown. */
const quiet: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: (fields, message) => console.error(message, fields),
}
