import { say } from '../../domain/sentences/sentence.ts'
import type { TimetableTrip, VehicleRule } from '../../domain/timetable.ts'
import { readRows } from './csv-table.ts'
import type { Findings } from './feed-report.ts'
import { parseDate } from './gtfs-values.ts'

/**
 * Which vehicle drives which block: TODS vehicle_assignments.txt. Beyond the standard, a row without a date counts for every day of the
 * service. Rows that name an unknown block, service or vehicle (where vehicles.txt is there) are reported and left out.
 */
export function readVehicleRules(
  files: ReadonlyMap<string, Uint8Array>,
  trips: readonly TimetableTrip[],
  findings: Findings,
): VehicleRule[] {
  const file = 'vehicle_assignments.txt'
  const vehicles = new Set(
    readRows(files, 'vehicles.txt', findings, ['vehicle_id']).map((row) => row.values['vehicle_id'] ?? ''),
  )
  const servicesOfBlock = new Map<string, Set<string>>()
  for (const trip of trips) {
    if (trip.blockId === null) continue
    const services = servicesOfBlock.get(trip.blockId) ?? new Set()
    servicesOfBlock.set(trip.blockId, services.add(trip.serviceId))
  }
  const rules = new Map<string, VehicleRule>()
  for (const { values, line } of readRows(files, file, findings, ['date', 'service_id', 'block_id', 'vehicle_id'])) {
    const { date: dateText = '', service_id: service = '', block_id: blockId = '', vehicle_id: vehicleId = '' } = values
    const services = servicesOfBlock.get(blockId)
    const date = dateText === '' ? null : parseDate(dateText)
    const detail = `${dateText} ${service} ${blockId}: ${vehicleId}`
    if (services === undefined || (service !== '' && !services.has(service))) {
      findings.error(file, 'danglingBlock', say('assignedUnknownBlock'), line, detail)
    } else if (vehicleId === '' || (vehicles.size > 0 && !vehicles.has(vehicleId))) {
      findings.error(file, 'danglingVehicle', say('assignedUnknownVehicle'), line, detail)
    } else if (date === null && dateText !== '') {
      findings.error(file, 'badDate', say('assignedBadDate'), line, detail)
    } else {
      for (const serviceId of service === '' ? services : [service]) {
        const key = `${serviceId}\u{0}${blockId}\u{0}${date ?? ''}`
        if (rules.has(key)) {
          findings.error(file, 'duplicateId', say('assignedAgain'), line, detail)
        } else rules.set(key, { serviceId, blockId, date, vehicleId })
      }
    }
  }
  return [...rules.values()]
}
