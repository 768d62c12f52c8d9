import type { PlanView } from './plan-view.ts'
import { addDays, localDate, serviceInstant } from './service-time.ts'

const NOON_S = 12 * 3_600
const HOUR_MS = 3_600_000

/** The noon at which the night before a service day begins; it ends at the next noon. */
export function nightFrom(date: string, timeZone: string): Date {
  return serviceInstant(addDays(date, -1), timeZone, NOON_S)
}

/** The service day whose night an instant lies in: from noon on the next day's. */
export function nightDate(at: Date, timeZone: string): string {
  const today = localDate(at, timeZone)
  return at < serviceInstant(today, timeZone, NOON_S) ? today : addDays(today, 1)
}

/** What one plan foresees for a departure. */
export interface ForeseenDeparture {
  date: string
  blockId: string
  vehicleId: string
  departAt: Date
  nightFrom: Date
  needSocPercent: number
  socPercent: number
  readyAt: Date | null
  shortWh: number
  /** Grid side, from the plan on. */
  energyWh: number
}

/** The departures with work that a plan has, each once. */
export function foreseenDepartures(plan: PlanView, timeZone: string): ForeseenDeparture[] {
  const hours = (plan.slotMinutes * 60_000) / HOUR_MS
  const found = new Map<string, ForeseenDeparture>()
  for (const { vehicleId, visits } of plan.vehicles)
    for (const visit of visits) {
      if (visit.leavesFor === null) continue
      const { date, blockId } = visit.leavesFor
      found.set(`${date} ${blockId}`, {
        date,
        blockId,
        vehicleId,
        departAt: visit.departAt,
        nightFrom: nightFrom(date, timeZone),
        needSocPercent: visit.needSocPercent,
        socPercent: visit.departSocPercent,
        readyAt: visit.readyAt,
        shortWh: visit.shortWh,
        energyWh: Math.round(visit.powerW.reduce((sum, watts) => sum + watts, 0) * hours),
      })
    }
  return [...found.values()]
}

/** What one plan foresees for a quarter hour of its site, in W at the grid connection. */
export interface ForeseenQuarter {
  startAt: Date
  nightFrom: Date
  importW: number
  baseLoadW: number
  limitW: number
  priceMicroEurPerKwh: number
}

export function foreseenQuarters(plan: PlanView, timeZone: string): ForeseenQuarter[] {
  const slotMs = plan.slotMinutes * 60_000
  const nights = new Map<string, Date>()
  return plan.importW.map((importW, slot) => {
    const startAt = new Date(plan.startAt.getTime() + slot * slotMs)
    const date = nightDate(startAt, timeZone)
    const from = nights.get(date) ?? nightFrom(date, timeZone)
    nights.set(date, from)
    return {
      startAt,
      nightFrom: from,
      importW,
      baseLoadW: plan.baseLoadW[slot] ?? 0,
      limitW: plan.limitW[slot] ?? 0,
      priceMicroEurPerKwh: plan.priceMicroEurPerKwh[slot] ?? 0,
    }
  })
}

/** What was measured of a stay; null: nothing. */
export interface MeasuredStay {
  /** Grid side, as far as it is known to be this vehicle's. */
  energyWh: number | null
  /** When it last drew power. */
  chargedUntil: Date | null
  /** The last state of charge that was told during the stay. */
  socPercent: number | null
  socAt: Date | null
}

/**
 * `ahead`: it has not been time yet. `dropped`: the last plans no longer had it. `unknown`: nobody has told what was in the battery, or it was told and then
 * charged on from too little.
 */
export type DepartureVerdict = 'ahead' | 'ready' | 'short' | 'unknown' | 'dropped'

/** Chargers and vehicles tell whole percents. */
const ROUNDED_PERCENT = 1
/** A reading within the last quarter hour of charging counts as one after it. */
const SAME_MS = 15 * 60_000

/**
 * Whether a vehicle left with what it needed, by what was measured alone. During a stay a battery only gains, so a reading that was enough stays enough, and one
 * that was too little says nothing once charging went on.
 */
export function departureVerdict(
  departure: { departAt: Date; needSocPercent: number; dropped: boolean },
  { socPercent, socAt, chargedUntil }: MeasuredStay,
  now: Date,
): DepartureVerdict {
  if (departure.departAt > now) return 'ahead'
  if (departure.dropped) return 'dropped'
  if (socPercent === null || socAt === null) return 'unknown'
  if (socPercent + ROUNDED_PERCENT >= departure.needSocPercent) return 'ready'
  return chargedUntil !== null && chargedUntil.getTime() - socAt.getTime() > SAME_MS ? 'unknown' : 'short'
}
