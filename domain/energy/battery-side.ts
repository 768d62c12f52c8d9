/** A state of charge is told in whole percent: over less than this the rounding alone may be a tenth of the rise. */
const LEAST_RISE_PERCENT = 10

/** What arrived in the battery, by the rise of its state of charge; null: unknown, or the rise is too small to say. */
export function batterySideWh(session: {
  socStartPercent: number | null
  socEndPercent: number | null
  usableWh: number | null
}): number | null {
  const { socStartPercent, socEndPercent, usableWh } = session
  if (socStartPercent === null || socEndPercent === null || usableWh === null) return null
  const risen = socEndPercent - socStartPercent
  return risen < LEAST_RISE_PERCENT ? null : Math.round((risen / 100) * usableWh)
}
