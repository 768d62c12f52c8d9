import type { StationCapabilities } from '../db/database.ts'
import type { DeviceVariable } from '../db/device-variables.ts'
import type { OcppProtocol } from '../domain/status.ts'

/** The settings that say what a station can do with charging profiles, by version (1.6 §9.4, 2.0.1 SmartChargingCtrlr). */
const NAMES = {
  rateUnits: ['ChargingScheduleAllowedChargingRateUnit', 'SmartChargingCtrlr.RateUnit'],
  maxPeriods: ['ChargingScheduleMaxPeriods', 'SmartChargingCtrlr.PeriodsPerSchedule'],
  maxProfiles: ['MaxChargingProfilesInstalled', 'SmartChargingCtrlr.Entries[ChargingProfiles]'],
  maxStackLevel: ['ChargeProfileMaxStackLevel', 'SmartChargingCtrlr.ProfileStackLevel'],
} as const satisfies Record<keyof StationCapabilities, readonly [string, string]>

/** What to ask a station for after it has started. */
export function capabilityNames(protocol: OcppProtocol): string[] {
  return Object.values(NAMES).map(([of16, of201]) => (protocol === 'ocpp1.6' ? of16 : of201))
}

/** What a station's settings say of its abilities; what they do not say is absent. */
export function capabilitiesOf(variables: readonly DeviceVariable[]): StationCapabilities {
  const valueOf = ([of16, of201]: readonly [string, string]) =>
    variables.find((one) => one.name === of16 || one.name === of201)?.value ?? undefined
  const rateUnits = rateUnitsOf(valueOf(NAMES.rateUnits))
  const maxPeriods = countOf(valueOf(NAMES.maxPeriods))
  const maxProfiles = countOf(valueOf(NAMES.maxProfiles))
  const maxStackLevel = countOf(valueOf(NAMES.maxStackLevel))
  return {
    ...(rateUnits.length === 0 ? {} : { rateUnits }),
    ...(maxPeriods === undefined ? {} : { maxPeriods }),
    ...(maxProfiles === undefined ? {} : { maxProfiles }),
    ...(maxStackLevel === undefined ? {} : { maxStackLevel }),
  }
}

/** 1.6 says Current and Power, 2.0.1 A and W. */
function rateUnitsOf(value: string | undefined): ('W' | 'A')[] {
  const words = new Set((value ?? '').split(',').map((word) => word.trim().toLowerCase()))
  const units: ('W' | 'A')[] = []
  if (words.has('power') || words.has('w')) units.push('W')
  if (words.has('current') || words.has('a')) units.push('A')
  return units
}

function countOf(value: string | undefined): number | undefined {
  const count = Number(value?.trim() || Number.NaN)
  return Number.isInteger(count) && count >= 0 ? count : undefined
}
