import type { Alert, Evse, Plan, Station, Vehicle } from '../parts/api-types.ts'

/** A reading older than this is shown as old, never as current. */
export const OLD_AFTER_MS = 15 * 60_000
const TIGHT_MINUTES = 30
// Alerts that say of a bus that it will not leave as it should.
const BREAKS_PULL_OUT = new Set(['needNotMet', 'notPluggedIn', 'vehicleLate'])
// A planned charge this little below the need is rounding, not a shortfall.
const SHORT_PERCENT = 0.5

/** How a thing is drawn: each tone has a colour, and every use of one also has a shape and a word. */
export type Tone = 'go' | 'ready' | 'quiet' | 'look' | 'act' | 'away' | 'unknown'

export type VehicleStatus =
  | { kind: 'charging'; powerW: number | null }
  /** Plugged in; the plan lets it charge from `from` on. */
  | { kind: 'waits'; from: number }
  /** Plugged in with all the charge that it needs. */
  | { kind: 'full' }
  | { kind: 'pluggedIn' }
  | { kind: 'notPluggedIn' }
  | {
      kind: 'onTheLine'
      routes: string[]
      backAt: number
      delaySeconds: number | null
      arrivesWithPercent: number | null
    }
  | { kind: 'late'; routes: string[]; dueAt: number | null }
  | { kind: 'chargerFaulted' }
  | { kind: 'chargerOffline' }
  | { kind: 'outOfService' }
  | { kind: 'unknown' }

export type Reading =
  | { kind: 'current' | 'old'; percent: number; at: number }
  /** What is left by the work done since the last reading, which was taken at `at` and is old. */
  | { kind: 'estimated'; percent: number; lowPercent: number; highPercent: number; at: number }
  | { kind: 'unknown' }

/** Whether it will leave with what it needs: `none`, there is no pull-out ahead; `unknown`, the plan says nothing of it. */
export type PullOut = 'made' | 'missed' | 'unknown' | 'none'

export interface VehicleView {
  vehicle: Vehicle
  label: string
  tone: Tone
  status: VehicleStatus
  soc: Reading
  needPercent: number | null
  pullOut: PullOut
  pullOutAt: number | null
  readyAt: number | null
  /** Minutes between being ready and pulling out; below 0 never: a bus that is not ready has `null` and misses. */
  marginMinutes: number | null
  alerts: Alert[]
}

interface Surroundings {
  now: number
  station: Station | undefined
  evse: Evse | undefined
  visits: Plan['vehicles'][number]['visits']
  planStart: number
  slotMs: number
  alerts: Alert[]
}

/** What the page says of one vehicle now. */
export function viewVehicle(vehicle: Vehicle, around: Surroundings): VehicleView {
  const soc = readSoc(vehicle, around.now)
  const next = vehicle.next
  const pullOutAt = next === null ? null : Date.parse(next.pullOutAt)
  const readyText = next?.readyAt ?? null
  const readyAt = readyText === null ? null : Date.parse(readyText)
  const pullOut = judgePullOut(vehicle, around.alerts)
  const marginMinutes =
    pullOut !== 'made' || pullOutAt === null
      ? null
      : Math.max(0, Math.round((pullOutAt - Math.max(readyAt ?? around.now, around.now)) / 60_000))
  const status = statusOf(vehicle, soc, around)
  return {
    vehicle,
    label: vehicle.label,
    tone: toneOf({ status, pullOut, marginMinutes, lacksCharge: lacksCharge(vehicle, soc) }, around.alerts),
    status,
    soc,
    needPercent: next?.needSocPercent ?? null,
    pullOut,
    pullOutAt,
    readyAt,
    marginMinutes,
    alerts: around.alerts,
  }
}

function readSoc(vehicle: Vehicle, now: number): Reading {
  if (vehicle.socPercent === null || vehicle.socAt === null) return { kind: 'unknown' }
  const at = Date.parse(vehicle.socAt)
  if (now - at <= OLD_AFTER_MS) return { kind: 'current', percent: vehicle.socPercent, at }
  const { basis, socPercent, lowPercent, highPercent } = vehicle.estimate
  // It has stood since: the reading holds.
  if (basis === 'measured') return { kind: 'old', percent: vehicle.socPercent, at }
  return { kind: 'estimated', percent: socPercent, lowPercent, highPercent, at }
}

