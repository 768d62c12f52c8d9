import type { Db } from '../../db/database.ts'
import type { RealtimeMessage } from '../../fleet-api/feeds/realtime-message.ts'

/**
 * What MobilityData's gtfs-realtime-validator would find wrong with feeds that were fetched together: the errors and warnings of its RULES.md that can apply
 * to what we publish, by their codes there. Empty: nothing. `before` is an earlier fetch of the same feed.
 */
export async function realtimeFaults(
  db: Db,
  messages: readonly RealtimeMessage[],
  { now, before }: { now: Date; before?: RealtimeMessage },
): Promise<string[]> {
  const trips = new Map((await db.selectFrom('trip').selectAll().execute()).map((trip) => [trip.id, trip]))
  const times = Map.groupBy(
    await db.selectFrom('stop_time').selectAll().orderBy('trip_id').orderBy('sequence').execute(),
    (row) => row.trip_id,
  )
  const routes = new Set((await db.selectFrom('route').select('id').execute()).map((row) => row.id))
  const stops = new Map((await db.selectFrom('stop').selectAll().execute()).map((row) => [row.id, row]))
  const faults: string[] = []
  const check = (right: boolean, code: string, where: string): void => {
    if (!right) faults.push(`${code} ${where}`)
  }
  const isPosix = (seconds: number): boolean =>
    Number.isInteger(seconds) && seconds > 1_000_000_000 && seconds < 5_000_000_000
  const nowS = Math.floor(now.getTime() / 1000)
  const ids = new Set<string>()
  const vehicleOfTrip = new Map<string, string>()

  for (const message of messages) {
    const { header, entity } = message
    check(header.gtfs_realtime_version === '2.0', 'E038', 'header version')
    check(header.incrementality === 'FULL_DATASET', 'E049', 'incrementality')
    check(isPosix(header.timestamp), 'E048/E001', 'header timestamp')
    check(header.timestamp <= nowS, 'E050', 'header in the future')
    check(nowS - header.timestamp <= 65, 'W008', 'header is old')
    if (before !== undefined) check(header.timestamp >= before.header.timestamp, 'E018', 'header goes back')
    const vehicleIds = new Set<string>()
    for (const { id, vehicle, trip_update: update, alert } of entity) {
      check(!ids.has(id), 'E052', `${id} twice`)
      ids.add(id)
      check([vehicle, update, alert].filter((part) => part !== undefined).length === 1, 'E-one', `${id} has one part`)
      for (const trip of [vehicle?.trip, update?.trip]) {
        if (trip === undefined) continue
        const known = trips.get(trip.trip_id)
        check(known !== undefined, 'E003', `${id} trip ${trip.trip_id}`)
        check(trip.route_id === undefined || routes.has(trip.route_id), 'E004', id)
        check(trip.route_id === undefined || trip.route_id === known?.route_id, 'E035', id)
        check(trip.direction_id === undefined || trip.direction_id === known?.direction_id, 'E024', id)
        check(/^\d\d:[0-5]\d:[0-5]\d$/.test(trip.start_time ?? ''), 'E020', id)
        check(/^20\d\d[01]\d[0-3]\d$/.test(trip.start_date), 'E021', id)
        const [h = 0, m = 0, s = 0] = (trip.start_time ?? '').split(':').map(Number)
        check(h * 3600 + m * 60 + s === times.get(trip.trip_id)?.[0]?.departure_s, 'E023', id)
        check(['SCHEDULED', 'CANCELED'].includes(trip.schedule_relationship), 'W009', id)
      }
      if (vehicle !== undefined) {
        const { latitude, longitude, bearing = 0, speed = 0 } = vehicle.position
        check(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && (latitude !== 0 || longitude !== 0), 'E026', id)
        check(bearing >= 0 && bearing <= 360, 'E027', id)
        check(speed >= 0 && speed <= 26, 'W004', id)
        check(vehicle.vehicle.id !== '' && !vehicleIds.has(vehicle.vehicle.id), 'E052', `${id} vehicle twice`)
        vehicleIds.add(vehicle.vehicle.id)
        check(isPosix(vehicle.timestamp), 'W001', id)
        check(vehicle.timestamp <= header.timestamp, 'E012', id)
        if (vehicle.trip !== undefined) {
          const paired = vehicleOfTrip.get(`${vehicle.trip.start_date} ${vehicle.trip.trip_id}`)
          check(paired === undefined || paired === vehicle.vehicle.id, 'E047', id)
          const at = times.get(vehicle.trip.trip_id)?.find((row) => row.sequence === vehicle.current_stop_sequence)
          check(vehicle.current_stop_sequence === undefined || at?.stop_id === vehicle.stop_id, 'E045', id)
        }
      }
      if (update !== undefined) {
        const updates = update.stop_time_update ?? []
        check(isPosix(update.timestamp), 'W001', id)
        check(update.timestamp <= header.timestamp, 'E012', id)
        check(updates.length > 0 || update.trip.schedule_relationship === 'CANCELED', 'E041', id)
        if (update.vehicle !== undefined)
          vehicleOfTrip.set(`${update.trip.start_date} ${update.trip.trip_id}`, update.vehicle.id)
        let lastSequence = -1
        let lastStop = ''
        let lastTime = 0
        for (const one of updates) {
          const where = `${id} at ${one.stop_sequence}`
          check(one.stop_sequence > lastSequence, 'E002/E036', where)
          check(one.stop_id !== lastStop, 'E037', where)
          lastSequence = one.stop_sequence
          lastStop = one.stop_id
          const scheduled = times.get(update.trip.trip_id)?.find((row) => row.sequence === one.stop_sequence)
          check(scheduled !== undefined, 'E051', where)
          check(scheduled?.stop_id === one.stop_id, 'E045', where)
          check(stops.has(one.stop_id), 'E011', where)
          check(stops.get(one.stop_id)?.location_type === 0, 'E015', where)
          const events = [one.arrival, one.departure]
          if (one.schedule_relationship === 'NO_DATA') {
            check(
              events.every((event) => event === undefined),
              'E042',
              where,
            )
            continue
          }
          check(
            events.some((event) => event !== undefined),
            'E043',
            where,
          )
          for (const event of events) {
            if (event === undefined) continue
            check(isPosix(event.time), 'E044/E001', where)
            check(event.time >= lastTime, 'E022/E025', where)
            check(Number.isInteger(event.delay), 'E044', where)
            lastTime = event.time
          }
        }
      }
      if (alert !== undefined) {
        check(alert.informed_entity.length > 0, 'E032', id)
        check(
          alert.informed_entity.every((one) => one.trip !== undefined || one.route_id !== undefined),
          'E033',
          id,
        )
        for (const { trip } of alert.informed_entity) {
          if (trip === undefined) continue
          check(trips.has(trip.trip_id), 'E003', id)
          check(trip.route_id === undefined || trip.route_id === trips.get(trip.trip_id)?.route_id, 'E030', id)
        }
        check(
          alert.active_period.every(({ start, end }) => isPosix(start) && isPosix(end) && start < end),
          'E001',
          id,
        )
        for (const text of [
          alert.header_text,
          alert.description_text,
          alert.tts_header_text,
          alert.tts_description_text,
        ])
          check(
            text.translation.every((one) => one.text !== '' && one.language !== ''),
            'E-text',
            id,
          )
      }
    }
  }
  return faults
}
