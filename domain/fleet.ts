import type { FleetTariff } from './fleet-file.ts'

/** One depot as planning sees it: what the fleet file says, and what is known of each thing now. */
export interface Fleet {
  site: Site
  nodes: LimitNode[]
  evses: FleetEvse[]
  bays: Bay[]
  vehicleTypes: VehicleType[]
  /** Those in service. */
  vehicles: Vehicle[]
}

export interface Site {
  siteId: string
  name: string
  timeZone: string
  latitude: number
  longitude: number
  tariff: FleetTariff | null
  monthlyTemperatureC: number[] | null
  outdoorTemperatureC: number | null
  outdoorTemperatureAt: Date | null
}

export interface LimitNode {
  nodeId: string
  parentId: string | null
  label: string | null
  limitW: number
  /** The most that is drawn here beside the chargers: limits keep it free. */
  baseLoadW: number
  /** Means by month, January first, and local hour: what energy and peaks are reckoned with. Left out or null: `baseLoadW` all day. */
  hourlyBaseLoadW?: number[][] | null
}

export interface FleetEvse {
  stationId: string
  evseId: number
  /** The limit node it hangs from: its own or its station's. */
  nodeId: string
  currentType: 'AC' | 'DC'
  phases: number
  maxPowerW: number
  minPowerW: number
  efficiency: number
  /** false: switched off, faulted, or taken out of order by hand, so nothing can be planned on it. */
  usable: boolean
  /** null: unknown. */
  pluggedIn: boolean | null
  /** Who is plugged in, when known. */
  vehicleId: string | null
}

export interface Bay {
  bayId: string
  label: string
  row: number
  column: number
  stationId: string | null
  evseId: number | null
}

export interface VehicleType {
  typeId: string
  label: string
  batteryCapacityWh: number
  maxPowerW: number
  minSocPercent: number
  maxSocPercent: number
  reserveSocPercent: number
  /** [SoC %, battery-side kW] ascending. */
  taper: [number, number][]
  /** [°C, kWh/km] ascending. */
  consumption: [number, number][]
}

export interface Vehicle {
  vehicleId: string
  label: string
  typeId: string
  /** Learned from its own sessions, with sufficient evidence; left out: unknown, so its type’s counts. */
  usableWh?: number
  bayId: string | null
  socPercent: number | null
  socAt: Date | null
  /** Positive is late. */
  delaySeconds: number | null
  delayAt: Date | null
}

/** How a charging point is named in planning instances. */
export function pointId(evse: { stationId: string; evseId: number }): string {
  return `${evse.stationId}/${evse.evseId}`
}
