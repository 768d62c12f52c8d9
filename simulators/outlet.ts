import type { ConnectorStatus } from '../domain/status.ts'
import type { ChargingProfile } from '../domain/charging-profile.ts'
import type { EvsePhysics, FlowState } from './evse.ts'
import type { RunningTransaction } from './profiles.ts'

export interface Token {
  value: string
  type: string
}

/** One charging transaction, as the station keeps it. */
export interface Transaction extends RunningTransaction {
  /** The station's own name for it (2.0.1 sends this one). */
  readonly localId: string
  readonly meterStartWh: number
  token: Token | null
  /** Energy may flow. */
  authorised: boolean
  nextSeqNo: number
  remoteStartId: number | null
}

/** One outlet of a station: its physics, and what the station knows of the vehicle and the transaction at it. */
export interface Outlet {
  readonly evse: EvsePhysics
  transaction: Transaction | null
  flow: FlowState
  /** The transaction is over, and the cable still in. */
  finished: boolean
  operative: boolean
  /** Becomes inoperative when the transaction is over. */
  inoperativeNext: boolean
  faulted: boolean
  /** A token has been shown and its answer is awaited. */
  authorising: boolean
  /** Asked to start from afar, waiting for the cable. */
  remoteStart: { token: Token; remoteStartId: number | null; untilMs: number } | null
  /** Came with a remote start; installed when the transaction begins. */
  waitingProfile: ChargingProfile | null
  /** What the central system was last told. */
  reportedStatus: string | null
  nextSampleMs: number
}

export function createOutlet(evse: EvsePhysics): Outlet {
  return {
    evse,
    transaction: null,
    flow: 'off',
    finished: false,
    operative: true,
    inoperativeNext: false,
    faulted: false,
    authorising: false,
    remoteStart: null,
    waitingProfile: null,
    reportedStatus: null,
    nextSampleMs: Number.POSITIVE_INFINITY,
  }
}

/** The connector's status in 1.6's fine words (§4.9). */
export function connectorStatus(outlet: Outlet): ConnectorStatus {
  if (outlet.faulted) return 'faulted'
  if (outlet.transaction?.authorised === true) {
    if (outlet.flow === 'suspendedEv') return 'suspendedEv'
    return outlet.flow === 'suspendedEvse' ? 'suspendedEvse' : 'charging'
  }
  if (!outlet.operative) return 'unavailable'
  if (outlet.evse.vehicle === null) return 'available'
  return outlet.finished ? 'finishing' : 'preparing'
}

/** A transaction may begin here now. */
export function isUsable(outlet: Outlet): boolean {
  return outlet.evse.vehicle !== null && outlet.operative && !outlet.faulted && !outlet.finished
}
