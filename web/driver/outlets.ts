import type { LastState } from './last-state.ts'
import { outletState, type OutletState } from './unplug.ts'

export interface Outlet {
  key: string
  stationId: string
  evseId: number
  /** What people call them; null: no bay lies there. */
  bay: string | null
  station: string
  /** The station has other outlets too. */
  several: boolean
  state: OutletState
}

const ORDER: Record<OutletState, number> = { mine: 0, free: 1, busy: 2, unknown: 3, out: 4 }

/** The outlets of the depot: one's own first, then the free ones, and among equals as the bays lie. */
export function outletsOf({ vehicle, stations, bays }: LastState): Outlet[] {
  const bayAt = new Map(bays.map((bay, index) => [`${bay.stationId}/${bay.evseId}`, { label: bay.label, index }]))
  const outlets = stations
    .filter((station) => station.registration === 'accepted')
    .flatMap((station) =>
      station.evses.map((evse) => {
        const key = `${station.stationId}/${evse.evseId}`
        const bay = bayAt.get(key)
        return {
          key,
          stationId: station.stationId,
          evseId: evse.evseId,
          bay: bay?.label ?? null,
          at: bay?.index ?? bays.length,
          station: station.label,
          several: station.evses.length > 1,
          state: outletState(station, evse, vehicle.vehicleId),
        }
      }),
    )
  return outlets.toSorted((a, b) => ORDER[a.state] - ORDER[b.state] || a.at - b.at || a.key.localeCompare(b.key))
}
