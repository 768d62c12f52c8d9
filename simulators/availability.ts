import type { ChargerParts } from './charger-parts.ts'

/** Takes one outlet, or with `evseId` undefined all, in or out of service; `scheduled` when a transaction must end first. */
export function changeAvailability(
  { station, reportStatus }: ChargerParts,
  evseId: number | undefined,
  operative: boolean,
): 'accepted' | 'scheduled' | 'rejected' {
  const meant = station.outlets.filter((one) => evseId === undefined || one.evse.spec.evseId === evseId)
  if (meant.length === 0) return 'rejected'
  let scheduled = false
  for (const outlet of meant) {
    const busy = !operative && outlet.transaction !== null
    outlet.inoperativeNext = busy
    if (busy) scheduled = true
    else outlet.operative = operative
  }
  station.afterAnswer(() => {
    for (const outlet of meant) reportStatus(outlet, station.atMs)
  })
  return scheduled ? 'scheduled' : 'accepted'
}
