import { createApp } from '../fleet-api/app.ts'
import { decideHandshake } from '../ocpp-central/handshake.ts'
import { jobs } from './jobs.ts'
import { realClock } from './clock.ts'
import { cronOf } from './crons.ts'
import { pageFile, pageHeaders } from './pages.ts'
import { version } from './version.ts'
import { openHyperdrive } from './worker-database.ts'
import {
  IDENTITY_HEADER,
  workerAuth,
  workerCentral,
  workerGateway,
  workerMapTiles,
  type SocketIdentity,
  type WorkerEnvironment,
} from './worker-environment.ts'
import { createWorkerLog } from './worker-log.ts'

export { JobObject } from './job-object.ts'
export { StationObject } from './station-object.ts'

/** The same application as `runtime/node.ts`, on Cloudflare Workers. */
export default {
  async fetch(request: Request, environment: WorkerEnvironment): Promise<Response> {
    const { pathname } = new URL(request.url)
    const isSocket = request.headers.get('upgrade')?.toLowerCase() === 'websocket'
    if (isSocket || /^\/+ocpp(\/|$)/.test(pathname)) return connectStation(request, environment)
    const page = await fetchPage(request, environment)
    if (page !== null) return page
    const log = createWorkerLog()
    const app = createApp({
      db: openHyperdrive(environment.DATABASE.connectionString),
      gateway: workerGateway(environment),
      now: realClock,
      log,
      access: { adminKey: environment.ADMIN_KEY ?? null, open: false },
      auth: workerAuth(environment),
      clock: { speed: 1, demo: false },
      outbound: { allowPrivate: environment.OUTBOUND === 'private' },
      // Whoever wakes a job waits for what it does, so that it is not cut off.
      wake: (job) =>
        void environment.JOBS.getByName(job)
          .run(job)
          .catch((error: unknown) => log.error({ job, error: String(error) }, 'a job could not be woken')),
      mapTiles: workerMapTiles(environment),
      version,
    })
    return app.fetch(request)
  },

  async scheduled(controller: ScheduledController, environment: WorkerEnvironment): Promise<void> {
    const due = jobs.filter((job) => cronOf(job) === controller.cron)
    await Promise.all(due.map((job) => environment.JOBS.getByName(job.name).run(job.name)))
  },
}

async function connectStation(request: Request, environment: WorkerEnvironment): Promise<Response> {
  const db = openHyperdrive(environment.DATABASE.connectionString)
  const authorization = request.headers.get('authorization')
  const central = workerCentral(environment, db)
  const decision = await decideHandshake(central, {
    path: new URL(request.url).pathname,
    protocols: (request.headers.get('sec-websocket-protocol') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter(Boolean),
    ...(authorization === null ? {} : { authorization }),
    address: request.headers.get('cf-connecting-ip') ?? 'unknown',
  })
  // Nothing outlives the request.
  await central.attempts.flush()
  await db.destroy()
  if (!decision.accept) {
    return new Response(decision.message, {
      status: decision.status,
      ...(decision.status === 401 ? { headers: { 'www-authenticate': 'Basic realm="Zaryad"' } } : {}),
    })
  }
  if (request.headers.get('upgrade')?.toLowerCase() !== 'websocket') {
    return new Response('Chargers connect here with a WebSocket.\n', { status: 426, headers: { upgrade: 'websocket' } })
  }
  const identity: SocketIdentity = {
    stationId: decision.stationId,
    protocol: decision.protocol,
    connectionId: crypto.randomUUID(),
  }
  const headers = new Headers(request.headers)
  headers.set(IDENTITY_HEADER, encodeURIComponent(JSON.stringify(identity)))
  return environment.STATIONS.getByName(decision.stationId).fetch(new Request(request, { headers }))
}

async function fetchPage(request: Request, environment: WorkerEnvironment): Promise<Response | null> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null
  const url = new URL(request.url)
  const path = pageFile(url) ?? url.pathname
  // Routes of the API are never files; the asset store need not be asked about them.
  if (!/\.[a-z0-9]+$/.test(path) || /^\/(api|gtfs-rt|siri)\//.test(path)) return null
  const file = await environment.ASSETS.fetch(new Request(new URL(path, url), request))
  if (file.status === 404) return null
  const headers = new Headers(file.headers)
  for (const [name, value] of Object.entries(pageHeaders(path, workerMapTiles(environment)))) headers.set(name, value)
  return new Response(file.body, { status: file.status, headers })
}