function judgePullOut(vehicle: Vehicle, alerts: readonly Alert[]): PullOut {
  const next = vehicle.next
  if (next === null || !vehicle.inService) return 'none'
  if (alerts.some((alert) => alert.severity === 'act' && BREAKS_PULL_OUT.has(alert.kind))) return 'missed'
  if (next.plannedSocPercent === null || next.needSocPercent === null) return 'unknown'
  return next.plannedSocPercent >= next.needSocPercent - SHORT_PERCENT ? 'made' : 'missed'
}

function statusOf(vehicle: Vehicle, soc: Reading, around: Surroundings): VehicleStatus {
  const { station, evse, now } = around
  if (vehicle.state === 'outOfService' || !vehicle.inService) return { kind: 'outOfService' }
  if (vehicle.state === 'onTheLine' && vehicle.block !== null)
    return {
      kind: 'onTheLine',
      routes: vehicle.block.routes,
      backAt: Date.parse(vehicle.block.endAt) + (vehicle.delaySeconds ?? 0) * 1000,
      delaySeconds: vehicle.delaySeconds,
      arrivesWithPercent: vehicle.block.expectedSocPercent,
    }
  if (vehicle.state === 'late')
    return {
      kind: 'late',
      routes: vehicle.block?.routes ?? [],
      dueAt: vehicle.block === null ? null : Date.parse(vehicle.block.endAt),
    }
  const atPlug = vehicle.state === 'charging' || vehicle.state === 'pluggedIn'
  if (atPlug && station !== undefined && !station.connected) return { kind: 'chargerOffline' }
  if (atPlug && evse !== undefined && isFaulted(evse)) return { kind: 'chargerFaulted' }
  if (vehicle.state === 'charging') return { kind: 'charging', powerW: vehicle.powerW }
  if (vehicle.state === 'pluggedIn') {
    const from = nextCharge(around.visits, around.planStart, around.slotMs, now)
    const need = vehicle.next?.needSocPercent ?? null
    if (from !== null) return { kind: 'waits', from }
    return soc.kind !== 'unknown' && need !== null && soc.percent >= need - SHORT_PERCENT
      ? { kind: 'full' }
      : { kind: 'pluggedIn' }
  }
  return vehicle.state === 'parked' ? { kind: 'notPluggedIn' } : { kind: 'unknown' }
}

export function isFaulted(evse: Evse): boolean {
  return evse.connectors.some((connector) => connector.status === 'faulted')
}

/** When the plan next gives this vehicle power: the end of the running slot at the earliest, for what runs now is no longer waiting. */
function nextCharge(visits: Surroundings['visits'], planStart: number, slotMs: number, now: number): number | null {
  for (const visit of visits) {
    if (Date.parse(visit.departAt) <= now) continue
    if (Date.parse(visit.arriveAt) > now) return null
    for (const [i, powerW] of visit.powerW.entries()) {
      const at = planStart + (visit.firstSlot + i) * slotMs
      if (powerW > 0 && at > now) return at
    }
    return null
  }
  return null
}

/** Whether it holds less than its next pull-out needs, as far as anyone knows. */
function lacksCharge(vehicle: Vehicle, soc: Reading): boolean {
  const need = vehicle.next?.needSocPercent ?? null
  return need !== null && (soc.kind === 'unknown' || soc.percent < need - SHORT_PERCENT)
}

interface Judged {
  status: VehicleStatus
  pullOut: PullOut
  marginMinutes: number | null
  lacksCharge: boolean
}

function toneOf({ status, pullOut, marginMinutes, lacksCharge }: Judged, alerts: readonly Alert[]): Tone {
  if (pullOut === 'missed' || alerts.some((alert) => alert.severity === 'act')) return 'act'
  if (status.kind === 'chargerFaulted' || status.kind === 'chargerOffline' || status.kind === 'late') return 'look'
  // The plan counts on a plug that is not in.
  if (status.kind === 'notPluggedIn' && lacksCharge) return 'look'
  if (alerts.length > 0) return 'look'
  if (pullOut === 'made' && marginMinutes !== null && marginMinutes < TIGHT_MINUTES) return 'look'
  switch (status.kind) {
    case 'charging':
      return 'go'
    case 'full':
      return 'ready'
    case 'onTheLine':
      return 'away'
    case 'unknown':
      return 'unknown'
    default:
      return 'quiet'
  }
}
