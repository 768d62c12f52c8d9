import { departureVerdict, type DepartureVerdict } from '../../domain/plan-history.ts'
import type { PlannedStay, PlanView } from '../../domain/plan-view.ts'
import { siteBaseLoad } from '../site-base-load.ts'
import type { Db } from '../database.ts'
import { measuredStays, type SeenStay } from './measured-stays.ts'

/** A plan beside what was measured since. */
export interface PlanActual {
  planId: number
  siteId: string
  startAt: Date
  slotMinutes: number
  /** Until when there is something to compare: now, or the plan's end. */
  untilAt: Date
  plannedW: number[]
  /** null: nothing was measured, or it lies ahead. */
  measuredW: (number | null)[]
  limitW: number[]
  priceMicroEurPerKwh: number[]
  /** Both over the slots that are over; `measured` null: nothing was measured. */
  planned: ActualSum
  measured: ActualSum | null
  missingSlots: number
  visits: ActualVisit[]
}

interface ActualSum {
  energyWh: number
  /** null: not all of it has a price. */
  costMicroEur: number | null
  peakW: number
}

export interface ActualVisit extends Pick<
  PlannedStay,
  'stationId' | 'evseId' | 'arriveAt' | 'departAt' | 'leavesFor' | 'needSocPercent' | 'readyAt' | 'shortWh'
> {
  vehicleId: string
  plannedWh: number
  plannedSocPercent: number
  measured: SeenStay
  verdict: DepartureVerdict
}

/** What came of a plan, whether or not it stood to its end. */
export async function planActual(db: Db, plan: PlanView, now: Date): Promise<PlanActual> {
  const slotMs = plan.slotMinutes * 60_000
  const startMs = plan.startAt.getTime()
  const endAt = new Date(startMs + plan.slots * slotMs)
  const quarters = await db
    .selectFrom('energy_quarter')
    .selectAll()
    .where('site_id', '=', plan.siteId)
    .where('start_at', '>=', plan.startAt)
    .where('start_at', '<', endAt < now ? endAt : now)
    .execute()
  const bySlot = new Map(quarters.map((one) => [Math.floor((one.start_at.getTime() - startMs) / slotMs), one]))
  const baseLoadIn = await siteBaseLoad(db, plan.siteId)
  const measuredW = plan.importW.map((_, slot) => {
    const quarter = bySlot.get(slot)
    return quarter === undefined
      ? null
      : Math.round((Number(quarter.energy_wh) * 3_600_000) / slotMs) + baseLoadIn(quarter.start_at)
  })
  const past = Math.max(0, Math.min(plan.slots, Math.floor((now.getTime() - startMs) / slotMs)))
  const chargingWh = plan.importW
    .slice(0, past)
    .map((watts, slot) => (Math.max(0, watts - (plan.baseLoadW[slot] ?? 0)) * slotMs) / 3_600_000)
  const over = [...bySlot].flatMap(([slot, quarter]) => (slot < past ? [quarter] : []))
  return {
    planId: plan.planId,
    siteId: plan.siteId,
    startAt: plan.startAt,
    slotMinutes: plan.slotMinutes,
    untilAt: endAt < now ? endAt : now,
    plannedW: plan.importW,
    measuredW,
    limitW: plan.limitW,
    priceMicroEurPerKwh: plan.priceMicroEurPerKwh,
    planned: {
      energyWh: Math.round(sum(chargingWh)),
      costMicroEur: Math.round(sum(chargingWh.map((wh, slot) => (wh * (plan.priceMicroEurPerKwh[slot] ?? 0)) / 1000))),
      peakW: Math.max(0, ...plan.importW.slice(0, past)),
    },
    measured:
      over.length === 0
        ? null
        : {
            energyWh: sum(over.map((one) => Number(one.energy_wh))),
            costMicroEur: over.some((one) => Number(one.uncosted_wh) > 0)
              ? null
              : sum(
                  over.map((one) => Number(one.energy_cost_micro_eur ?? 0) + Number(one.network_cost_micro_eur ?? 0)),
                ),
            peakW: Math.max(0, ...measuredW.slice(0, past).map((watts) => watts ?? 0)),
          },
    missingSlots: past - over.length,
    visits: await visitsOf(db, plan, now),
  }
}

async function visitsOf(db: Db, plan: PlanView, now: Date): Promise<ActualVisit[]> {
  const hours = plan.slotMinutes / 60
  const visits = plan.vehicles.flatMap(({ vehicleId, visits }) => visits.map((visit) => ({ vehicleId, visit })))
  const measured = await measuredStays(
    db,
    plan.siteId,
    visits.map(({ vehicleId, visit }) => ({
      vehicleId,
      fromAt: visit.arriveAt > plan.createdAt ? visit.arriveAt : plan.createdAt,
      departAt: visit.departAt,
    })),
  )
  return visits.flatMap(({ vehicleId, visit }, index): ActualVisit[] => {
    const seen = measured[index]
    if (seen === undefined) return []
    const { stationId, evseId, arriveAt, departAt, leavesFor, needSocPercent, readyAt, shortWh } = visit
    return [
      {
        vehicleId,
        stationId,
        evseId,
        arriveAt,
        departAt,
        leavesFor,
        needSocPercent,
        readyAt,
        shortWh,
        plannedWh: Math.round(sum(visit.powerW) * hours),
        plannedSocPercent: visit.departSocPercent,
        measured: seen,
        verdict: departureVerdict({ departAt, needSocPercent, dropped: false }, seen, now),
      },
    ]
  })
}

const sum = (values: readonly number[]): number => values.reduce((all, one) => all + one, 0)
