import type { ChargerParts } from './charger-parts.ts'
import type { PluggedVehicle } from './evse.ts'
import type { Outlet } from './outlet.ts'

/** The cable goes in at an outlet that has none; a remote start that waited for it begins. */
export function plugIn(
  { station, power, charging, reportStatus }: ChargerParts,
  outlet: Outlet,
  vehicle: PluggedVehicle,
): void {
  outlet.evse.vehicle = vehicle
  outlet.finished = false
  if (!power.on) return
  reportStatus(outlet, station.atMs)
  charging.beginAtPlug(outlet)
  const { remoteStart } = outlet
  if (remoteStart === null) return
  outlet.remoteStart = null
  charging.start(outlet, remoteStart.token, remoteStart.remoteStartId, 'remoteStart')
}

/** The cable comes out, and what runs at it ends. */
export function unplug({ station, power, charging, reportStatus }: ChargerParts, outlet: Outlet): void {
  if (outlet.evse.vehicle === null) return
  if (outlet.transaction !== null) charging.end(outlet, 'evDisconnected', 'evDeparted')
  outlet.evse.vehicle = null
  outlet.finished = false
  if (power.on) reportStatus(outlet, station.atMs)
}
