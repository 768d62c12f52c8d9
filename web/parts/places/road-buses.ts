import { api, ask, type Answer } from '../api.ts'

/** A bus on the road, as the public feed of positions tells it. */
export interface RoadBus {
  id: string
  label: string
  latitude: number
  longitude: number
  /** Epoch ms. */
  at: number
  routeId: string | null
  nextStopId: string | null
  standing: boolean
  /** Percent and epoch ms, where the feed has them. */
  charge: { percent: number; at: number } | null
}

/** The buses of GTFS-Realtime vehicle positions in their JSON form. */
export async function fetchBuses(): Promise<Answer<RoadBus[]>> {
  const answer = await ask(api.GET('/gtfs-rt/vehicle-positions.json'))
  if (!answer.ok) return answer
  return {
    ok: true,
    value: answer.value.entity.flatMap(({ id, vehicle }): RoadBus[] => {
      if (vehicle === undefined) return []
      const { state_of_charge_percentage: percent, state_of_charge_timestamp: chargedAt } = vehicle
      return [
        {
          id,
          label: vehicle.vehicle.label,
          latitude: vehicle.position.latitude,
          longitude: vehicle.position.longitude,
          at: vehicle.timestamp * 1000,
          routeId: vehicle.trip?.route_id ?? null,
          nextStopId: vehicle.stop_id ?? null,
          standing: vehicle.current_status === 'STOPPED_AT',
          charge: percent === undefined || chargedAt === undefined ? null : { percent, at: chargedAt * 1000 },
        },
      ]
    }),
  }
}
