import type { ChargingProfilePeriod } from '../domain/charging-profile.ts'
import type { JsonObject } from '../domain/command.ts'

/** One period of a schedule, alike in both versions. */
export function readPeriod(written: {
  startPeriod: number
  limit: number
  numberPhases?: number
}): ChargingProfilePeriod {
  const period: ChargingProfilePeriod = { startSeconds: written.startPeriod, limit: written.limit }
  const phases = written.numberPhases
  if (phases === 1 || phases === 2 || phases === 3) period.phases = phases
  return period
}

/** Its counterpart. */
export function writePeriod(period: ChargingProfilePeriod): JsonObject {
  const written: JsonObject = { startPeriod: period.startSeconds, limit: period.limit }
  if (period.phases !== undefined) written.numberPhases = period.phases
  return written
}
