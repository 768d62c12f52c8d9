import type { ChargingPlan } from './charging-plan.ts'
import type { StayAssumption } from './stay-assumption.ts'
import type { StayWish } from './vehicle-wish.ts'

/**
 * A charging plan as table `plan` keeps it: `instance` (what it was made from), `result` (what came of it) and `context` (what both leave
 * out). kW, kWh and EUR as in plan files; instants are ISO 8601 text.
 */
export interface StoredPlan {
  instance: StoredInstance
  result: StoredResult
  context: PlanContext
}

export interface StoredInstance {
  start: string
  slotMinutes: number
  slots: number
  timeZone: string
  /** EUR per kWh: one for all slots, or one per slot. */
  price: number | number[]
  carbon?: number | number[] | undefined
  peak?: { eurPerKw: number; soFarKw?: number | undefined } | undefined
  /** The one with `parent: null` is the grid connection. */
  nodes: { id: string; parent: string | null; limitKw: number | number[]; baseLoadKw?: number | number[] | undefined }[]
  points: { id: string; node: string; maxKw: number; minKw?: number | undefined; efficiency?: number | undefined }[]
  vehicles: {
    id: string
    capacityKwh: number
    energyKwh: number
    maxKw: number
    maxSoc?: number | undefined
    visits: {
      arrive: string
      depart: string
      point: string | null
      usedBeforeKwh?: number | undefined
      needSoc: number
      priority?: number | undefined
    }[]
  }[]
}

/** What the planner published, less what no page shows yet. */
export type StoredResult = Omit<ChargingPlan, 'storage'>

export interface PlanContext {
  /** One for each visit of the instance. */
  visits: PlanVisitContext[]
  /** Stays of vehicles that can charge nowhere, with the reason. */
  unplanned: { vehicleId: string; reason: string }[]
  /** Where the prices came from, and what was done where none are known. */
  prices: PriceOrigin
  /** What the plan was held below the instance's limit by, in each slot, in W at the grid connection: kept for chargers that may fall back to their fail-safe. */
  reservedW: number[]
}

export interface PlanVisitContext {
  vehicleId: string
  /** Index among the vehicle's visits in the instance. */
  visit: number
  stationId: string | null
  evseId: number | null
  /** The block that the vehicle leaves for; null: none within the horizon. */
  leavesFor: { blockId: string; date: string } | null
  /** What was assumed where it is not known, as sentences: "state of charge unknown, taken as 50 %". */
  assumptions: string[]
  /** The same as figures; left out in plans from before. */
  assumed?: StayAssumption[]
  /** What people wish of it; left out in plans from before there were wishes. Instants are text. */
  wish?: StayWish | null
}

export interface PriceOrigin {
  /** `none`: the site has no tariff at all, so only peaks and time count. */
  kind: 'series' | 'zones' | 'mixed' | 'none'
  series: string | null
  /** From this instant on the series has no price within the horizon; null: it has all. */
  missingFrom: string | null
  /** What stands in from there: the tariff's zones, the last known day, or one flat price. */
  fallback: 'zones' | 'lastKnown' | 'flat' | null
}
