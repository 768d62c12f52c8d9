import type { Evse, Station } from '../parts/api-types.ts'
import type { IconName } from '../parts/Icon.svelte'
import { m } from '../parts/messages.ts'

type Connector = Evse['connectors'][number]

export const CHARGER_STATES = ['pending', 'rejected', 'offline', 'faulted', 'outOfOrder', 'connected'] as const
export type ChargerState = (typeof CHARGER_STATES)[number]

/** The one word for a charger, the most pressing first. */
export function chargerState(station: Station): ChargerState {
  if (station.registration !== 'accepted') return station.registration
  if (!station.connected) return 'offline'
  if (station.evses.some((evse) => evse.connectors.some((one) => one.status === 'faulted'))) return 'faulted'
  return station.evses.length > 0 && station.evses.every((evse) => !evse.operative) ? 'outOfOrder' : 'connected'
}

export const chargerWord: Record<ChargerState, () => string> = {
  pending: m.charger_pending,
  rejected: m.charger_rejected,
  offline: m.charger_offline,
  faulted: m.charger_faulted,
  outOfOrder: m.charger_inoperative,
  connected: m.charger_connected,
}

export const chargerIcon: Record<ChargerState, IconName> = {
  pending: 'question',
  rejected: 'out',
  offline: 'cut',
  faulted: 'fault',
  outOfOrder: 'out',
  connected: 'dot',
}

export type ConnectorState = 'free' | 'plugged' | 'charging' | 'reserved' | 'fault' | 'outOfOrder' | 'unknown'

/** What a connector is now, as far as anybody can know: when the line is cut, what was last heard says nothing. */
export function connectorState(station: Station, evse: Evse, connector: Connector): ConnectorState {
  if (!station.connected) return 'unknown'
  if (connector.status === 'faulted') return 'fault'
  if (connector.status === 'unavailable' || !evse.operative) return 'outOfOrder'
  if (connector.status === 'available') return 'free'
  if (connector.status === 'charging' || connector.status === 'reserved' || connector.status === 'unknown')
    return connector.status
  return evse.powerW !== null && evse.powerW > 0 ? 'charging' : 'plugged'
}

export const connectorWord: Record<ConnectorState, () => string> = {
  free: m.connector_available,
  plugged: m.connector_preparing,
  charging: m.connector_charging,
  reserved: m.connector_reserved,
  fault: m.connector_faulted,
  outOfOrder: m.connector_unavailable,
  unknown: m.state_unknown,
}

export const connectorIcon: Record<ConnectorState, IconName> = {
  free: 'ring',
  plugged: 'plug',
  charging: 'bolt',
  reserved: 'pause',
  fault: 'fault',
  outOfOrder: 'out',
  unknown: 'question',
}

/** What all its EVSEs draw; null when one that may draw has told nothing for a while. */
export function powerNowW(station: Station, now: number, oldAfterMs = 15 * 60_000): number | null {
  if (!station.connected || station.evses.length === 0) return null
  let sum = 0
  for (const evse of station.evses) {
    const known = evse.powerW !== null && evse.powerAt !== null && now - Date.parse(evse.powerAt) <= oldAfterMs
    if (known) sum += evse.powerW ?? 0
    else if (evse.pluggedIn !== false && evse.sessionNumber !== null) return null
  }
  return sum
}
