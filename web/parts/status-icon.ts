import type { IconName } from '../parts/Icon.svelte'
import type { Station } from '../parts/api-types.ts'
import type { VehicleStatus } from './vehicle-view.ts'

/** The shape that stands for a state, so that colour is never the only sign. */
export const statusIcon: Record<VehicleStatus['kind'], IconName> = {
  charging: 'bolt',
  waits: 'pause',
  full: 'check',
  pluggedIn: 'plug',
  notPluggedIn: 'unplugged',
  onTheLine: 'away',
  late: 'late',
  chargerFaulted: 'fault',
  chargerOffline: 'cut',
  outOfService: 'out',
  unknown: 'question',
}

export type StationState = 'connected' | 'offline' | 'faulted' | 'pending' | 'rejected' | 'inoperative'

/** The one word for a station, the most pressing first. */
export function stationState(station: Station): StationState {
  if (station.registration !== 'accepted') return station.registration
  if (!station.connected) return 'offline'
  if (station.evses.some((evse) => evse.connectors.some((connector) => connector.status === 'faulted')))
    return 'faulted'
  return station.evses.length > 0 && station.evses.every((evse) => !evse.operative) ? 'inoperative' : 'connected'
}

export const stationIcon: Record<StationState, IconName> = {
  connected: 'dot',
  offline: 'cut',
  faulted: 'fault',
  pending: 'question',
  rejected: 'out',
  inoperative: 'out',
}
