import type { HeldProfileRow } from '../../../db/held-profiles.ts'
import type { MarketFetch } from '../../../db/market-fetches.ts'
import type { ChargingEvse, WishedProfile } from '../../../db/planning-state.ts'
import type { CurrentPlan } from '../../../db/plans.ts'
import type { RangeWatch } from '../../../db/range-watch.ts'
import type { Block } from '../../../domain/block.ts'
import type { Fleet, Vehicle, VehicleType } from '../../../domain/fleet.ts'
import { plugName } from './words.ts'

/** Why prices may be missing. */
export interface PriceNews {
  /** A key for the market is configured, so that series named `entsoe:ZONE` are fetched. */
  canFetch: boolean
  /** The newest try for the day that is missing; null: none was made. */
  lastTry: MarketFetch | null
}

/** Everything that one look at a site goes by. */
export interface WatchState {
  now: Date
  fleet: Fleet
  evses: ChargingEvse[]
  /** Yesterday's that are still under way, today's and tomorrow's. */
  blocks: Block[]
  plan: CurrentPlan | null
  wished: WishedProfile[]
  held: HeldProfileRow[]
  /** EVSEs whose meter was above what they may draw in each of the last minutes. */
  overdrawn: { stationId: string; evseId: number; leastW: number; allowedW: number }[]
  /** What came of asking for the prices that the plan misses. */
  priceNews: PriceNews
  range: RangeWatch
  /** Last service day of the timetable, `YYYY-MM-DD`; null: no timetable. */
  timetableEnds: string | null
  /** The site's fleet file was imported a moment ago: its chargers may still be on their way. */
  justEntered: boolean
}

export function vehicleLabel(state: WatchState, vehicleId: string): string {
  return findVehicle(state, vehicleId)?.label ?? vehicleId
}

export function findVehicle(state: WatchState, vehicleId: string): Vehicle | undefined {
  return state.fleet.vehicles.find((vehicle) => vehicle.vehicleId === vehicleId)
}

export function typeOf(state: WatchState, vehicle: Vehicle): VehicleType | undefined {
  return state.fleet.vehicleTypes.find((type) => type.typeId === vehicle.typeId)
}

export function evseName(state: WatchState, evse: Pick<ChargingEvse, 'stationId' | 'evseId' | 'stationLabel'>): string {
  const plugs = state.evses.filter((one) => one.stationId === evse.stationId).length
  return plugName(evse.stationLabel, evse.evseId, plugs)
}

/** Where the vehicle is plugged in, as far as anybody knows. */
export function plugOf(state: WatchState, vehicleId: string): ChargingEvse | undefined {
  return state.evses.find((evse) => evse.vehicleId === vehicleId && (evse.session !== null || evse.pluggedIn === true))
}

/** A station counts as gone when its line has been down for this long. */
export const OFFLINE_GRACE_MS = 3 * 60_000

export function isGone(evse: ChargingEvse, now: Date): boolean {
  if (evse.connected || evse.firstSeenAt === null) return false
  return evse.disconnectedAt === null || now.getTime() - evse.disconnectedAt.getTime() > OFFLINE_GRACE_MS
}

export function isFaulted(evse: ChargingEvse): boolean {
  return evse.connectors.length > 0 && evse.connectors.every((connector) => connector.status === 'faulted')
}
