import type { components } from '../generated/api.d.ts'
import type { Station, Vehicle } from './api-types.ts'
import type { Format } from './format.ts'
import { m } from './messages.ts'
import { namesOf, type Names } from './names.ts'

type Cause = components['schemas']['ReplanCause']

interface Known {
  vehicles: ReadonlyMap<string, Vehicle>
  stations: ReadonlyMap<string, Station>
}

/** Why a plan was made: `Bus 6 left Charger 3, outlet 2`. Plans from before there were figures say it as the server wrote it. */
export function planReason(plan: { reason: string; causes: readonly Cause[] }, known: Known, format: Format): string {
  const names = namesOf(known)
  return plan.causes.length === 0
    ? plan.reason
    : plan.causes.map((cause) => causeWords(cause, names, format)).join(', ')
}

const VEHICLE_WORDS = {
  vehicleInService: m.cause_vehicle_in_service,
  vehicleOutOfService: m.cause_vehicle_out_of_service,
  vehicleRenamed: m.cause_vehicle_renamed,
  vehicleBay: m.cause_vehicle_bay,
  vehicleAtNoPlug: m.cause_vehicle_at_no_plug,
  noWish: m.cause_no_wish,
}

function causeWords(cause: Cause, names: Names, format: Format): string {
  const percent = (value: number): string => m.unit_percent({ value: format.percent(value) })
  switch (cause.kind) {
    case 'round':
      return m.cause_round()
    case 'byHand':
      return m.cause_by_hand()
    case 'fleetImported':
      return m.cause_fleet_imported()
    case 'fleetTakenBack':
      return m.cause_fleet_taken_back()
    case 'demoPast':
      return m.cause_demo_past()
    case 'plugged':
      return m.cause_plugged(plugged(cause, names))
    case 'unplugged':
      return m.cause_unplugged(plugged(cause, names))
    case 'chargingBegan':
      return m.cause_charging_began({ vehicle: whoCharges(cause, names) })
    case 'chargingEnded':
      return m.cause_charging_ended({ vehicle: whoCharges(cause, names) })
    case 'evseFree':
      return m.cause_evse_free({ outlet: names.outlet(cause.stationId, cause.evseId) })
    case 'evseWorks':
      return m.cause_evse_works({ outlet: names.outlet(cause.stationId, cause.evseId) })
    case 'evseOutOfOrder':
      return m.cause_evse_out_of_order({ outlet: names.outlet(cause.stationId, cause.evseId) })
    case 'evseBackInOrder':
      return m.cause_evse_back_in_order({ outlet: names.outlet(cause.stationId, cause.evseId) })
    case 'evseChanged':
      return m.cause_evse_changed({ outlet: names.outlet(cause.stationId, cause.evseId) })
    case 'evseFailed':
      return m.cause_evse_failed({ outlet: names.outlet(cause.stationId, cause.evseId) })
    case 'stationPlaced':
      return m.cause_station_placed({ charger: names.station(cause.stationId) })
    case 'stationRegistration': {
      const charger = names.station(cause.stationId)
      return cause.registration === 'accepted'
        ? m.cause_station_accepted({ charger })
        : m.cause_station_not_accepted({ charger })
    }
    case 'stationsBack':
      return cause.count === 1
        ? m.cause_station_back({ charger: names.station(cause.stationId) })
        : m.cause_stations_back({ count: cause.count, n: format.whole(cause.count) })
    case 'stationsGone':
      return cause.count === 1
        ? m.cause_station_gone({ charger: names.station(cause.stationId) })
        : m.cause_stations_gone({ count: cause.count, n: format.whole(cause.count) })
    case 'stationsStarted':
      return cause.count === 1
        ? m.cause_station_started({ charger: names.station(cause.stationId) })
        : m.cause_stations_started({ count: cause.count, n: format.whole(cause.count) })
    case 'vehicleDelay':
      return delayWords(names.vehicle(cause.vehicleId), cause.delaySeconds, format)
    case 'vehicleSoc':
      return m.cause_vehicle_soc({ vehicle: names.vehicle(cause.vehicleId), percent: percent(cause.socPercent) })
    case 'vehicleAt':
      return m.cause_vehicle_at({
        vehicle: names.vehicle(cause.vehicleId),
        outlet: names.outlet(cause.stationId, cause.evseId),
      })
    case 'wish': {
      const vehicle = names.vehicle(cause.vehicleId)
      return [
        ...(cause.chargeNow ? [m.cause_wish_now({ vehicle })] : []),
        ...(cause.needSocPercent === null
          ? []
          : [m.cause_wish_need({ vehicle, percent: percent(cause.needSocPercent) })]),
        ...(cause.otherDeparture ? [m.cause_wish_departure({ vehicle })] : []),
      ].join(', ')
    }
    case 'blockGiven':
      return cause.vehicleId === null
        ? m.cause_block_given_to_nobody({ block: cause.blockId })
        : m.cause_block_given({ block: cause.blockId, vehicle: names.vehicle(cause.vehicleId) })
    case 'blockTaken':
      return m.cause_block_taken({ block: cause.blockId, vehicle: names.vehicle(cause.vehicleId) })
    case 'vehicleTypeChanged':
      return m.cause_vehicle_type({ type: cause.label })
    case 'limit':
      return m.cause_limit({ node: cause.nodeId, power: m.unit_kw({ value: format.kw(cause.powerW) }) })
    case 'baseLoad':
      return m.cause_base_load({ node: cause.nodeId, power: m.unit_kw({ value: format.kw(cause.powerW) }) })
    case 'temperature':
      return cause.celsius === null
        ? m.cause_temperature_unknown()
        : m.cause_temperature({ celsius: m.unit_celsius({ value: format.oneDecimal(cause.celsius) }) })
    case 'tariffChanged':
      return m.cause_tariff_changed({ date: format.date(cause.validFrom) })
    case 'tariffDeleted':
      return m.cause_tariff_deleted({ date: format.date(cause.validFrom) })
    case 'prices':
      return m.cause_prices({ series: cause.series })
    case 'carbon':
      return m.cause_carbon({ series: cause.series })
    case 'timetableImported':
      return m.cause_timetable({ feed: cause.feedId })
    default:
      return VEHICLE_WORDS[cause.kind]({ vehicle: names.vehicle(cause.vehicleId) })
  }
}

interface AtOutlet {
  vehicleId: string | null
  stationId: string
  evseId: number
}

const plugged = ({ vehicleId, stationId, evseId }: AtOutlet, names: Names): { vehicle: string; outlet: string } => ({
  vehicle: vehicleId === null ? m.cause_a_vehicle() : names.vehicle(vehicleId),
  outlet: names.outlet(stationId, evseId),
})

const whoCharges = ({ vehicleId, stationId, evseId }: AtOutlet, names: Names): string =>
  vehicleId === null ? names.outlet(stationId, evseId) : names.vehicle(vehicleId)

function delayWords(vehicle: string, delaySeconds: number | null, format: Format): string {
  if (delaySeconds === null) return m.cause_vehicle_delay_unknown({ vehicle })
  const minutes = Math.round(Math.abs(delaySeconds) / 60)
  if (minutes === 0) return m.cause_vehicle_on_time({ vehicle })
  const delay = format.duration(minutes * 60_000)
  return delaySeconds > 0 ? m.cause_vehicle_late({ vehicle, delay }) : m.cause_vehicle_early({ vehicle, delay })
}
