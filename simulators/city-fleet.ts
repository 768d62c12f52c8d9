import type { FleetFile, FleetSite } from '../domain/fleet-file.ts'
import type { BusSpec } from './bus.ts'
import type { ChargerOptions } from './charger-options.ts'
import type { Charger } from './charger.ts'
import { createCharger16 } from './charger-16.ts'
import { createCharger201 } from './charger-201.ts'
import { COMMISSIONED_MS } from './commissioned.ts'
import type { EvseSpec } from './evse.ts'
import { between, seededRandom } from './random.ts'

/** Registers in Wh, by station and EVSE. */
export type Registers = Readonly<Record<string, Readonly<Record<string, number>>>>

/** What a charger of a city meters in the mean. */
const WH_AN_HOUR = { least: 5_500, most: 6_500 }

export type Protocols = 'mixed' | 'ocpp1.6' | 'ocpp2.0.1'

/** What the fleet file says of each bus that drives from one of its sites. */
export function busSpecs(fleet: FleetFile): BusSpec[] {
  const types = new Map(fleet.vehicleTypes.map((type) => [type.id, type]))
  const sites = new Map(fleet.sites.map((site) => [site.id, site]))
  return fleet.vehicles.flatMap((vehicle) => {
    const type = types.get(vehicle.typeId)
    const site = sites.get(vehicle.siteId)
    if (type === undefined || site === undefined) return []
    return {
      vehicleId: vehicle.id,
      capacityWh: type.batteryCapacityKwh * 1000,
      taper: type.taper.map(([soc, powerKw]) => ({ soc: soc / 100, powerKw })),
      maxPowerW: type.maxPowerKw * 1000,
      maxSocPercent: type.maxSocPercent,
      consumption: type.consumptionKwhPerKm,
      passengerPlaces: type.passengerPlaces,
      tokens: vehicle.tokens,
      plug: plugOf(site, vehicle.bayId),
    }
  })
}

function plugOf(site: FleetSite, bayId: string | undefined): BusSpec['plug'] {
  const bay = site.bays.find((one) => one.id === bayId)
  const station = site.stations.find((one) => one.id === bay?.stationId)
  const evse = station?.evses.find((one) => one.evseId === bay?.evseId)
  if (station === undefined || evse === undefined) return null
  const { evseId, maxPowerKw, efficiency } = evse
  return { stationId: station.id, evseId, maxPowerW: maxPowerKw * 1000, efficiency }
}

/** Stations of every site, on their simulated hardware. `mixed`: 1.6 and 2.0.1 by turns. */
export function cityChargers(
  fleet: FleetFile,
  options: {
    url: string
    protocols: Protocols
    seed: number
    startMs: number
    log: (text: string) => void
    /** What the meters showed at `originMs`; of those that are left out a guess. */
    registers?: { originMs: number; wh: Registers }
    backOff?: NonNullable<ChargerOptions['backOff']>
  },
): Charger[] {
  const { protocols, seed, startMs } = options
  return fleet.sites
    .flatMap((site) => site.stations)
    .map((station, index) => {
      const old = protocols === 'mixed' ? index % 2 === 0 : protocols === 'ocpp1.6'
      const create = old ? createCharger16 : createCharger201
      return create({
        url: options.url,
        stationId: station.id,
        evses: station.evses.map(evseSpec),
        nameplate: {
          vendor: 'Zaryad Simulators',
          model: old ? 'Depot 1.6' : 'Depot 2.0.1',
          serialNumber: `SIM-${station.id}`.slice(0, 25),
          firmwareVersion: old ? '4.2.1' : '7.0.3',
        },
        startMs,
        random: seededRandom(seed, station.id, startMs),
        registerWh: (evseId) => {
          const { registers } = options
          const known = registers?.wh[station.id]?.[evseId]
          if (registers === undefined || known === undefined) return registerAt(seed, station.id, evseId, startMs)
          return grown(known, startMs - registers.originMs)
        },
        ...(options.backOff === undefined ? {} : { backOff: options.backOff }),
        log: options.log,
      })
    })
}

function evseSpec(evse: FleetSite['stations'][number]['evses'][number]): EvseSpec {
  return {
    evseId: evse.evseId,
    currentType: evse.currentType,
    phases: evse.phases,
    maxPowerW: evse.maxPowerKw * 1000,
    minPowerW: evse.minPowerKw * 1000,
    efficiency: evse.efficiency,
    connectorType: evse.connectors[0]?.type ?? 'cCCS2',
  }
}

/** A city that is started again goes on with a higher register, as if it had charged in the meantime. */
function grown(registerWh: number, sinceMs: number): number {
  return Math.round(registerWh + (Math.max(0, sinceMs) / 3_600_000) * WH_AN_HOUR.most)
}

/** A register that has turned since the stations were commissioned: a city that is started later starts with a higher one. */
function registerAt(seed: number, stationId: string, evseId: number, atMs: number): number {
  const hours = Math.max(0, atMs - COMMISSIONED_MS) / 3_600_000
  return Math.round(between(seededRandom(seed, stationId, evseId), WH_AN_HOUR.least, WH_AN_HOUR.most) * hours)
}
