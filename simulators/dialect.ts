import type { ChargingProfile } from '../domain/charging-profile.ts'
import type { JsonObject } from '../domain/command.ts'
import type { ConnectorStatus } from '../domain/status.ts'
import type { OpenLink } from './link.ts'
import type { Sample } from './meter.ts'
import type { Outgoing } from './outbox.ts'
import type { Outlet, Token, Transaction } from './outlet.ts'
import type { ProfileBook, ProfileCapabilities, ProfileRejection } from './profiles.ts'

export type BootReason = 'powerUp' | 'remoteReset' | 'triggered'

/** Why a transaction message is sent. */
export type Trigger =
  | 'cablePluggedIn'
  | 'authorized'
  | 'remoteStart'
  | 'chargingStateChanged'
  | 'sample'
  | 'clock'
  | 'trigger'
  | 'deauthorized'
  | 'stopAuthorized'
  | 'remoteStop'
  | 'evDeparted'
  | 'unlock'
  | 'reset'
  | 'fault'

export type StopReason =
  | 'evDisconnected'
  | 'local'
  | 'remote'
  | 'deauthorized'
  | 'softReset'
  | 'hardReset'
  | 'unlock'
  | 'other'

/** Something happened in a transaction. */
export interface TransactionReport {
  kind: 'started' | 'updated' | 'ended'
  transaction: Transaction
  outlet: Outlet
  atMs: number
  trigger: Trigger
  sample: Sample | null
  reason?: StopReason
  /** The token was shown at this moment. */
  tokenShown?: boolean
}

/** What is written on the station. */
export interface Nameplate {
  vendor: string
  model: string
  serialNumber: string
  firmwareVersion: string
}

/** The central system wants a transaction begun for this token. */
export interface RemoteStartRequest {
  evseId?: number
  token: Token
  remoteStartId?: number
  profile?: ChargingProfile
}

/** The station as the commands of the central system can see and move it. */
export interface Station {
  readonly nameplate: Nameplate
  readonly capabilities: ProfileCapabilities
  readonly atMs: number
  readonly connected: boolean
  readonly outlets: readonly Outlet[]
  readonly profiles: ProfileBook
  heartbeatSeconds: number
  readonly sampleSeconds: number
  readonly alignedSeconds: number
  connectionTimeoutSeconds: number
  setSampleSeconds(seconds: number): void
  setAlignedSeconds(seconds: number): void
  outlet(evseId: number): Outlet | undefined
  /** Does something once the answer to the call now being handled is out. */
  afterAnswer(act: () => void): void
  /** null: accepted. */
  installProfile(evseId: number, profile: ChargingProfile): ProfileRejection | null
  /** The outlet that will start; null: none is free. Without an EVSE, one with a vehicle waiting comes first. */
  remoteStart(request: RemoteStartRequest): Outlet | null
  endTransaction(outlet: Outlet, reason: StopReason, trigger: Trigger): void
  /** The central system has taken the token back after the start (StopTransactionOnInvalidId). */
  deauthorise(transaction: Transaction): void
  /** `evseId` undefined: the whole station. `scheduled` when a transaction must end first. */
  changeAvailability(evseId: number | undefined, operative: boolean): 'accepted' | 'scheduled' | 'rejected'
  /** Ends transactions, drops the line and boots again after a while. */
  reboot(reason: StopReason): void
  sendBoot(): void
  sendHeartbeat(): void
  sendStatus(outlet: Outlet): void
  /** In a transaction the sample belongs to it; else it stands alone. */
  sendMeterValues(outlet: Outlet, trigger: 'clock' | 'trigger'): void
  /** Queues a message of the version's own. */
  send(outgoing: Outgoing): void
}

/** How one OCPP version says what a station has to say, and how it understands what it is told. */
export interface Dialect {
  readonly protocol: 'ocpp1.6' | 'ocpp2.0.1'
  readonly open: OpenLink
  readonly sameLevelProfiles: ProfileCapabilities['sameLevel']
  /** A transaction begins with the cable, not with the token (2.0.1 TxStartPoint EVConnected). */
  readonly startsAtPlug: boolean
  boot(nameplate: Nameplate, reason: BootReason): { action: string; payload: JsonObject }
  /** The version's word for a status; a change that it has no words for is not sent. */
  statusWord(status: ConnectorStatus): string
  status(outlet: Outlet, status: ConnectorStatus, atMs: number): Outgoing
  authorize(token: Token, decided: (accepted: boolean) => void): Outgoing
  /** null: this version sends nothing for it. */
  transaction(station: Station, report: TransactionReport): Outgoing | null
  /** A sample outside transactions. */
  meterValues(outlet: Outlet, sample: Sample): Outgoing
  /** Answers a call of the central system; throws `CallRefused`. What follows from it is done with `station.afterAnswer`. */
  handle(station: Station, action: string, payload: JsonObject): JsonObject
}
