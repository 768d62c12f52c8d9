import type { PlanFact } from './plan-fact.ts'
import type { PlannedStay, PlanHead } from './plan-view.ts'
import { READING_MS } from './vehicle-day.ts'

/**
 * Why a vehicle at a plug charges or does not, now. What hinders the charger comes before what the plan says, because the plan cannot be followed then.
 * Instants are Dates; `kind` and figures are for pages to put into words.
 */
export type ChargingReason =
  | { kind: 'charging'; powerW: number }
  | { kind: 'outOfOrder'; reason: string }
  | { kind: 'switchedOff' }
  | { kind: 'faulted'; errorCode: string | null }
  | { kind: 'stationOffline'; since: Date | null }
  | { kind: 'noSession' }
  | { kind: 'notAuthorised'; authorization: string }
  | { kind: 'profileRefused'; outcome: string }
  | { kind: 'noPlan' }
  | { kind: 'notPlanned' }
  | { kind: 'noWork'; needSocPercent: number }
  | { kind: 'hasNeed'; socPercent: number | null; needSocPercent: number }
  | { kind: 'waitsForPrice'; untilAt: Date; waitingMicroEurPerKwh: number; chargingMicroEurPerKwh: number }
  | { kind: 'waitsForRoom'; untilAt: Date; nodeId: string }
  | { kind: 'waitsForPeak'; untilAt: Date }
  /** It charges later, and nothing that we can tell keeps it from charging sooner. */
  | { kind: 'waits'; untilAt: Date }
  /** The plan gives it power now; the charger has not begun. */
  | { kind: 'shouldCharge'; plannedW: number }

/** What is known of the plug and the vehicle at it now. */
export interface PlugNow {
  outOfOrderReason: string | null
  operative: boolean
  /** The connector's error where it is faulted; null: it is not. */
  fault: { errorCode: string | null } | null
  connected: boolean
  disconnectedAt: Date | null
  /** null: no session is open. */
  session: { authorization: string } | null
  /** The charger's word where it has refused its profile; null: it has not. */
  refusedProfile: string | null
  powerW: number | null
  powerAt: Date | null
}

/** What the current plan says of the vehicle. */
export interface PlannedNow {
  plan: Pick<PlanHead, 'startAt' | 'slotMinutes'> & { facts: readonly PlanFact[] }
  stays: readonly PlannedStay[]
  vehicleId: string
}

/** Below this a battery takes only what keeps it warm. */
const CHARGING_W = 500

/** Why the vehicle at this plug charges or does not. `planned` null: there is no plan. */
export function chargingReason(
  plug: PlugNow,
  planned: PlannedNow | null,
  socPercent: number | null,
  now: Date,
): ChargingReason {
  const fresh = plug.powerAt !== null && now.getTime() - plug.powerAt.getTime() < READING_MS
  if (fresh && plug.powerW !== null && plug.powerW >= CHARGING_W) return { kind: 'charging', powerW: plug.powerW }
  return hindrance(plug) ?? planReason(planned, socPercent, now)
}

function hindrance(plug: PlugNow): ChargingReason | null {
  if (plug.outOfOrderReason !== null) return { kind: 'outOfOrder', reason: plug.outOfOrderReason }
  if (!plug.operative) return { kind: 'switchedOff' }
  if (!plug.connected) return { kind: 'stationOffline', since: plug.disconnectedAt }
  if (plug.fault !== null) return { kind: 'faulted', errorCode: plug.fault.errorCode }
  if (plug.session === null) return { kind: 'noSession' }
  if (plug.session.authorization !== 'accepted')
    return { kind: 'notAuthorised', authorization: plug.session.authorization }
  if (plug.refusedProfile !== null) return { kind: 'profileRefused', outcome: plug.refusedProfile }
  return null
}

function planReason(planned: PlannedNow | null, socPercent: number | null, now: Date): ChargingReason {
  if (planned === null) return { kind: 'noPlan' }
  const index = planned.stays.findIndex((stay) => stay.arriveAt <= now && now < stay.departAt)
  const stay = planned.stays[index]
  if (stay === undefined) return { kind: 'notPlanned' }
  const { startAt, slotMinutes } = planned.plan
  const slotMs = slotMinutes * 60_000
  const slot = Math.floor((now.getTime() - startAt.getTime()) / slotMs) - stay.firstSlot
  const plannedW = stay.powerW[slot] ?? 0
  if (plannedW >= CHARGING_W) return { kind: 'shouldCharge', plannedW }
  const next = stay.powerW.findIndex((watts, i) => i > slot && watts >= CHARGING_W)
  if (next < 0) {
    const needSocPercent = stay.needSocPercent
    return stay.leavesFor === null
      ? { kind: 'noWork', needSocPercent }
      : { kind: 'hasNeed', socPercent, needSocPercent }
  }
  const untilAt = new Date(startAt.getTime() + (stay.firstSlot + next) * slotMs)
  const fact = planned.plan.facts.find(
    (one) => one.kind === 'waits' && one.vehicleId === planned.vehicleId && one.visit === index,
  )
  // A fact of another wait says nothing of this one.
  if (fact?.kind !== 'waits' || Date.parse(fact.untilAt) !== untilAt.getTime()) return { kind: 'waits', untilAt }
  if (fact.because === 'room') return { kind: 'waitsForRoom', untilAt, nodeId: fact.nodeId }
  if (fact.because === 'peak') return { kind: 'waitsForPeak', untilAt }
  const { waitingMicroEurPerKwh, chargingMicroEurPerKwh } = fact
  return { kind: 'waitsForPrice', untilAt, waitingMicroEurPerKwh, chargingMicroEurPerKwh }
}
