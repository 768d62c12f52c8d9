import type { Vehicle } from '../parts/api-types.ts'
import type { IconName } from '../parts/Icon.svelte'
import { m } from '../parts/messages.ts'

export type VehicleState = Vehicle['state']

export const VEHICLE_STATES = [
  'charging',
  'pluggedIn',
  'parked',
  'onTheLine',
  'late',
  'outOfService',
  'unknown',
] as const satisfies VehicleState[]

export const stateWord: Record<VehicleState, () => string> = {
  charging: m.vehicle_charging,
  pluggedIn: m.vehicle_plugged_in,
  parked: m.vehicle_not_plugged_in,
  onTheLine: m.vehicle_on_the_line,
  late: m.vehicle_late,
  outOfService: m.vehicle_out_of_service,
  unknown: m.state_unknown,
}

export const stateIcon: Record<VehicleState, IconName> = {
  charging: 'bolt',
  pluggedIn: 'plug',
  parked: 'unplugged',
  onTheLine: 'away',
  late: 'late',
  outOfService: 'out',
  unknown: 'question',
}

const sources: Record<string, () => string> = {
  ocpp: m.vehicle_soc_from_charger,
  telemetry: m.vehicle_soc_from_bus,
  manual: m.vehicle_soc_by_hand,
  estimate: m.vehicles_source_estimate,
}

/** Who told of a state of charge. */
export function sourceWord(source: string | null): string {
  return source === null ? m.state_unknown() : (sources[source]?.() ?? source)
}

export const basisWord: Record<Vehicle['estimate']['basis'], () => string> = {
  measured: m.vehicles_basis_measured,
  charged: m.vehicles_basis_charged,
  driven: m.vehicles_basis_driven,
  plan: m.vehicles_basis_plan,
  cautious: m.vehicles_basis_cautious,
}

const leftOutWords: Record<string, () => string> = {
  noSoc: m.vehicles_left_out_no_soc,
  noMeter: m.vehicles_left_out_no_meter,
  smallChange: m.vehicles_left_out_small_change,
  split: m.vehicles_left_out_split,
  outlier: m.vehicles_left_out_outlier,
}

/** Why a charging session does not count as evidence. */
export const leftOutWord = (reason: string): string => leftOutWords[reason]?.() ?? reason

/** What has to come before a capacity can be told; the API has it as an English sentence with one figure. */
export function missingWord(sentence: string): string {
  const sessions = /^(\d+) more charging session.* at least (\d+) points/.exec(sentence)
  if (sessions !== null) return m.vehicles_missing_sessions({ n: sessions[1] ?? '', points: sessions[2] ?? '' })
  const doubt = /the interval is (±\d+ %)/.exec(sentence)
  if (doubt !== null) return m.vehicles_missing_agreement({ spread: doubt[1] ?? '' })
  return sentence
}
