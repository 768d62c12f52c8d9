import type { Station } from './dialect.ts'
import type { Outlet } from './outlet.ts'
import type { LimitInForce } from './profiles.ts'

/** The limit in force at an outlet now, from profiles and hardware. */
export function outletLimit(station: Pick<Station, 'atMs' | 'profiles'>, outlet: Outlet): LimitInForce {
  return station.profiles.limitAt(outlet.evse.spec.evseId, station.atMs, outlet.transaction)
}
