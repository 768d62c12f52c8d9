import { createJournal } from '../db/journal.ts'
import { createStationArrivals } from '../db/station-arrivals.ts'
import type { Db } from '../db/database.ts'
import type { Command, CommandOutcome } from '../domain/command.ts'
import { readMapTiles, type MapTiles } from '../domain/map-tiles.ts'
import type { StationGateway } from '../domain/ports.ts'
import type { OcppProtocol } from '../domain/status.ts'
import type { AuthConfig } from '../fleet-api/auth/auth-options.ts'
import type { Central, StationPolicy } from '../ocpp-central/central.ts'
import { createAttemptBook } from '../ocpp-central/attempt-book.ts'
import { createTurns } from '../ocpp-central/turns.ts'
import { realClock } from './clock.ts'
import { createWorkerLog } from './worker-log.ts'

/** The bindings and variables of wrangler.toml. */
export interface WorkerEnvironment {
  DATABASE: Hyperdrive
  STATIONS: { getByName(stationId: string): StationStub }
  JOBS: { getByName(job: string): { run(job: string): Promise<void> } }
  ASSETS: { fetch(request: Request): Promise<Response> }
  STATION_POLICY?: string
  /** Secrets. */
  ADMIN_KEY?: string
  AUTH_SECRET?: string
  OIDC_CLIENT_SECRET?: string
  PUBLIC_URL?: string
  OIDC_ISSUER?: string
  OIDC_CLIENT_ID?: string
  OUTBOUND?: string
  /** A secret. */
  ENTSOE_TOKEN?: string
  ENTSOE_URL?: string
  OPEN_METEO_URL?: string
  GTFS_RT_URL?: string
  /** A secret. */
  GTFS_RT_AUTHORIZATION?: string
  SISTER_CITIES?: string
  MAP_TILES?: string
  MAP_ATTRIBUTION?: string
}

/** A station's object, as other code calls it. */
export interface StationStub {
  /** Takes a handshake that was let in; it carries a `SocketIdentity` in `IDENTITY_HEADER`. */
  fetch(request: Request): Promise<Response>
  send(command: Command): Promise<CommandOutcome>
}

/** What a socket is, and what it carries through its object's sleep. */
export interface SocketIdentity {
  stationId: string
  protocol: OcppProtocol
  connectionId: string
}

export const IDENTITY_HEADER = 'x-zaryad-socket'

/** What connections share, with the database of this invocation. */
export function workerCentral(environment: WorkerEnvironment, db: Db): Central {
  return {
    db,
    // An invocation ends with its message, so nothing may wait for company.
    journal: createJournal(db, { gatherMs: 0, lastValuesEveryMs: 0 }),
    arrivals: createStationArrivals(db),
    attempts: createAttemptBook({ db, now: realClock, log: createWorkerLog() }),
    turns: createTurns(8),
    now: realClock,
    log: createWorkerLog(),
    policy: policyOf(environment.STATION_POLICY),
    heartbeatSeconds: 300,
    callTimeoutMs: 30_000,
  }
}

export function workerGateway(environment: WorkerEnvironment): StationGateway {
  return { send: (stationId, command) => environment.STATIONS.getByName(stationId).send(command) }
}

/** How people sign in. */
export function workerAuth(environment: WorkerEnvironment): AuthConfig {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = environment
  return {
    secret: environment.AUTH_SECRET ?? null,
    publicUrl: environment.PUBLIC_URL ?? null,
    oidc: issuer && clientId && clientSecret ? { issuer, clientId, clientSecret } : null,
  }
}

/** Pictures under the pages' maps; null: a plain ground. */
export function workerMapTiles({ MAP_TILES: url, MAP_ATTRIBUTION: attribution }: WorkerEnvironment): MapTiles | null {
  return url && attribution ? readMapTiles(url, attribution) : null
}

function policyOf(text: string | undefined): StationPolicy {
  return text === 'known' || text === 'open' ? text : 'pending'
}
