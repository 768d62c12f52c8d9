import type { RealtimeBlock, RealtimeVehicle } from '../../db/views/realtime.ts'
import { posix } from './realtime-message.ts'
import type { RealtimeEntity, VehiclePositionEntity } from './realtime-message.ts'
import { earlier, tripDescriptor, vehicleDescriptor } from './trip-updates.ts'

/** Where vehicles are, with the trip that each drives when it carries passengers. One that has come home, and stands, is no longer on the road. */
export function vehiclePositions(
  vehicles: readonly RealtimeVehicle[],
  blocks: readonly RealtimeBlock[],
  now: Date,
): RealtimeEntity[] {
  const byKey = new Map(blocks.map((block) => [`${block.date} ${block.blockId}`, block]))
  return vehicles.flatMap((vehicle): RealtimeEntity[] => {
    const block = vehicle.work === null ? undefined : byKey.get(`${vehicle.work.date} ${vehicle.work.blockId}`)
    if (block === undefined && !(vehicle.speedKmh !== null && vehicle.speedKmh > 0)) return []
    const entity = {
      id: `vehicle-${vehicle.vehicleId}`,
      vehicle: {
        ...onTrip(vehicle, block),
        vehicle: vehicleDescriptor(vehicle),
        position: {
          latitude: vehicle.latitude,
          longitude: vehicle.longitude,
          ...(vehicle.headingDeg === null ? {} : { bearing: vehicle.headingDeg }),
          ...(vehicle.odometerM === null ? {} : { odometer: vehicle.odometerM }),
          ...(vehicle.speedKmh === null ? {} : { speed: Math.round(vehicle.speedKmh * (1000 / 3600) * 100) / 100 }),
        },
        timestamp: posix(earlier(vehicle.positionAt, now)),
        ...occupancy(vehicle),
      },
    }
    return [entity]
  })
}

/** The same with the state of charge, for the JSON form. */
export function withStateOfCharge(
  entities: readonly RealtimeEntity[],
  vehicles: readonly RealtimeVehicle[],
): RealtimeEntity[] {
  const byId = new Map(vehicles.map((vehicle) => [vehicle.vehicleId, vehicle]))
  return entities.map((entity) => {
    const { socPercent = null, socAt = null } = byId.get(entity.vehicle?.vehicle.id ?? '') ?? {}
    if (entity.vehicle === undefined || socPercent === null || socAt === null) return entity
    const charge = { state_of_charge_percentage: socPercent, state_of_charge_timestamp: posix(socAt) }
    return { ...entity, vehicle: { ...entity.vehicle, ...charge } }
  })
}

type OnTrip = Pick<VehiclePositionEntity, 'trip' | 'current_stop_sequence' | 'stop_id' | 'current_status'>

function onTrip({ work, doorsOpen }: RealtimeVehicle, block: RealtimeBlock | undefined): OnTrip {
  const trip = block?.trips.find((one) => one.tripId === work?.tripId)
  if (block === undefined || trip === undefined || work === null) return {}
  const descriptor = { trip: tripDescriptor(block, trip) }
  const calls = block.stops.filter((call) => call.tripId === trip.tripId)
  const here = doorsOpen === true ? calls.find((call) => call.sequence === work.sequence) : undefined
  if (here !== undefined)
    return { ...descriptor, current_stop_sequence: here.sequence, stop_id: here.stopId, current_status: 'STOPPED_AT' }
  const next = calls.find((call) => (work.sequence === null ? !call.passed : call.sequence > work.sequence))
  if (next === undefined) return descriptor
  return { ...descriptor, current_stop_sequence: next.sequence, stop_id: next.stopId, current_status: 'IN_TRANSIT_TO' }
}

function occupancy({
  passengers,
  passengerPlaces,
}: RealtimeVehicle): Pick<VehiclePositionEntity, 'occupancy_status' | 'occupancy_percentage'> {
  if (passengers === null || passengerPlaces === null || passengerPlaces <= 0) return {}
  const percent = Math.round((100 * passengers) / passengerPlaces)
  const status =
    percent <= 5
      ? 'EMPTY'
      : percent <= 50
        ? 'MANY_SEATS_AVAILABLE'
        : percent <= 80
          ? 'FEW_SEATS_AVAILABLE'
          : percent <= 100
            ? 'STANDING_ROOM_ONLY'
            : 'CRUSHED_STANDING_ROOM_ONLY'
  return { occupancy_status: status, occupancy_percentage: percent }
}
