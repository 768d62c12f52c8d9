import type { Dialect, Station, StopReason, Trigger } from './dialect.ts'
import { isUsable } from './outlet.ts'
import type { Outlet, Token } from './outlet.ts'
import type { Power } from './power.ts'
import type { Sampling } from './sampling.ts'
import type { ReportStatus } from './status-reporter.ts'
import type { TransactionBook } from './transactions.ts'

/** Starts and ends charging at the outlets of a station, with all that belongs to it: transaction, samples, profile, status. */
export interface Charging {
  start(outlet: Outlet, token: Token, remoteStartId: number | null, trigger: Trigger): void
  /** In versions where the cable begins the transaction: does that, if the station may. */
  beginAtPlug(outlet: Outlet): void
  end(outlet: Outlet, reason: StopReason, trigger: Trigger): void
}

export function createCharging(
  station: Pick<Station, 'atMs' | 'installProfile'>,
  dialect: Pick<Dialect, 'startsAtPlug'>,
  power: Power,
  transactions: TransactionBook,
  sampling: Sampling,
  reportStatus: ReportStatus,
): Charging {
  return {
    start(outlet, token, remoteStartId, trigger) {
      transactions.authorise(outlet, token, remoteStartId, trigger)
      sampling.begin(outlet)
      if (outlet.waitingProfile !== null) station.installProfile(outlet.evse.spec.evseId, outlet.waitingProfile)
      outlet.waitingProfile = null
      reportStatus(outlet, station.atMs)
    },
    beginAtPlug(outlet) {
      if (!dialect.startsAtPlug || !power.acceptedOnce || outlet.transaction !== null || !isUsable(outlet)) return
      transactions.beginAtPlug(outlet)
    },
    end(outlet, reason, trigger) {
      const ended = transactions.end(outlet, reason, trigger)
      // When the cable comes out too, the status that follows from that is told instead.
      if (ended && reason !== 'evDisconnected') reportStatus(outlet, station.atMs)
    },
  }
}
