/** A reading of an energy register. */
export interface RegisterReading {
  atMs: number
  registerWh: number
}

/** A fall of the register by no more than this is rounding, not a restart. */
export const JITTER_WH = 100

/** No plug gives more than this (MCS ends at 3.75 MW): what rises faster was not energy but another meter, or a wrong digit. */
const HIGHEST_POWER_W = 5_000_000
const SHORTEST_GAP_MS = 60_000
/** Energy of so long a silence can be put into no quarter hour; a station's clock at 1970 makes such a one. */
const LONGEST_GAP_MS = 400 * 24 * 3_600_000

/**
 * What lies between two readings. `rise`: energy. `jitter`: rounding, zero or a little below. `reset`: the register began anew at zero, what it shows has
 * flowed since. `break`: no energy could have done that, so it tells of none.
 */
export interface RegisterStep {
  kind: 'rise' | 'jitter' | 'reset' | 'break'
  energyWh: number
}

/** Whether a fall to `registerWh` is rounding: small, and small beside what the register shows. */
export function isJitter(fallWh: number, registerWh: number): boolean {
  return fallWh > 0 && fallWh <= JITTER_WH && registerWh >= fallWh
}

/** Follows a register from one reading to the next. */
export function registerStep(before: RegisterReading, after: RegisterReading): RegisterStep {
  const gapMs = after.atMs - before.atMs
  if (gapMs > LONGEST_GAP_MS) return { kind: 'break', energyWh: 0 }
  const possibleWh = (HIGHEST_POWER_W * Math.max(gapMs, SHORTEST_GAP_MS)) / 3_600_000
  const risenWh = after.registerWh - before.registerWh
  if (risenWh >= 0) return risenWh <= possibleWh ? { kind: 'rise', energyWh: risenWh } : { kind: 'break', energyWh: 0 }
  if (isJitter(-risenWh, after.registerWh)) return { kind: 'jitter', energyWh: risenWh }
  if (after.registerWh <= possibleWh) return { kind: 'reset', energyWh: after.registerWh }
  return { kind: 'break', energyWh: 0 }
}

/**
 * The readings without those that stand alone against their neighbours: a zero or a wrong digit between readings that go on as if it had not been. The
 * first and the last stay. Whether one is left out hangs on one reading before it and two after it, so that counting a part gives what counting all gives.
 */
export function withoutOutliers<R extends RegisterReading>(readings: readonly R[]): R[] {
  return readings.filter((reading, i) => {
    const before = readings[i - 1]
    const after = readings[i + 1]
    if (before === undefined || after === undefined) return true
    const next = readings[i + 2]
    const fits = (a: R, b: R): boolean => {
      const { kind } = registerStep(a, b)
      return kind === 'rise' || kind === 'jitter'
    }
    const standsAlone = !fits(before, reading) && !fits(reading, after) && fits(before, after)
    return !(standsAlone && (next === undefined || fits(after, next)))
  })
}
