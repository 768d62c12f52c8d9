import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Db } from '../db/database.ts'
import type { PlanReader } from '../db/views/plan-reader.ts'
import type { WorkReader } from '../db/views/work-reader.ts'
import type { Log, Now, StationGateway } from '../domain/ports.ts'
import type { LiveHub } from './live/live-hub.ts'

/** Who may use the API. */
export interface Access {
  /** The key with all rights; null: nobody can sign in. */
  adminKey: string | null
  /** Everything is allowed to everybody: the demo. */
  open: boolean
}

export interface AppOptions {
  db: Db
  gateway: StationGateway
  now: Now
  log: Log
  access: Access
  /** How the product's clock runs, so that pages can run theirs alike. */
  clock: { speed: number; demo: boolean }
  version: string
  /** Real milliseconds between two looks of the live stream; 400 when left out. */
  livePollMs?: number
}

/** What route handlers work with. */
export interface AppContext extends AppOptions {
  plans: PlanReader
  work: WorkReader
  live: LiveHub
}

export interface AppEnv {
  Variables: {
    requestId: string
    /** How the caller is known; `none` only on routes that are open to all. */
    caller: Caller
  }
}

export type Caller = 'key' | 'cookie' | 'open' | 'none'

export type Api = OpenAPIHono<AppEnv>
