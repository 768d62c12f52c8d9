import type { ChargerOptions } from '../../simulators/charger-options.ts'
import type { Charger } from '../../simulators/charger.ts'
import { createCharger16 } from '../../simulators/charger-16.ts'
import { createCharger201 } from '../../simulators/charger-201.ts'
import type { EvseSpec, PluggedVehicle } from '../../simulators/evse.ts'
import { seededRandom } from '../../simulators/random.ts'

export const START_MS = Date.parse('2026-11-23T15:00:00Z')
export const MINUTE_MS = 60_000

export type Version = 'ocpp1.6' | 'ocpp2.0.1'
export const VERSIONS: readonly Version[] = ['ocpp1.6', 'ocpp2.0.1']

export function dcOutlet(evseId: number): EvseSpec {
  return {
    evseId,
    currentType: 'DC',
    phases: 3,
    maxPowerW: 75_000,
    minPowerW: 5_000,
    efficiency: 0.95,
    connectorType: 'cCCS2',
  }
}

export const TOKEN = { value: 'AA00BB11', type: 'MacAddress' }

export function testBus(change: Partial<PluggedVehicle> = {}): PluggedVehicle {
  return {
    vehicleId: 'bus-1',
    batteryWh: 40_000,
    capacityWh: 200_000,
    taper: [
      { soc: 0, powerKw: 100 },
      { soc: 0.8, powerKw: 100 },
      { soc: 1, powerKw: 10 },
    ],
    maxPowerW: 100_000,
    maxSocPercent: 100,
    ...change,
  }
}

export function testCharger(version: Version, url: string, change: Partial<ChargerOptions> = {}): Charger {
  const create = version === 'ocpp1.6' ? createCharger16 : createCharger201
  return create({
    url,
    stationId: 'CP-1',
    evses: [dcOutlet(1), dcOutlet(2)],
    nameplate: { vendor: 'Zaryad Simulators', model: 'DC-150', serialNumber: 'S-1', firmwareVersion: '1.0.0' },
    startMs: START_MS,
    random: seededRandom('test', version),
    backOff: { firstMs: 1, maxMs: 20 },
    ...change,
  })
}

/** Moves a charger to `untilMs` minute by minute, letting each minute's messages be answered before the next. `each` looks at it after every step. */
export async function run(charger: Charger, untilMs: number, each?: () => void, stepMs = MINUTE_MS): Promise<void> {
  while (charger.atMs < untilMs) {
    charger.advance(Math.min(untilMs, charger.atMs + stepMs))
    await charger.settled()
    each?.()
  }
}

/** Lets no simulated time pass, but gives the line the time to come up and the station to be let in. */
export async function untilRegistered(charger: Charger): Promise<void> {
  for (let tries = 0; !charger.registered && tries < 2_000; tries += 1) {
    charger.advance(charger.atMs)
    await charger.settled()
    await new Promise((resolve) => {
      setTimeout(resolve, 1)
    })
  }
  await charger.settled()
}
