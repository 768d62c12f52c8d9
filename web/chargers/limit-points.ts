import type { components } from '../generated/api.d.ts'

type Profile = components['schemas']['StationProfiles']['held'][number]['profile']

/**
 * A profile as a line in W up to `to` (epoch ms). Empty where that needs more than the profile says: one in amperes depends on the grid's voltage, a relative one on when
 * its transaction began.
 */
export function limitPoints(profile: Profile, to: number): [number, number][] {
  const { rateUnit, startAt, durationSeconds, periods } = profile.schedule
  if (rateUnit !== 'W' || startAt === undefined) return []
  const start = Date.parse(startAt)
  const end = Math.min(to, start + (durationSeconds ?? Infinity) * 1000, Date.parse(profile.validTo ?? '') || Infinity)
  const points = periods
    .map((period): [number, number] => [start + period.startSeconds * 1000, period.limit])
    .filter(([at]) => at <= end)
  const last = points.at(-1)
  return last === undefined ? [] : [...points, [end, last[1]]]
}
