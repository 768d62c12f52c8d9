import type { FleetFile } from './fleet-file.ts'
import type { Fleet } from './fleet.ts'

/** One site of a fleet file as planning sees it, with nothing known of the present: what `readFleet` gives right after the import. Throws when there is no such site. */
export function fleetOfFile(file: FleetFile, siteId?: string): Fleet {
  const site = siteId === undefined ? file.sites[0] : file.sites.find((one) => one.id === siteId)
  if (site === undefined) throw new RangeError(`the fleet file has no site ${siteId}`)
  const vehicles = file.vehicles.filter((vehicle) => vehicle.siteId === site.id)
  const typeIds = new Set(vehicles.map((vehicle) => vehicle.typeId))
  return {
    site: {
      siteId: site.id,
      name: site.name,
      timeZone: site.timeZone,
      latitude: site.latitude,
      longitude: site.longitude,
      tariff: site.tariff ?? null,
      monthlyTemperatureC: site.monthlyTemperatureC ?? null,
      outdoorTemperatureC: null,
      outdoorTemperatureAt: null,
    },
    nodes: site.nodes.map((node) => ({
      nodeId: node.id,
      parentId: node.parentId,
      label: node.label ?? null,
      limitW: watts(node.limitKw),
      baseLoadW: watts(node.baseLoadKw),
      hourlyBaseLoadW: node.hourlyBaseLoadKw?.map((month) => month.map(watts)) ?? null,
    })),
    evses: site.stations.flatMap((station) =>
      station.evses.map((evse) => ({
        stationId: station.id,
        evseId: evse.evseId,
        nodeId: evse.nodeId ?? station.nodeId,
        currentType: evse.currentType,
        phases: evse.phases,
        maxPowerW: watts(evse.maxPowerKw),
        minPowerW: watts(evse.minPowerKw),
        efficiency: evse.efficiency,
        usable: true,
        pluggedIn: null,
        vehicleId: null,
      })),
    ),
    bays: site.bays.map((bay) => ({
      bayId: bay.id,
      label: bay.label ?? bay.id,
      row: bay.row,
      column: bay.column,
      stationId: bay.stationId ?? null,
      evseId: bay.evseId ?? null,
    })),
    vehicleTypes: file.vehicleTypes
      .filter((type) => typeIds.has(type.id))
      .map((type) => ({
        typeId: type.id,
        label: type.label ?? type.id,
        batteryCapacityWh: watts(type.batteryCapacityKwh),
        maxPowerW: watts(type.maxPowerKw),
        minSocPercent: type.minSocPercent,
        maxSocPercent: type.maxSocPercent,
        reserveSocPercent: type.reserveSocPercent,
        taper: type.taper,
        consumption: type.consumptionKwhPerKm,
      })),
    vehicles: vehicles.map((vehicle) => ({
      vehicleId: vehicle.id,
      label: vehicle.label ?? vehicle.id,
      typeId: vehicle.typeId,
      bayId: vehicle.bayId ?? null,
      socPercent: null,
      socAt: null,
      delaySeconds: null,
      delayAt: null,
    })),
  }
}

function watts(kilo: number): number {
  return Math.round(kilo * 1000)
}
