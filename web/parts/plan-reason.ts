import type { Station, Vehicle } from './api-types.ts'
import { namesOf } from './names.ts'

interface Known {
  vehicles: ReadonlyMap<string, Vehicle>
  stations: ReadonlyMap<string, Station>
}

/** Why a plan was made, as the server says it, with what people call vehicles and chargers in the place of their ids: `Bus 6 left Charger 3, outlet 2`. */
export function planReason(reason: string, known: Known): string {
  const names = namesOf(known)
  return reason
    .split(' ')
    .map((word) => {
      const [, id = '', end = ''] = /^(.*?)([.,;:]*)$/.exec(word) ?? []
      if (known.vehicles.has(id)) return names.vehicle(id) + end
      if (known.stations.has(id)) return names.station(id) + end
      const slash = id.lastIndexOf('/')
      const stationId = id.slice(0, slash)
      return slash > 0 && known.stations.has(stationId)
        ? names.outlet(stationId, Number(id.slice(slash + 1))) + end
        : word
    })
    .join(' ')
}
