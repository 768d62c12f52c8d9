import type { Vehicle } from '../../../domain/fleet.ts'
import { plugOf, type WatchState } from './watch-state.ts'

/** How long the chargers of a depot that has just been entered may take to come for the first time. */
export const FIRST_COMING_MS = 20 * 60_000
/** A charger that has come for the first time tells within this who stands at it and how full it is. */
const FIRST_WORDS_MS = 3 * 60_000

/**
 * Whether the charger at a vehicle's bay has only just come into use, so that what it has not yet said means nothing: neither that the vehicle is
 * unplugged nor that its charge is unknown. Once in a charger's life, and never for long.
 */
export function isSettling(state: WatchState, vehicle: Vehicle): boolean {
  if (plugOf(state, vehicle.vehicleId) !== undefined && vehicle.socPercent !== null) return false
  const bay = state.fleet.bays.find((one) => one.bayId === vehicle.bayId)
  const evse = state.evses.find((one) => one.stationId === bay?.stationId && one.evseId === bay.evseId)
  if (evse === undefined || evse.firstSeenAt === null) return state.justEntered
  return state.now.getTime() - evse.firstSeenAt.getTime() < FIRST_WORDS_MS
}
