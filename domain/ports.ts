import type { Command, CommandOutcome } from './command.ts'

/** The current instant. Every clock in the product is handed in as one of these, so that a demo or a test can run faster than life. */
export type Now = () => Date

/** The one way from planning and from people to a charging station. */
export interface StationGateway {
  /**
   * Sends one command to a station and resolves with the station's own answer.
   *
   * Resolves `{ outcome: 'offline' }` when no socket is open and `{ outcome: 'timeout' }` when the station does not answer in
   * time; it rejects only on programming errors. Calls to one station run one at a time (OCPP-J §4.1.1), so never await this
   * inside that station's inbound handler: it would wait for itself.
   */
  send(stationId: string, command: Command): Promise<CommandOutcome>
}

/** A span of time with one price. `startAt` inclusive, `endAt` exclusive. */
export interface PriceSlot {
  startAt: Date
  endAt: Date
  /** May be negative. */
  priceMicroEurPerKwh: number
}

/** Where energy prices come from: a tariff's zones, a CSV file, a market document. */
export interface PriceSource {
  /** Slots that cover as much of `[from, to)` as the source knows, ascending and without overlap; what is missing is unknown, not zero. */
  prices(from: Date, to: Date): Promise<PriceSlot[]>
}

/** Structured log lines. Never a secret, never a payload. */
export interface Log {
  debug(fields: object, message: string): void
  info(fields: object, message: string): void
  warn(fields: object, message: string): void
  error(fields: object, message: string): void
}
