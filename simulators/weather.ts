const DAY_MS = 86_400_000
/** Half the swing between the coldest and the warmest hour of a clear day inland. */
const DAILY_SWING_C = 4
/** Warmest some three hours after solar noon. */
const WARMEST_AT_MS = 15 * 3_600_000

/**
 * The simulated city's outdoor temperature in °C, whole degrees: the month's long-term mean (`monthlyMeansC`, January first), moved smoothly
 * from the middle of one month to that of the next, with a daily swing. `longitude` sets when the sun is highest.
 */
export function outdoorTemperatureC(monthlyMeansC: readonly number[], longitude: number, atMs: number): number {
  const at = new Date(atMs)
  const days = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
  const fromMiddle = (at.getUTCDate() - 0.5) / days - 0.5
  const month = at.getUTCMonth()
  const neighbour = (month + (fromMiddle < 0 ? 11 : 1)) % 12
  const own = monthlyMeansC[month]
  const other = monthlyMeansC[neighbour]
  if (own === undefined || other === undefined) throw new RangeError('twelve monthly means are needed')
  const mean = own + (other - own) * Math.abs(fromMiddle)
  const solarMs = (atMs + (longitude / 360) * DAY_MS) % DAY_MS
  const swing = DAILY_SWING_C * Math.cos((2 * Math.PI * (solarMs - WARMEST_AT_MS)) / DAY_MS)
  return Math.round(mean + swing)
}
