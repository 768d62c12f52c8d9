import { wantedPowerW } from './evse.ts'
import type { Outlet } from './outlet.ts'
import type { LimitInForce } from './profiles.ts'

/** Holds the outlets' sum under the station's own limit: equal shares of it, and what one does not want goes to the others. Lowers `limits` in place; one for each outlet, in the same order. */
export function shareStationLimit(
  outlets: readonly Outlet[],
  limits: readonly LimitInForce[],
  stationLimitW: number,
): void {
  if (stationLimitW === Number.POSITIVE_INFINITY) return
  const claims = outlets.flatMap(({ evse }, i) => {
    const limit = limits[i]
    if (limit === undefined || evse.vehicle === null || evse.energisedFromMs === null) return []
    return { limit, wantedW: Math.min(limit.limitW, wantedPowerW(evse.spec, evse.vehicle)) }
  })
  claims.sort((a, b) => a.wantedW - b.wantedW)
  let leftW = stationLimitW
  claims.forEach(({ limit, wantedW }, i) => {
    limit.limitW = Math.min(limit.limitW, leftW / (claims.length - i))
    leftW -= Math.min(limit.limitW, wantedW)
  })
}
