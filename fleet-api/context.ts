import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Db } from '../db/database.ts'
import type { PlanReader } from '../db/views/plan-reader.ts'
import type { VehicleReader } from '../db/views/vehicle-reader.ts'
import type { WorkReader } from '../db/views/work-reader.ts'
import type { MapTiles } from '../domain/map-tiles.ts'
import type { OutboundRules } from '../domain/outbound-url.ts'
import type { Log, Now, StationGateway } from '../domain/ports.ts'
import type { Actor } from '../db/acting.ts'
import type { Caller } from './access/caller.ts'
import type { AuthConfig } from './auth/auth-options.ts'
import type { LiveHub } from './live/live-hub.ts'
import type { StopHub } from './live/stop-hub.ts'

/** Who may use the API. */
export interface Access {
  /** The key with all rights; null: nobody can sign in. */
  adminKey: string | null
  /** Everything is allowed to everybody: the demo. */
  open: boolean
}

/** How the process is measured, where there is one. */
export interface Metrics {
  contentType: string
  /** Everything measured, in the text format of Prometheus. */
  text(): Promise<string>
  /** Notes one answer; `route` is the path's template, so that ids make no series of their own. */
  observe(request: { method: string; route: string; status: number; seconds: number }): void
}

export interface AppOptions {
  db: Db
  gateway: StationGateway
  now: Now
  log: Log
  access: Access
  /** How the product's clock runs, so that pages can run theirs alike. */
  clock: { speed: number; demo: boolean }
  metrics?: Metrics
  /** Lets a job look at once instead of at its next time; left out: it looks in its own time. */
  wake?: (job: string) => void
  /** Where the server itself may send to. */
  outbound: OutboundRules
  version: string
  /** Pictures under the pages' maps; left out or null: a plain ground. */
  mapTiles?: MapTiles | null
  /** How people sign in; when left out, by password and passkey, with a secret that the database keeps. */
  auth?: AuthConfig
  /** Requests that one caller may make in 10 s; 3,000 when left out. */
  requestsPer10s?: number
  /** Real milliseconds between two looks of the live stream; 400 when left out. */
  livePollMs?: number
  /** Real milliseconds that a GTFS-Realtime message that took long to build is handed out; 2,000 when left out, 0: never. */
  feedKeptMs?: number
}

/** What route handlers work with. */
export interface AppContext extends AppOptions {
  plans: PlanReader
  work: WorkReader
  vehicles: VehicleReader
  live: LiveHub
  liveStops: StopHub
}

export interface AppEnv {
  Variables: {
    requestId: string
    /** How the caller is known; `none` only on routes that are open to all. */
    caller: Caller
    /** In whose name the audit log gets what this request changes; null: it changes nothing, or only adds readings. */
    actor: Actor | null
    /** Readings that machines send all the time: too many for the log. */
    routine?: boolean
    /** What the audit log is to say of a change that no table shows, such as a command to a charger. Never a secret. */
    auditNote?: Record<string, string | number | boolean | null>
  }
}

export type Api = OpenAPIHono<AppEnv>
