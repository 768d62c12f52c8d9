import type { FleetFile, FleetSite } from '../../domain/fleet-file.ts'
import type { TaperPoint } from '../../domain/battery.ts'

export interface PastEvse {
  stationId: string
  evseId: number
  /** Limit nodes from its own up to the grid connection. */
  nodes: string[]
  maxW: number
  efficiency: number
}

export interface PastVehicle {
  vehicleId: string
  idToken: string | null
  evse: PastEvse
  capacityWh: number
  maxW: number
  taper: TaperPoint[]
  maxSoc: number
  reserveSoc: number
  consumption: [number, number][]
}

export interface PastDepot {
  /** Those with a bay at a charger; where others charged nobody knows. */
  vehicles: PastVehicle[]
  evses: PastEvse[]
  /** What is left for chargers below each limit node, by its id. */
  roomW: Map<string, number>
}

export function pastDepot(fleet: FleetFile, site: FleetSite): PastDepot {
  const nodes = new Map(site.nodes.map((node) => [node.id, node]))
  const upwards = (id: string | null): string[] => {
    const node = id === null ? undefined : nodes.get(id)
    return node === undefined ? [] : [node.id, ...upwards(node.parentId)]
  }
  const baseBelow = (id: string): number =>
    site.nodes.filter((node) => upwards(node.id).includes(id)).reduce((sum, node) => sum + node.baseLoadKw, 0)
  const evses = site.stations.flatMap((station) =>
    station.evses.map((evse): PastEvse => ({
      stationId: station.id,
      evseId: evse.evseId,
      nodes: upwards(evse.nodeId ?? station.nodeId),
      maxW: evse.maxPowerKw * 1000,
      efficiency: evse.efficiency,
    })),
  )
  const types = new Map(fleet.vehicleTypes.map((type) => [type.id, type]))
  return {
    evses,
    roomW: new Map(site.nodes.map((node) => [node.id, (node.limitKw - baseBelow(node.id)) * 1000])),
    vehicles: fleet.vehicles
      .filter((vehicle) => vehicle.siteId === site.id)
      .flatMap((vehicle): PastVehicle[] => {
        const type = types.get(vehicle.typeId)
        const bay = site.bays.find((one) => one.id === vehicle.bayId)
        const evse = evses.find((one) => one.stationId === bay?.stationId && one.evseId === bay?.evseId)
        if (type === undefined || evse === undefined) return []
        return [
          {
            vehicleId: vehicle.id,
            idToken: vehicle.tokens[0]?.value ?? null,
            evse,
            capacityWh: type.batteryCapacityKwh * 1000,
            maxW: type.maxPowerKw * 1000,
            taper: type.taper.map(([soc, powerKw]) => ({ soc: soc / 100, powerKw })),
            maxSoc: type.maxSocPercent / 100,
            reserveSoc: (type.minSocPercent + type.reserveSocPercent) / 100,
            consumption: type.consumptionKwhPerKm,
          },
        ]
      }),
  }
}
