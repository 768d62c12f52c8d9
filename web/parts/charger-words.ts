import type { Evse, Station } from './api-types.ts'
import type { Format } from './format.ts'
import { m } from './messages.ts'
import type { StationState } from './status-icon.ts'

const states: Record<StationState, () => string> = {
  connected: m.charger_connected,
  offline: m.charger_offline,
  faulted: m.charger_faulted,
  pending: m.charger_pending,
  rejected: m.charger_rejected,
  inoperative: m.charger_inoperative,
}

/** The one word for a charger. */
export const stationStateWord = (state: StationState): string => states[state]()

export type ConnectorStatus = Evse['connectors'][number]['status']

const connectors: Record<ConnectorStatus, () => string> = {
  available: m.connector_available,
  preparing: m.connector_preparing,
  charging: m.connector_charging,
  suspendedEv: m.connector_suspended_ev,
  suspendedEvse: m.connector_suspended_evse,
  finishing: m.connector_finishing,
  occupied: m.connector_occupied,
  reserved: m.connector_reserved,
  unavailable: m.connector_unavailable,
  faulted: m.connector_faulted,
  unknown: m.connector_unknown,
}

export const connectorWord = (status: ConnectorStatus): string => connectors[status]()

/** `OCPP 2.0.1` for `ocpp2.0.1`. */
export const protocolName = (protocol: string): string => protocol.replace(/^ocpp/, 'OCPP ')

/** `2 × 150 kW`; a number of outlets when they differ; nothing when none is known. */
export function outletWords(station: Station, format: Format): string {
  const count = station.evses.length
  const powers = new Set(station.evses.map((evse) => evse.maxPowerW))
  const [power] = powers
  if (power === undefined) return ''
  if (powers.size > 1) return m.charger_outlets_mixed({ count, n: format.whole(count) })
  const value = m.unit_kw({ value: format.kw(power) })
  return count === 1 ? value : `${count} × ${value}`
}

const PLUGS: Readonly<Record<string, string>> = {
  cCCS1: 'CCS1',
  cCCS2: 'CCS2',
  cChaoJi: 'ChaoJi',
  'cGBT-DC': 'GB/T DC',
  cG105: 'CHAdeMO',
  cLECCS: 'CCS (light)',
  cMCS: 'MCS',
  cNACS: 'NACS',
  'cNACS-CCS1': 'NACS (CCS1)',
  cTesla: 'Tesla',
  cType1: 'Type 1',
  cType2: 'Type 2',
  cUltraChaoJi: 'Ultra-ChaoJi',
  OppCharge: 'OppCharge',
  Pan: 'OppCharge',
  sType2: 'Type 2',
  sType3: 'Type 3',
  'sCEE-7-7': 'Schuko',
}

/** A plug as people call it: `CCS2` for OCPP's `cCCS2` (2.0.1 and 2.1, ConnectorEnumType); what is not known stands as it came. */
export const connectorTypeName = (type: string): string => PLUGS[type] ?? type

/** A bay's label, with the word for a bay when it is only a number. */
export const bayName = (label: string): string => (/\p{L}/u.test(label) ? label : m.bay_name({ label }))
