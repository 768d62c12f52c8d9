import type { ChargerParts } from './charger-parts.ts'
import type { RemoteStartRequest } from './dialect.ts'
import type { Outlet } from './outlet.ts'

/** Picks the outlet that will start, or null, and starts it after the answer: at once, or when the cable comes. */
export function remoteStart({ station, power, charging }: ChargerParts, request: RemoteStartRequest): Outlet | null {
  const free = station.outlets.filter((one) => one.operative && !one.faulted && one.transaction?.authorised !== true)
  const waiting = free.find((one) => one.evse.vehicle !== null && !one.finished)
  const outlet =
    request.evseId === undefined ? (waiting ?? free[0]) : free.find((one) => one.evse.spec.evseId === request.evseId)
  if (outlet === undefined || !power.acceptedOnce) return null
  outlet.waitingProfile = request.profile ?? null
  const remoteStartId = request.remoteStartId ?? null
  station.afterAnswer(() => {
    if (outlet.evse.vehicle === null) {
      const untilMs = station.atMs + station.connectionTimeoutSeconds * 1000
      outlet.remoteStart = { token: request.token, remoteStartId, untilMs }
      return
    }
    outlet.finished = false
    charging.start(outlet, request.token, remoteStartId, 'remoteStart')
  })
  return outlet
}

/** Forgets remote starts for which no cable came in time. */
export function dropStaleRemoteStarts(outlets: readonly Outlet[], atMs: number): void {
  for (const outlet of outlets) {
    if (outlet.remoteStart !== null && atMs >= outlet.remoteStart.untilMs) outlet.remoteStart = null
  }
}
