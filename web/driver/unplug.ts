import type { Evse, Station, Vehicle } from '../parts/api-types.ts'

/** May the driver pull the plug? Unknown is an answer of its own, with its reason. */
export type Verdict =
  /** It has what it needs. */
  | { kind: 'ok' }
  /** It lacks charge; `readyAt` as the plan has it, null: the plan does not get it there. */
  | { kind: 'notYet'; readyAt: number | null }
  /** It stands without a plug, with what it needs. */
  | { kind: 'unplugged' }
  /** It stands without a plug and lacks charge. */
  | { kind: 'plugIn' }
  | { kind: 'driving' }
  | { kind: 'unknown'; why: UnknownWhy }

/**
 * `noReading`: nobody knows what is in the battery. `noNeed`: no departure is known, or not what it needs. `noPlug`: nobody knows whether it is plugged in.
 * `outOfService`: it is not to leave. `overdue`: by the plan it should be ready by now, and nothing has been heard since.
 */
export type UnknownWhy = 'noReading' | 'noNeed' | 'noPlug' | 'outOfService' | 'overdue'

/** What is in the battery, as far as anyone knows. */
export type Charge =
  | { kind: 'read'; percent: number; at: number }
  /** Counted on from an old reading; `percent` is likely, `lowPercent` is nearly sure. */
  | { kind: 'estimated'; percent: number; lowPercent: number; at: number }
  | { kind: 'unknown' }

const OLD_AFTER_MS = 15 * 60_000
/** A charge this little below the need is rounding; the depot's page judges alike. */
const SHORT_PERCENT = 0.5
const FULL_PERCENT = 99.5

/** The charge at `asOf` (epoch ms): a reading not older than 15 minutes, else what is estimated from it, else nothing. */
export function chargeOf(vehicle: Vehicle, asOf: number): Charge {
  if (vehicle.socPercent === null || vehicle.socAt === null) return { kind: 'unknown' }
  const at = Date.parse(vehicle.socAt)
  if (asOf - at <= OLD_AFTER_MS) return { kind: 'read', percent: vehicle.socPercent, at }
  const { basis, socPercent, lowPercent } = vehicle.estimate
  // What was planned or feared is no knowledge.
  if (basis === 'plan' || basis === 'cautious') return { kind: 'unknown' }
  return { kind: 'estimated', percent: socPercent, lowPercent, at }
}

/** Whether it may be unplugged, by what was known at `asOf`, told at `now` (epoch ms both; the same while the line stands). */
export function judge(vehicle: Vehicle, asOf: number, now: number): Verdict {
  if (!vehicle.inService || vehicle.state === 'outOfService') return { kind: 'unknown', why: 'outOfService' }
  if (vehicle.state === 'onTheLine' || vehicle.state === 'late') return { kind: 'driving' }
  if (vehicle.state === 'unknown') return { kind: 'unknown', why: 'noPlug' }
  const plugged = vehicle.state === 'charging' || vehicle.state === 'pluggedIn'
  const charge = chargeOf(vehicle, asOf)
  if (charge.kind === 'unknown') return { kind: 'unknown', why: 'noReading' }
  const sure = charge.kind === 'read' ? charge.percent : charge.lowPercent
  const need = vehicle.next?.needSocPercent ?? null
  if (need === null && sure < FULL_PERCENT) return { kind: 'unknown', why: 'noNeed' }
  if (need === null || sure >= need - SHORT_PERCENT) return plugged ? { kind: 'ok' } : { kind: 'unplugged' }
  if (!plugged) return { kind: 'plugIn' }
  const ready = vehicle.next?.readyAt ?? null
  const readyAt = ready === null ? null : Date.parse(ready)
  // Old news: by now it may be ready, or the charger may have failed.
  if (readyAt !== null && readyAt > asOf && readyAt <= now) return { kind: 'unknown', why: 'overdue' }
  return { kind: 'notYet', readyAt: readyAt !== null && readyAt > asOf ? readyAt : null }
}

/** `mine`: the own bus stands there. */
export type OutletState = 'mine' | 'free' | 'busy' | 'out' | 'unknown'

/** An outlet in a driver's words. Of a charger that nobody hears, nothing is known. */
export function outletState(station: Station, evse: Evse, vehicleId: string): OutletState {
  if (evse.vehicleId === vehicleId) return 'mine'
  if (!evse.operative) return 'out'
  if (!station.connected) return 'unknown'
  const words = evse.connectors.map((connector) => connector.status)
  if (words.length > 0 && words.every((word) => word === 'unavailable' || word === 'faulted')) return 'out'
  if (evse.pluggedIn === true) return 'busy'
  if (words.some((word) => word === 'available')) return 'free'
  return words.every((word) => word === 'unknown') ? 'unknown' : 'busy'
}
