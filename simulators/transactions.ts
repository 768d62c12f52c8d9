import type { Dialect, Station, StopReason, TransactionReport, Trigger } from './dialect.ts'
import { energise, switchOff } from './evse.ts'
import { takeSample } from './meter.ts'
import type { SampleContext } from './meter.ts'
import type { Outgoing } from './outbox.ts'
import type { Outlet, Token, Transaction } from './outlet.ts'
import { seededUuid } from './random.ts'
import type { Random } from './random.ts'

export interface TransactionBook {
  /** The cable begins a transaction in which no energy may flow yet. */
  beginAtPlug(outlet: Outlet): void
  /** Lets energy flow for a token, in the transaction that the cable began or in a new one. */
  authorise(outlet: Outlet, token: Token, remoteStartId: number | null, trigger: Trigger): void
  /** Something in a running transaction is worth telling; with `context`, measured now. */
  update(outlet: Outlet, atMs: number, trigger: Trigger, context: SampleContext | null): void
  /** Ends what runs at the outlet; the cable stays in. False: nothing ran. */
  end(outlet: Outlet, reason: StopReason, trigger: Trigger): boolean
}

/** Begins, follows and ends the transactions of a station, and tells the central system of each step in the order of events. */
export function transactionBook(
  station: Station,
  dialect: Dialect,
  random: Random,
  push: (outgoing: Outgoing) => void,
): TransactionBook {
  function tell(report: TransactionReport): void {
    const outgoing = dialect.transaction(station, report)
    if (outgoing !== null) push(outgoing)
  }

  function begin(
    outlet: Outlet,
    start: Pick<Transaction, 'token' | 'authorised' | 'remoteStartId'>,
    trigger: Trigger,
  ): void {
    const atMs = station.atMs
    const transaction: Transaction = {
      ...start,
      localId: seededUuid(random),
      transactionId: null,
      startedMs: atMs,
      meterStartWh: Math.floor(outlet.evse.registerWh),
      nextSeqNo: 0,
    }
    outlet.transaction = transaction
    const sample = takeSample(outlet.evse, atMs, 'Transaction.Begin')
    tell({ kind: 'started', transaction, outlet, atMs, trigger, sample, tokenShown: start.authorised })
  }

  return {
    beginAtPlug: (outlet) => begin(outlet, { token: null, authorised: false, remoteStartId: null }, 'cablePluggedIn'),
    authorise(outlet, token, remoteStartId, trigger) {
      const { transaction } = outlet
      const atMs = station.atMs
      if (transaction === null) begin(outlet, { token, authorised: true, remoteStartId }, trigger)
      else {
        Object.assign(transaction, { token, authorised: true, remoteStartId })
        tell({ kind: 'updated', transaction, outlet, atMs, trigger, sample: null, tokenShown: true })
      }
      energise(outlet.evse, atMs)
    },
    update(outlet, atMs, trigger, context) {
      const { transaction } = outlet
      if (transaction === null) return
      const sample = context === null ? null : takeSample(outlet.evse, atMs, context)
      tell({ kind: 'updated', transaction, outlet, atMs, trigger, sample })
    },
    end(outlet, reason, trigger) {
      const { transaction, evse } = outlet
      if (transaction === null) return false
      const sample = takeSample(evse, station.atMs, 'Transaction.End')
      switchOff(evse)
      outlet.flow = 'off'
      outlet.transaction = null
      outlet.finished = true
      outlet.nextSampleMs = Number.POSITIVE_INFINITY
      station.profiles.endTransaction(evse.spec.evseId)
      tell({ kind: 'ended', transaction, outlet, atMs: station.atMs, trigger, sample, reason })
      if (outlet.inoperativeNext) outlet.operative = false
      outlet.inoperativeNext = false
      return true
    },
  }
}
