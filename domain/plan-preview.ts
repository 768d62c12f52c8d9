import type { PlanView } from './plan-view.ts'

/** What somebody thinks of changing. Nothing of it is stored anywhere but in the question. */
export interface PlanChanges {
  wishes?: {
    vehicleId: string
    /** null: its next departure. */
    departure: { date: string; blockId: string } | null
    needSocPercent?: number | null
    /** ISO 8601. */
    departAt?: string | null
    chargeNow?: { untilSocPercent: number | null } | null
  }[]
  limits?: { nodeId: string; limitW: number }[]
  vehiclesOutOfService?: string[]
  evsesOutOfOrder?: { stationId: string; evseId: number }[]
  assignments?: { date: string; blockId: string; vehicleId: string | null }[]
  bays?: { vehicleId: string; bayId: string }[]
}

/** A plan that is not stored: it has no number. */
export type PreviewedPlan = Omit<PlanView, 'planId'>

/** What a plan comes to. */
export interface PlanFigures {
  totalCostMicroEur: number
  energyCostMicroEur: number
  peakCostMicroEur: number
  peakW: number
  /** Import over the horizon, base load included. */
  energyWh: number
  /** null: no factors are known. */
  carbonG: number | null
  /** Missing at all departures together. */
  shortWh: number
  /** Departures with work that leave without what they need. */
  shortDepartures: number
}

export interface DepartureFigures {
  departAt: Date
  /** When it has what it needs; null: never. */
  readyAt: Date | null
  /** From ready to departure; null: never ready. */
  marginMinutes: number | null
  needSocPercent: number
  departSocPercent: number
  shortWh: number
}

/** One departure without and with the changes; null: there is none of this vehicle. */
export interface DepartureDifference {
  vehicleId: string
  leavesFor: { date: string; blockId: string }
  before: DepartureFigures | null
  after: DepartureFigures | null
}

export interface PreviewAnswer {
  before: PlanFigures
  after: PlanFigures
  departures: DepartureDifference[]
  plan: PreviewedPlan
}

/** What a plan comes to, from what people read of it. */
export function planFigures(plan: PreviewedPlan): PlanFigures {
  const hours = plan.slotMinutes / 60
  const { carbonGPerKwh } = plan
  const stays = plan.vehicles.flatMap((vehicle) => vehicle.visits)
  return {
    totalCostMicroEur: plan.totalCostMicroEur,
    energyCostMicroEur: plan.energyCostMicroEur,
    peakCostMicroEur: plan.peakCostMicroEur,
    peakW: plan.peakW,
    energyWh: Math.round(plan.importW.reduce((sum, w) => sum + w * hours, 0)),
    carbonG:
      carbonGPerKwh === null
        ? null
        : Math.round(plan.importW.reduce((sum, w, t) => sum + (w / 1000) * hours * (carbonGPerKwh[t] ?? 0), 0)),
    shortWh: stays.reduce((sum, stay) => sum + stay.shortWh, 0),
    shortDepartures: stays.filter((stay) => stay.leavesFor !== null && stay.shortWh > 0).length,
  }
}

/** All departures with work of two plans, side by side, by vehicle and time. */
export function departureDifferences(before: PreviewedPlan, after: PreviewedPlan): DepartureDifference[] {
  const rows = new Map<string, DepartureDifference>()
  for (const [side, plan] of [
    ['before', before],
    ['after', after],
  ] as const) {
    for (const { vehicleId, visits } of plan.vehicles) {
      for (const stay of visits) {
        if (stay.leavesFor === null) continue
        const { date, blockId } = stay.leavesFor
        const key = `${vehicleId} ${date} ${blockId}`
        const row = rows.get(key) ?? { vehicleId, leavesFor: { date, blockId }, before: null, after: null }
        row[side] = {
          departAt: stay.departAt,
          readyAt: stay.readyAt,
          marginMinutes:
            stay.readyAt === null ? null : Math.round((stay.departAt.getTime() - stay.readyAt.getTime()) / 60_000),
          needSocPercent: stay.needSocPercent,
          departSocPercent: stay.departSocPercent,
          shortWh: stay.shortWh,
        }
        rows.set(key, row)
      }
    }
  }
  const at = (row: DepartureDifference): number => (row.after ?? row.before)?.departAt.getTime() ?? 0
  return [...rows.values()].sort(
    (a, b) => (a.vehicleId < b.vehicleId ? -1 : a.vehicleId > b.vehicleId ? 1 : 0) || at(a) - at(b),
  )
}
