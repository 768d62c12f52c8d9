import { clock, writeCsv } from './csv-file.ts'
import type { Stop } from './line.ts'
import type { Service, Trip } from './work.ts'

export interface Supplement {
  depot: Stop
  trips: readonly Trip[]
  vehicles: readonly { id: string; label: string; licensePlate: string }[]
  /** Which vehicle drives which block, on every day of the service. */
  assignments: readonly { service: Service; block: string; vehicle: string }[]
}

/** Writes what passengers never see: `folder` gets the depot, the drives from and to it, the vehicles and their work as TODS 2.1. */
export function writeTods(folder: string, { depot, trips, vehicles, assignments }: Supplement): void {
  const deadheads = trips.filter((trip) => trip.kind !== 'revenue')
  writeCsv(folder, 'stops_supplement.txt', 'stop_id,stop_name,stop_lat,stop_lon,TODS_location_type', [
    [depot.id, depot.bg, depot.latitude, depot.longitude, 'garage'],
  ])
  writeCsv(
    folder,
    'trips_supplement.txt',
    'trip_id,route_id,service_id,trip_headsign,direction_id,block_id,TODS_trip_type',
    deadheads.map((trip) => [trip.id, '', trip.service, '', '', trip.block, trip.kind]),
  )
  writeCsv(
    folder,
    'stop_times_supplement.txt',
    'trip_id,arrival_time,departure_time,stop_id,stop_sequence,shape_dist_traveled,timepoint',
    deadheads.flatMap(({ id, kind, start, deadhead: { stopId, metres, minutes } }) => {
      const [from, to] = kind === 'pull-out' ? [depot.id, stopId] : [stopId, depot.id]
      return [
        [id, clock(start), clock(start), from, 1, 0, 1],
        [id, clock(start + minutes), clock(start + minutes), to, 2, metres, 1],
      ]
    }),
  )
  writeCsv(
    folder,
    'vehicles.txt',
    'vehicle_id,vehicle_label,license_plate',
    vehicles.map((vehicle) => [vehicle.id, vehicle.label, vehicle.licensePlate]),
  )
  writeCsv(
    folder,
    'vehicle_assignments.txt',
    'date,service_id,block_id,vehicle_id',
    assignments.map((one) => ['', one.service, one.block, one.vehicle]),
  )
}
