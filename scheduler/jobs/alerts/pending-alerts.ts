import type { PendingStation } from '../../../db/watch-state.ts'
import type { AlertDraft } from '../../../domain/alert.ts'

/** Stations that have introduced themselves and wait for approval. */
export function pendingAlerts(pending: readonly PendingStation[]): AlertDraft[] {
  return pending.map((station) => {
    const make = [station.vendor, station.model].filter((text) => text !== null).join(' ')
    return {
      key: `stationPending:${station.stationId}`,
      siteId: station.siteId,
      kind: 'stationPending',
      severity: 'look',
      stationId: station.stationId,
      sentence: `A new charger, ${station.stationId}, asks to be let in.`,
      cause: make === '' ? 'It is in no fleet file.' : `It is a ${make} and is in no fleet file.`,
      remedy: 'Approve it if it is yours, or put it in the fleet file.',
      parameters: {
        vendor: station.vendor,
        model: station.model,
        firstSeenAt: station.firstSeenAt?.toISOString() ?? null,
        actions: [{ type: 'approveStation', stationId: station.stationId }],
      },
    }
  })
}
