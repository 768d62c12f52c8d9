interface Outlet {
  stationId: string
  evseId: number
}

/** What has asked for a plan, as figures: for pages in any language. */
export type ReplanCause =
  /** `round`: nobody asked, every site is planned anew at times. `demoPast`: a demo imagines its past. */
  | { kind: 'round' | 'byHand' | 'fleetImported' | 'fleetTakenBack' | 'demoPast' }
  /** `vehicleId` null: nobody knows which. */
  | ({ kind: 'plugged' | 'unplugged' | 'chargingBegan' | 'chargingEnded'; vehicleId: string | null } & Outlet)
  | ({ kind: 'evseFree' | 'evseWorks' | 'evseOutOfOrder' | 'evseBackInOrder' | 'evseChanged' } & Outlet)
  | ({ kind: 'evseFailed'; status: string } & Outlet)
  | { kind: 'stationPlaced'; stationId: string }
  | { kind: 'stationRegistration'; stationId: string; registration: string }
  /** `stationId` is the first of `count`. */
  | { kind: 'stationsBack' | 'stationsGone' | 'stationsStarted'; stationId: string; count: number }
  /** Positive is late; null: not known. */
  | { kind: 'vehicleDelay'; vehicleId: string; delaySeconds: number | null }
  | { kind: 'vehicleSoc'; vehicleId: string; socPercent: number }
  | {
      kind: 'vehicleInService' | 'vehicleOutOfService' | 'vehicleRenamed' | 'vehicleBay' | 'vehicleAtNoPlug' | 'noWish'
      vehicleId: string
    }
  | ({ kind: 'vehicleAt'; vehicleId: string } & Outlet)
  | { kind: 'wish'; vehicleId: string; chargeNow: boolean; needSocPercent: number | null; otherDeparture: boolean }
  /** `blockGiven` to null: to nobody. */
  | { kind: 'blockGiven'; blockId: string; vehicleId: string | null }
  | { kind: 'blockTaken'; blockId: string; vehicleId: string }
  | { kind: 'vehicleTypeChanged'; label: string }
  | { kind: 'limit' | 'baseLoad'; nodeId: string; powerW: number }
  | { kind: 'temperature'; celsius: number | null }
  | { kind: 'tariffChanged' | 'tariffDeleted'; validFrom: string }
  | { kind: 'prices' | 'carbon'; series: string }
  | { kind: 'timetableImported'; feedId: string }

/** The same in a few English words, for logs and machines: "bus-3 plugged in at CP-1/1". */
export function causeText(cause: ReplanCause): string {
  switch (cause.kind) {
    case 'round':
      return 'every five minutes'
    case 'byHand':
      return 'asked for by hand'
    case 'fleetImported':
      return 'the fleet file was imported'
    case 'fleetTakenBack':
      return 'a fleet file was taken back'
    case 'demoPast':
      return 'imagined with the past of the demo'
    case 'plugged':
      return `${cause.vehicleId ?? 'a vehicle'} plugged in at ${outlet(cause)}`
    case 'unplugged':
      return `${cause.vehicleId ?? 'a vehicle'} left ${outlet(cause)}`
    case 'chargingBegan':
      return `${cause.vehicleId ?? outlet(cause)} begins to charge`
    case 'chargingEnded':
      return `${cause.vehicleId ?? outlet(cause)} has stopped charging`
    case 'evseFree':
      return `${outlet(cause)} is free, so its session is over`
    case 'evseWorks':
      return `${outlet(cause)} works again`
    case 'evseOutOfOrder':
      return `${outlet(cause)} is out of order`
    case 'evseBackInOrder':
      return `${outlet(cause)} is back in order`
    case 'evseChanged':
      return `${outlet(cause)} was changed`
    case 'evseFailed':
      return `${outlet(cause)} is ${cause.status}`
    case 'stationPlaced':
      return `${cause.stationId} was placed`
    case 'stationRegistration':
      return `${cause.stationId} is ${cause.registration}`
    case 'stationsBack':
      return cause.count === 1 ? `${cause.stationId} is back` : `${cause.count} stations are back`
    case 'stationsGone':
      return cause.count === 1 ? `${cause.stationId} is not connected` : `${cause.count} stations are not connected`
    case 'stationsStarted':
      return cause.count === 1 ? `${cause.stationId} has started` : `${cause.count} stations have started`
    case 'vehicleDelay':
      return delayText(cause.vehicleId, cause.delaySeconds)
    case 'vehicleSoc':
      return `${cause.vehicleId} says that it has ${Math.round(cause.socPercent)} %`
    case 'vehicleInService':
      return `${cause.vehicleId} is back in service`
    case 'vehicleOutOfService':
      return `${cause.vehicleId} is out of service`
    case 'vehicleRenamed':
      return `${cause.vehicleId} has another name`
    case 'vehicleBay':
      return `${cause.vehicleId} has another bay`
    case 'vehicleAtNoPlug':
      return `${cause.vehicleId} is at no plug`
    case 'noWish':
      return `nothing special is wished of ${cause.vehicleId} any more`
    case 'vehicleAt':
      return `${cause.vehicleId} is at ${outlet(cause)}`
    case 'wish':
      return `${cause.vehicleId} ${[
        ...(cause.chargeNow ? ['is to charge now'] : []),
        ...(cause.needSocPercent === null ? [] : [`is to have ${cause.needSocPercent} %`]),
        ...(cause.otherDeparture ? ['is to leave at another time'] : []),
      ].join(' and ')}`
    case 'blockGiven':
      return `block ${cause.blockId} was given to ${cause.vehicleId ?? 'nobody'}`
    case 'blockTaken':
      return `block ${cause.blockId} was taken from ${cause.vehicleId}`
    case 'vehicleTypeChanged':
      return `the vehicle type ${cause.label} was changed`
    case 'limit':
      return `the limit of ${cause.nodeId} is ${cause.powerW / 1000} kW`
    case 'baseLoad':
      return `the base load of ${cause.nodeId} is ${cause.powerW / 1000} kW`
    case 'temperature':
      return cause.celsius === null ? 'the outdoor temperature is unknown' : `it is ${cause.celsius} °C outside`
    case 'tariffChanged':
      return `the tariff from ${cause.validFrom} on was changed`
    case 'tariffDeleted':
      return `the tariff from ${cause.validFrom} on was taken away`
    case 'prices':
      return `prices of ${cause.series} were imported`
    case 'carbon':
      return `carbon intensities of ${cause.series} came`
    case 'timetableImported':
      return `the timetable ${cause.feedId} was imported`
  }
}

function outlet({ stationId, evseId }: Outlet): string {
  return `${stationId}/${evseId}`
}

function delayText(vehicleId: string, delaySeconds: number | null): string {
  if (delaySeconds === null) return `nobody knows how late ${vehicleId} is`
  const minutes = Math.round(Math.abs(delaySeconds) / 60)
  if (minutes === 0) return `${vehicleId} is on time`
  return `${vehicleId} is ${minutes} min ${delaySeconds > 0 ? 'late' : 'early'}`
}
