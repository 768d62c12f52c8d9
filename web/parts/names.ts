import type { Station, Vehicle } from './api-types.ts'
import { m } from './messages.ts'

/** What people call vehicles and chargers, by id; what nobody has named goes by its id. */
export interface Names {
  vehicle(vehicleId: string): string
  station(stationId: string): string
  /** An outlet of a charger; of a charger with only one, the charger. */
  outlet(stationId: string, evseId: number): string
}

export function namesOf(known: {
  vehicles: ReadonlyMap<string, Vehicle>
  stations: ReadonlyMap<string, Station>
}): Names {
  const station = (stationId: string): string => known.stations.get(stationId)?.label ?? stationId
  return {
    vehicle: (vehicleId) => known.vehicles.get(vehicleId)?.label ?? vehicleId,
    station,
    outlet: (stationId, evseId) =>
      known.stations.get(stationId)?.evses.length === 1
        ? station(stationId)
        : m.charger_outlet({ label: station(stationId), evseId }),
  }
}
