import type { BatteryEvidence, LeftOutReason } from './learned-battery.ts'
import { robustLine, type LinePoint } from './robust-line.ts'

/** One charging session of a vehicle. null: not told. */
export interface ObservedSession {
  startedAt: Date
  /** At the charger's meter. */
  gridWh: number | null
  /** Share of it that reaches the battery. */
  efficiency: number
  socStartPercent: number | null
  socEndPercent: number | null
  batteryTemperatureC: number | null
  outdoorTemperatureC: number | null
  /** Its end is only presumed. */
  endUnknown: boolean
}

export interface LearnedCapacity {
  /** Battery-side energy from 0 to 100 % of the charge that the vehicle tells, with its 95 % confidence interval; null: too little is known. */
  usableWh: number | null
  lowWh: number | null
  highWh: number | null
  /** Usable energy against the nominal capacity. */
  stateOfHealthPercent: number | null
  evidence: Omit<BatteryEvidence, 'powerSamples'>
}

/** Most vehicles tell whole percents, so a smaller change says little. */
const LEAST_CHANGE_PERCENT = 15
const LEAST_SESSIONS = 8
/** An interval wider than this to either side is no knowledge. */
const MOST_DOUBT = 0.05
const LEAST_TEMPERATURES = 12
const LEAST_TEMPERATURE_SPAN_C = 10
/** Where capacities are stated for. */
const REFERENCE_C = 20

/**
 * The usable capacity by robust regression of battery-side energy on the change of the state of charge, over a vehicle's sessions: a line through the origin, whose slope may
 * change with temperature where sessions at different temperatures tell. Half of the sessions may be wrong before the result is. Pure and
 * deterministic; O(n log n).
 */
export function learnCapacity(sessions: readonly ObservedSession[], nominalWh: number): LearnedCapacity {
  const leftOut: Record<string, number> = {}
  const leave = (reason: LeftOutReason, count = 1): void => void (leftOut[reason] = (leftOut[reason] ?? 0) + count)
  const usable: (LinePoint & { session: ObservedSession })[] = []
  for (const session of sessions) {
    const { gridWh, socStartPercent: start, socEndPercent: end } = session
    if (start === null || end === null) leave('noSoc')
    else if (gridWh === null || gridWh <= 0) leave('noMeter')
    else if (session.endUnknown || end <= start) leave('split')
    else if (end - start < LEAST_CHANGE_PERCENT) leave('smallChange')
    else usable.push({ session, x: (end - start) / 100, y: gridWh * session.efficiency, z: null })
  }
  const kind = temperatureKind(usable.map((one) => one.session))
  for (const one of usable) one.z = kind === null ? null : temperatureOf(one.session, kind)
  const line = robustLine(usable, REFERENCE_C, {
    leastZ: LEAST_TEMPERATURES,
    leastSpanZ: LEAST_TEMPERATURE_SPAN_C,
  })
  if (line !== null && line.outliers > 0) leave('outlier', line.outliers)
  const used = line?.used ?? []
  const doubt = line === null ? Infinity : line.halfWidth / line.slope
  const missing = missingFor(used.length, doubt)
  const known = line !== null && missing.length === 0
  const at = used.map((index) => usable[index]?.session.startedAt.getTime() ?? 0)
  return {
    usableWh: known ? Math.round(line.slope) : null,
    lowWh: known ? Math.round(line.slope - line.halfWidth) : null,
    highWh: known ? Math.round(line.slope + line.halfWidth) : null,
    stateOfHealthPercent: known ? Math.round((line.slope / nominalWh) * 1000) / 10 : null,
    evidence: {
      sessions: sessions.length,
      used: used.length,
      firstAt: at.length === 0 ? null : new Date(Math.min(...at)).toISOString(),
      lastAt: at.length === 0 ? null : new Date(Math.max(...at)).toISOString(),
      leftOut,
      spreadPercent: line === null ? null : Math.round(line.spread * 1000) / 10,
      temperature:
        kind === null || line === null || line.perZ === null
          ? null
          : {
              kind,
              referenceC: Math.round(line.referenceZ * 10) / 10,
              percentPerDegree: Math.round((line.perZ / line.slope) * 10_000) / 100,
            },
      missing,
    },
  }
}

function missingFor(used: number, doubt: number): string[] {
  if (used < LEAST_SESSIONS) {
    const more = LEAST_SESSIONS - used
    return [
      `${more} more charging ${more === 1 ? 'session' : 'sessions'} of at least ${LEAST_CHANGE_PERCENT} points, with the state of charge at both ends and the meter’s energy`,
    ]
  }
  if (doubt <= MOST_DOUBT) return []
  return [
    `sessions that agree better: the interval is ±${Math.round(doubt * 100)} %, and ±${MOST_DOUBT * 100} % would do`,
  ]
}

/** One kind for all: the battery’s own temperature and the weather’s are not the same thing. */
function temperatureKind(sessions: readonly ObservedSession[]): 'battery' | 'outdoor' | null {
  const count = (kind: 'battery' | 'outdoor'): number =>
    sessions.filter((one) => temperatureOf(one, kind) !== null).length
  if (count('battery') >= LEAST_TEMPERATURES) return 'battery'
  return count('outdoor') >= LEAST_TEMPERATURES ? 'outdoor' : null
}

function temperatureOf(session: ObservedSession, kind: 'battery' | 'outdoor'): number | null {
  return kind === 'battery' ? session.batteryTemperatureC : session.outdoorTemperatureC
}
