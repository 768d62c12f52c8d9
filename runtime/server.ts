import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { getRequestListener } from '@hono/node-server'
import { catchUpSessions } from '../db/catch-up-sessions.ts'
import type { Db } from '../db/database.ts'
import { createJournal } from '../db/journal.ts'
import { createStationArrivals } from '../db/station-arrivals.ts'
import type { SisterCity } from '../domain/city-glance.ts'
import type { MapTiles } from '../domain/map-tiles.ts'
import type { OutboundRules } from '../domain/outbound-url.ts'
import type { Log, Now, StationGateway } from '../domain/ports.ts'
import { createApp } from '../fleet-api/app.ts'
import type { AuthConfig } from '../fleet-api/auth/auth-options.ts'
import { createAttemptBook } from '../ocpp-central/attempt-book.ts'
import type { Central } from '../ocpp-central/central.ts'
import { createTurns } from '../ocpp-central/turns.ts'
import type { Job } from '../scheduler/jobs/job.ts'
import type { MarketSources } from '../scheduler/jobs/market/market-sources.ts'
import type { PositionSources } from '../scheduler/jobs/positions/position-sources.ts'
import { attachChargerSockets } from './charger-sockets.ts'
import { forwardedAddress } from './client-address.ts'
import { startJobs } from './job-runner.ts'
import { createMetrics } from './metrics.ts'
import { createSolverThread } from './solver-thread.ts'
import { staticFiles } from './static-files.ts'
import { version } from './version.ts'

const WEB_ROOT = fileURLToPath(new URL('../web/dist', import.meta.url))
/** Half of the database pool: the other half is for the journal, the jobs and the people. */
const TURNS = 10
/** Open requests get this long to end when the server stops; live streams never end by themselves. */
const GRACE_MS = 2_000

export interface ServerOptions {
  db: Db
  now: Now
  log: Log
  host: string
  /** 0: any free port. */
  port: number
  access: { adminKey: string | null; open: boolean }
  /** How people sign in; when left out, by password and passkey. */
  auth?: AuthConfig
  clock: { speed: number; demo: boolean }
  stationPolicy: Central['policy']
  /** Where the server itself may send to. */
  outbound: OutboundRules
  /** How many proxies of ours stand in front, whose X-Forwarded-For is believed; left out: none. */
  trustedProxies?: number
  /** Outside services for prices and weather; left out: none is asked. */
  market?: MarketSources
  /** Outside feeds of positions; left out: none is read. */
  positions?: PositionSources
  /** Other cities to stand beside this one; left out: none. */
  sisters?: readonly SisterCity[]
  /** Pictures under the pages' maps; left out: a plain ground. */
  mapTiles?: MapTiles | null
  jobs: readonly Job[]
  /** Other processes may use the same database. */
  sharedDatabase: boolean
}

export interface RunningServer {
  port: number
  gateway: StationGateway
  /** Stops taking anything new, closes the chargers' sockets (1001), finishes what was begun. The database stays open. */
  close(): Promise<void>
}

type FetchCallback = Parameters<typeof getRequestListener>[0]

/** The whole server in this process: API, pages, chargers and jobs on one port. Rejects when the port cannot be had. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { db, now, log } = options
  await catchUpSessions(db)
  const files = staticFiles(WEB_ROOT, options.mapTiles ?? null)
  // Requests and sockets can come only once both ends stand.
  let respond: FetchCallback
  const server = createServer(getRequestListener((request, env) => respond(request, env)))
  const journal = createJournal(db)
  const central: Central = {
    db,
    journal,
    arrivals: createStationArrivals(db),
    attempts: createAttemptBook({ db, now, log }),
    turns: createTurns(TURNS),
    now,
    log,
    policy: options.stationPolicy,
    heartbeatSeconds: 300,
    callTimeoutMs: 30_000,
  }
  const sockets = attachChargerSockets(server, central, { trustedProxies: options.trustedProxies ?? 0 })
  const { gateway } = sockets
  const app = createApp({
    db,
    gateway,
    now,
    log,
    access: options.access,
    ...(options.auth === undefined ? {} : { auth: options.auth }),
    clock: options.clock,
    metrics: createMetrics(db, now),
    outbound: options.outbound,
    wake: (name) => jobs.wake(name),
    mapTiles: options.mapTiles ?? null,
    version,
  })
  respond = async (request, env) => {
    const forwarded = request.headers.get('x-forwarded-for') ?? undefined
    const clientAddress = forwardedAddress(forwarded, options.trustedProxies ?? 0)
    return (await files(request)) ?? app.fetch(request, clientAddress === null ? env : { ...env, clientAddress })
  }

  const port = await listen(server, options.host, options.port)
  const solver = createSolverThread()
  const jobs = startJobs({
    jobs: options.jobs,
    context: {
      db,
      gateway,
      now,
      log,
      solver,
      outbound: options.outbound,
      ...(options.market === undefined ? {} : { market: options.market }),
      ...(options.sisters === undefined ? {} : { sisters: options.sisters }),
      ...(options.positions === undefined ? {} : { positions: options.positions }),
    },
    speed: options.clock.speed,
    shared: options.sharedDatabase,
  })

  return {
    port,
    gateway,
    async close() {
      const closed = closeHttp(server)
      // Together: a job may be waiting for a charger, and is answered `offline` by the socket's end.
      await Promise.all([jobs.stop(), sockets.close()])
      await journal.flush()
      await closed
      await solver.close()
    },
  }
}

function listen(server: Server, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve((server.address() as AddressInfo).port)
    })
  })
}

function closeHttp(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), GRACE_MS)
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    server.closeIdleConnections()
  })
}
