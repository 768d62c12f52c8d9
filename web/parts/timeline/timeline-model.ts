import type { Block, Plan, Session } from '../api-types.ts'

/** A plan that is followed, was followed, or is only thought of. */
export type ShownPlan = Omit<Plan, 'planId'>

const HOUR_MS = 3_600_000
export const PAST_HOURS = 4
export const AHEAD_HOURS = 36

export interface Span {
  from: number
  to: number
}

/** A stretch of equal power inside a charging bar; `share` is its part of the most that this vehicle is ever planned to draw, 0 to 1. */
export interface Step extends Span {
  powerW: number
  share: number
}

export type Bar =
  | ({ kind: 'block'; key: string; blockId: string; routes: string[] } & Span)
  | ({
      kind: 'charge'
      key: string
      steps: Step[]
      energyWh: number
      departSocPercent: number
      needSocPercent: number
      stationId: string | null
      evseId: number | null
    } & Span)
  /** Measured: a session that has delivered energy. */
  | ({ kind: 'charged'; key: string; energyWh: number; share: number } & Span)

/** What the chart must know of a vehicle. */
export interface RowView {
  vehicle: { vehicleId: string }
  label: string
}

export interface Row<View extends RowView = RowView> {
  vehicleId: string
  label: string
  view: View
  /** Stays at the depot that the plan knows, drawn as the ground under the bars. */
  stays: (Span & { key: string; shortWh: number })[]
  bars: Bar[]
}

export interface History {
  blocks: readonly Block[]
  sessions: readonly Session[]
  power: readonly { at: number; powerW: number }[]
}

/** The window of the time axis: whole hours, from some hours back to the end of what can be planned. */
export function timeWindow(now: number, plan: ShownPlan | null): Span {
  const from = Math.floor(now / HOUR_MS - PAST_HOURS) * HOUR_MS
  const planEnd = plan === null ? 0 : Date.parse(plan.startAt) + plan.slots * plan.slotMinutes * 60_000
  const to = Math.ceil(Math.min(Math.max(planEnd, now + 12 * HOUR_MS), now + AHEAD_HOURS * HOUR_MS) / HOUR_MS) * HOUR_MS
  return { from, to }
}

/** One row per vehicle: its blocks, its planned charging, and what it has charged already. Bars are in order of time. */
export function timelineRows<View extends RowView>(
  views: readonly View[],
  plan: ShownPlan | null,
  history: History,
  window: Span,
  now: number,
): Row<View>[] {
  const planned = new Map(plan?.vehicles.map((one) => [one.vehicleId, one]) ?? [])
  const pastBlocks = Map.groupBy(history.blocks, (block) => block.vehicleId)
  const pastSessions = Map.groupBy(history.sessions, (session) => session.vehicleId)
  const inWindow = (span: Span): boolean => span.to > window.from && span.from < window.to
  return views.map((view): Row<View> => {
    const { vehicleId } = view.vehicle
    const vehiclePlan = planned.get(vehicleId)
    const blocks = new Map<string, Bar>()
    for (const block of [...(pastBlocks.get(vehicleId) ?? []), ...(vehiclePlan?.blocks ?? [])]) {
      const key = `${block.date} ${block.blockId}`
      const span = { from: Date.parse(block.startAt), to: Date.parse(block.endAt) }
      blocks.set(key, { kind: 'block', key, blockId: block.blockId, routes: block.routes, ...span })
    }
    const charges = plan === null || vehiclePlan === undefined ? [] : chargeBars(plan, vehiclePlan.visits, now)
    const bars = [...blocks.values(), ...chargedBars(pastSessions.get(vehicleId) ?? [], now), ...charges]
      .filter(inWindow)
      .toSorted((a, b) => a.from - b.from || a.to - b.to)
    const stays = (vehiclePlan?.visits ?? [])
      .map((visit) => ({
        key: visit.arriveAt,
        from: Date.parse(visit.arriveAt),
        to: Date.parse(visit.departAt),
        shortWh: visit.shortWh,
      }))
      .filter(inWindow)
    return { vehicleId, label: view.label, view, stays, bars }
  })
}

function chargeBars(plan: ShownPlan, visits: ShownPlan['vehicles'][number]['visits'], now: number): Bar[] {
  const start = Date.parse(plan.startAt)
  const slotMs = plan.slotMinutes * 60_000
  const most = Math.max(1, ...visits.flatMap((visit) => visit.powerW))
  return visits.flatMap((visit) => {
    const arrive = Date.parse(visit.arriveAt)
    const depart = Date.parse(visit.departAt)
    const runs: Step[][] = []
    visit.powerW.forEach((powerW, i) => {
      if (powerW <= 0) return
      const slotStart = start + (visit.firstSlot + i) * slotMs
      // What lies behind `now` is shown as measured, not as planned.
      const step = {
        from: Math.max(slotStart, arrive, now),
        to: Math.min(slotStart + slotMs, depart),
        powerW,
        share: powerW / most,
      }
      if (step.to <= step.from) return
      const run = runs.at(-1)
      const before = run?.at(-1)
      if (run === undefined || before === undefined || before.to !== step.from) runs.push([step])
      else if (before.powerW === powerW) before.to = step.to
      else run.push(step)
    })
    return runs.map((steps): Bar => {
      const from = steps[0]?.from ?? arrive
      return {
        kind: 'charge',
        key: `charge ${visit.arriveAt} ${from}`,
        from,
        to: steps.at(-1)?.to ?? depart,
        steps,
        energyWh: steps.reduce((sum, step) => sum + (step.powerW * (step.to - step.from)) / HOUR_MS, 0),
        departSocPercent: visit.departSocPercent,
        needSocPercent: visit.needSocPercent,
        stationId: visit.stationId,
        evseId: visit.evseId,
      }
    })
  })
}

function chargedBars(sessions: readonly Session[], now: number): Bar[] {
  const spans = sessions
    .filter((session) => (session.energyWh ?? 0) > 0)
    .map((session) => ({
      session,
      from: Date.parse(session.startedAt),
      to: session.endedAt === null ? now : Date.parse(session.endedAt),
      energyWh: session.energyWh ?? 0,
    }))
    .filter((one) => one.to > one.from)
  return spans.map(({ session, from, to, energyWh }): Bar => {
    // The mean hides the pauses within a session: drawn as outline with this much fill, told as energy.
    const meanKw = energyWh / 1000 / ((to - from) / HOUR_MS)
    return {
      kind: 'charged',
      key: `session ${session.sessionNumber}`,
      from,
      to,
      energyWh,
      share: Math.min(1, meanKw / 60),
    }
  })
}

/** Hours to label on the axis, so that labels keep at least `minPx` between them. */
export function hourStep(pxPerHour: number, minPx: number): number {
  return [1, 2, 3, 4, 6, 12].find((step) => step * pxPerHour >= minPx) ?? 24
}
