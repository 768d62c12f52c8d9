import type { ChargerParts } from './charger-parts.ts'
import { advanceEvse } from './evse.ts'
import { outletLimit } from './outlet-limit.ts'
import { shareStationLimit } from './share-power.ts'

/** Lets energy flow at all outlets from now until `untilMs`, and tells of outlets that begin, pause or resume. */
export function letEnergyFlow({ station, transactions, reportStatus }: ChargerParts, untilMs: number): void {
  const fromMs = station.atMs
  const limits = station.outlets.map((outlet) => outletLimit(station, outlet))
  shareStationLimit(station.outlets, limits, station.profiles.stationLimitAt(fromMs).limitW)
  station.outlets.forEach((outlet, i) => {
    const limit = limits[i]
    if (limit === undefined) return
    const flow = advanceEvse(outlet.evse, fromMs, untilMs, limit)
    if (flow === outlet.flow) return
    outlet.flow = flow
    if (outlet.transaction?.authorised !== true) return
    reportStatus(outlet, untilMs)
    transactions.update(outlet, untilMs, 'chargingStateChanged', null)
  })
}
