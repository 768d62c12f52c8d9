import type { JsonObject } from '../domain/command.ts'

/** One open OCPP connection, seen from the station. */
export interface Link {
  /** Resolves with the central system's answer; rejects with `CallRefused` for a CALLERROR and with `LinkLost` when no answer can come any more. */
  call(action: string, payload: JsonObject): Promise<JsonObject>
  /** Cuts the line without a goodbye. */
  cut(): void
}

export interface LinkOptions {
  /** Address without the station's identity, for example `ws://localhost:8080/ocpp`. */
  url: string
  stationId: string
  password?: string
  /** Answers a call of the central system; a thrown `CallRefused` becomes a CALLERROR. */
  handle(action: string, payload: JsonObject): JsonObject
  /** Called once, when the line is gone, however it went. */
  closed(): void
}

/** Rejects when the central system cannot be reached or does not let the station in. */
export type OpenLink = (options: LinkOptions) => Promise<Link>

/** The other side answered with a CALLERROR. */
export class CallRefused extends Error {
  readonly code: string

  constructor(code: string, message: string) {
    super(message)
    this.name = 'CallRefused'
    this.code = code
  }
}

/** The line went away, or the other side kept silent for too long. */
export class LinkLost extends Error {
  constructor(message: string) {
    super(message)
    this.name = 'LinkLost'
  }
}
