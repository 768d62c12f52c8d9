import type { Db } from '../db/database.ts'
import type { LatestReading, MeterSample } from '../db/meter-samples.ts'
import type { StationArrivals } from '../db/station-arrivals.ts'
import type { OcppProtocol, Registration } from '../domain/status.ts'
import type { Now } from '../domain/ports.ts'
import type { StationPolicy } from './central.ts'
import type { Messages as Messages16 } from './generated/messages-1.6.d.ts'
import type { Messages as Messages201 } from './generated/messages-2.0.1.d.ts'
import type { SessionCache } from './session-cache.ts'
import type { StationTime } from './station-time.ts'

/** What a handler may use. It never awaits a call to its own station: that would wait for itself. */
export interface ActionContext {
  db: Db
  arrivals: StationArrivals
  now: Now
  policy: StationPolicy
  heartbeatSeconds: number
  stationId: string
  protocol: OcppProtocol
  connectionId: string
  /** When the message came in, by the product's clock. */
  receivedAt: Date
  sessions: SessionCache
  /** Reads an instant that the station wrote. `live`: it was written just now, not stored offline, so it tells how the station's clock stands. */
  time(text: string, live?: boolean): StationTime
  /** Puts samples and last values into the commit that the answer waits for. */
  keep(data: { samples: MeterSample[]; latest: LatestReading[]; settle: boolean }): void
  /** Counts a deviation that was read all the same. */
  quirk(name: string): void
  /** Whether the station was asked for this message with TriggerMessage since it connected. */
  wasAskedFor(action: string): boolean
  registration(registration: Registration): void
}

/** The messages of each version that handlers and commands are written for; 2.1 is spoken in those of 2.0.1. */
export interface MessagesOf {
  'ocpp1.6': Messages16
  'ocpp2.0.1': Messages201
}

/** One inbound action of one version, types forgotten so that actions fit into a table. The payload has passed the action's schema. */
export interface Action {
  name: string
  handle(context: ActionContext, request: never): Promise<object>
}

/** Defines how one action is answered; request and response have the types of the official schemas. */
export function action<Protocol extends keyof MessagesOf, Name extends keyof MessagesOf[Protocol] & string>(
  _protocol: Protocol,
  name: Name,
  handle: (
    context: ActionContext,
    request: RequestOf<MessagesOf[Protocol][Name]>,
  ) => Promise<ResponseOf<MessagesOf[Protocol][Name]>>,
): Action {
  return { name, handle }
}

export type RequestOf<Message> = Message extends { request: infer Request } ? Request : never
export type ResponseOf<Message> = Message extends { response: infer Response extends object } ? Response : never

export type Request16<Name extends keyof Messages16> = RequestOf<Messages16[Name]>
export type Request201<Name extends keyof Messages201> = RequestOf<Messages201[Name]>
