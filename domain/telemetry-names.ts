type Fields = Record<string, unknown>

/**
 * A reading under our names, whatever names it came with; null: no object. Ours win. Understood beside them:
 * - MBTA's JSON feeds: `vehicle_id`, `state_of_charge_percentage`, `state_of_charge_timestamp`, `timestamp`, `bearing` (times as ISO 8601 or POSIX seconds);
 * - rFMS 4 vehicle status: `vin`, `createdDateTime`, `hrTotalVehicleDistance` (m), `status2OfDoors`, and of `snapshotData` `hybridBatteryPackRemainingCharge`
 *   (also said by vehicles that are all electric), `ambientAirTemperature`, `wheelBasedSpeed`, `gnssPosition`.
 */
export function ourNames(value: unknown): Fields | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const given = value as Fields
  const snapshot = objectIn(given, 'snapshotData')
  const position = objectIn(snapshot, 'gnssPosition')
  const known: Fields = {
    vehicleId: given['vehicleId'] ?? given['vehicle_id'] ?? given['vin'],
    at:
      given['at'] ??
      instantOf(given['timestamp']) ??
      given['createdDateTime'] ??
      instantOf(given['state_of_charge_timestamp']),
    socPercent:
      given['socPercent'] ?? given['state_of_charge_percentage'] ?? snapshot['hybridBatteryPackRemainingCharge'],
    socAt: given['socAt'] ?? instantOf(given['state_of_charge_timestamp']),
    odometerM: given['odometerM'] ?? given['hrTotalVehicleDistance'],
    speedKmh: given['speedKmh'] ?? snapshot['wheelBasedSpeed'] ?? position['speed'],
    latitude: given['latitude'] ?? position['latitude'],
    longitude: given['longitude'] ?? position['longitude'],
    headingDeg: given['headingDeg'] ?? given['bearing'] ?? position['heading'],
    outdoorTemperatureC: given['outdoorTemperatureC'] ?? snapshot['ambientAirTemperature'],
    batteryTemperatureC: given['batteryTemperatureC'],
    doorsOpen: given['doorsOpen'] ?? doorsOf(given['status2OfDoors']),
    passengers: given['passengers'],
  }
  return known
}

function objectIn(fields: Fields, name: string): Fields {
  const value = fields[name]
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

/** POSIX seconds as ISO 8601; a text as it is. */
function instantOf(value: unknown): unknown {
  if (typeof value !== 'number') return value
  const at = new Date(value * 1000)
  return Number.isNaN(at.getTime()) ? value : at.toISOString()
}

function doorsOf(status: unknown): boolean | undefined {
  if (status === 'ALL_BUS_DOORS_CLOSED') return false
  return status === 'AT_LEAST_ONE_BUS_DOOR_NOT_CLOSED' ? true : undefined
}
