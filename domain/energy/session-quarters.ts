import { registerStep, withoutOutliers, type RegisterReading } from './register-step.ts'
import { energyAtStop } from './session-energy.ts'
import { addUpQuarters, spreadOverQuarters, type QuarterEnergy } from './spread-quarters.ts'

/** What is known of a session's register. Samples in any order, several of one instant allowed. */
export interface SessionRegister {
  start: { atMs: number; registerWh: number | null }
  /** null: it goes on. Without a register it ends with its last sample. */
  stop: { atMs: number; registerWh: number | null } | null
  samples: readonly RegisterReading[]
}

export interface SessionQuarters {
  first: RegisterReading
  last: RegisterReading
  /** null: one reading alone says nothing. */
  energyWh: number | null
  resets: number
  breaks: number
  /** Ascending; they add up to `energyWh` exactly, none below zero. */
  quarters: QuarterEnergy[]
}

/**
 * The energy of a session by the quarter hour: between readings it flows evenly. In all it is the difference of the registers at stop and start, unless the
 * register began anew in between or start and stop tell another register than the samples (see `energyAtStop`). Samples from before
 * a start or after a stop whose register is known belong to no session. Hangs on the set of readings only, not on their order. null: no reading at all.
 */
export function sessionQuarters(session: SessionRegister): SessionQuarters | null {
  const readings = withoutOutliers(readingsOf(session))
  const first = readings[0]
  const last = readings.at(-1)
  if (first === undefined || last === undefined) return null
  if (readings.length === 1) return { first, last, energyWh: null, resets: 0, breaks: 0, quarters: [] }
  const curve = followed(readings, session.stop !== null && session.stop.registerWh !== null)
  const energyWh = curve.totalsWh.at(-1) ?? 0
  const parts = readings.slice(1).flatMap((reading, i) => {
    const flowedWh = (curve.totalsWh[i + 1] ?? 0) - (curve.totalsWh[i] ?? 0)
    return spreadOverQuarters(readings[i]?.atMs ?? reading.atMs, reading.atMs, flowedWh)
  })
  return { first, last, energyWh, resets: curve.resets, breaks: curve.breaks, quarters: addUpQuarters(parts) }
}

function readingsOf(session: SessionRegister): RegisterReading[] {
  const { start, stop, samples } = withBoundsThatWereTold(session)
  const byInstant = new Map<number, number>()
  for (const { atMs, registerWh } of samples) {
    if (start.registerWh !== null && atMs <= start.atMs) continue
    if (stop !== null && stop.registerWh !== null && atMs >= stop.atMs) continue
    byInstant.set(atMs, Math.max(registerWh, byInstant.get(atMs) ?? 0))
  }
  const within = [...byInstant].map(([atMs, registerWh]) => ({ atMs, registerWh })).sort((a, b) => a.atMs - b.atMs)
  return [
    ...(start.registerWh === null ? [] : [{ atMs: start.atMs, registerWh: start.registerWh }]),
    ...within,
    ...(stop === null || stop.registerWh === null ? [] : [{ atMs: stop.atMs, registerWh: stop.registerWh }]),
  ]
}

/**
 * A start or stop that came without a register was given that of the sample known then. When samples that came late go further down or up, it is not
 * the start's or the stop's own.
 */
function withBoundsThatWereTold({ start, stop, samples }: SessionRegister): SessionRegister {
  const inOrder = samples.toSorted((a, b) => a.atMs - b.atMs)
  const first = inOrder[0]
  const last = inOrder.findLast((one) => stop === null || one.atMs <= stop.atMs)
  const borrowed = (registerWh: number | null): boolean => inOrder.some((one) => one.registerWh === registerWh)
  const startIsLate = start.registerWh !== null && first !== undefined && first.registerWh < start.registerWh
  const stopIsEarly =
    stop !== null && stop.registerWh !== null && last !== undefined && last.registerWh > stop.registerWh
  return {
    start: startIsLate && borrowed(start.registerWh) ? { ...start, registerWh: null } : start,
    stop: stopIsEarly && borrowed(stop.registerWh) ? { ...stop, registerWh: null } : stop,
    samples,
  }
}

/** What has flowed until each reading, never falling, whole Wh. */
function followed(
  readings: readonly RegisterReading[],
  endsWithStop: boolean,
): { totalsWh: number[]; resets: number; breaks: number } {
  const totals = [0]
  let resets = 0
  let resetsWithin = 0
  let breaks = 0
  let lastKind = 'rise'
  for (const [i, reading] of readings.entries()) {
    const before = readings[i - 1]
    if (before === undefined) continue
    const step = registerStep(before, reading)
    totals.push((totals.at(-1) ?? 0) + step.energyWh)
    if (step.kind === 'reset') resets += 1
    if (step.kind === 'reset' && i > 1 && i < readings.length - 1) resetsWithin += 1
    if (step.kind === 'break') breaks += 1
    lastKind = step.kind
  }
  const addedUpWh = totals.at(-1) ?? 0
  const goesOn = lastKind === 'rise' || lastKind === 'jitter'
  const followsOn = goesOn && (resetsWithin > 0 || resets + breaks === 0)
  const energyWh =
    !endsWithStop || followsOn ? Math.max(0, addedUpWh) : Math.max(0, atStop(readings, totals) ?? addedUpWh)
  totals[totals.length - 1] = energyWh
  // A total above a later one was rounding, or another register than that of the stop.
  for (let i = totals.length - 2; i >= 0; i -= 1) {
    totals[i] = Math.max(0, Math.min(totals[i] ?? 0, totals[i + 1] ?? 0))
  }
  return { totalsWh: totals, resets, breaks }
}

function atStop(readings: readonly RegisterReading[], totals: readonly number[]): number | null {
  const state = {
    startWh: readings[0]?.registerWh ?? null,
    lastWh: readings.at(-2)?.registerWh ?? null,
    energyWh: totals.at(-2) ?? null,
  }
  return energyAtStop(state, readings.at(-1)?.registerWh ?? null)
}
