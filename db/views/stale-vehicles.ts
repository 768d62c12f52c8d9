import type { Change, ChangedKind } from '../live-changes.ts'

/** Changes of a charging station that may make a vehicle at it charge, or keep it from it. */
const HINDERS: ReadonlySet<ChangedKind> = new Set(['station', 'evse', 'session', 'connector', 'profile'])
/** What may concern any vehicle: its work, its type, its plan, where it belongs. */
const CONCERNS_ALL: ReadonlySet<ChangedKind> = new Set(['plan', 'work', 'vehicleType', 'site', 'import'])

/**
 * The vehicles whose view changed rows may have made stale. `standing` are all vehicles with the station that each was last known to stand at: one that has
 * just left its plug is found by it alone.
 */
export function staleVehicles(
  changes: readonly Change[],
  standing: Iterable<{ vehicleId: string; stationId: string | null }>,
): Set<string> | 'all' {
  const stale = new Set<string>()
  const stations = new Set<string>()
  for (const { kind, vehicleId, stationId } of changes) {
    if (CONCERNS_ALL.has(kind)) return 'all'
    if (kind === 'alert') continue
    if (vehicleId !== null) stale.add(vehicleId)
    if (stationId !== null && HINDERS.has(kind)) stations.add(stationId)
  }
  if (stations.size > 0)
    for (const { vehicleId, stationId } of standing)
      if (stationId !== null && stations.has(stationId)) stale.add(vehicleId)
  return stale
}
