import { registerStep, withoutOutliers, type RegisterReading } from './register-step.ts'
import { addUpQuarters, spreadOverQuarters, type QuarterEnergy } from './spread-quarters.ts'

/** From the first to the last reading of a session. */
export interface SessionSpan {
  first: RegisterReading
  last: RegisterReading
}

type Mark = RegisterReading & { order: number; opens: number }

/**
 * What an EVSE's register rose by while no session was going on, by the quarter hour: from the last reading of a session over the readings that belong to none
 * to the first of the next. Ascending. They add up to the rise of the register; where it jittered a quarter may be a few Wh below zero. A stretch that
 * tells of no energy (see `registerStep`) gives no quarter. Sessions that overlap count as one. O(n log n).
 */
export function outsideQuarters(
  readings: readonly RegisterReading[],
  sessions: readonly SessionSpan[],
): QuarterEnergy[] {
  const marks: Mark[] = readings.map((reading) => ({ ...reading, order: 1, opens: 0 }))
  for (const { first, last } of sessions) {
    if (first.atMs === last.atMs) {
      // It lasted no time, so it divides what is before it from what is after it.
      marks.push({ ...first, order: 1, opens: 1 }, { ...last, order: 1, opens: -1 })
    } else {
      marks.push({ ...first, order: 2, opens: 1 }, { ...last, order: 0, opens: -1 })
    }
  }
  marks.sort((a, b) => a.atMs - b.atMs || a.order - b.order)
  const parts: QuarterEnergy[] = []
  let run: RegisterReading[] = []
  let open = 0
  for (const mark of marks) {
    const wasOpen = open > 0
    open += mark.opens
    if (!wasOpen) run.push(mark)
    if (open > 0 && !wasOpen) parts.push(...quartersOfRun(run))
    if (open > 0) run = []
    else if (wasOpen) run = [mark]
  }
  parts.push(...quartersOfRun(run))
  return addUpQuarters(parts)
}

function quartersOfRun(run: readonly RegisterReading[]): QuarterEnergy[] {
  const readings = withoutOutliers(run)
  return readings.slice(1).flatMap((reading, i) => {
    const before = readings[i]
    if (before === undefined) return []
    const step = registerStep(before, reading)
    return step.kind === 'break' ? [] : spreadOverQuarters(before.atMs, reading.atMs, step.energyWh)
  })
}
