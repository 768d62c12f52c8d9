/** Mean radius (IUGG): distances are within 0.5 % of those on the ellipsoid. */
export const EARTH_RADIUS_M = 6_371_008.8
const RADIANS = Math.PI / 180
/** Metres to a degree of latitude; of longitude, times the cosine of the latitude. For places near each other, where the earth is flat. */
export const METRES_PER_DEGREE = EARTH_RADIUS_M * RADIANS

/** Great-circle distance in metres between two places in degrees (haversine). */
export function greatCircleM(latitude1: number, longitude1: number, latitude2: number, longitude2: number): number {
  const halfLatitude = ((latitude2 - latitude1) * RADIANS) / 2
  const halfLongitude = ((longitude2 - longitude1) * RADIANS) / 2
  const a =
    Math.sin(halfLatitude) ** 2 +
    Math.cos(latitude1 * RADIANS) * Math.cos(latitude2 * RADIANS) * Math.sin(halfLongitude) ** 2
  return 2 * EARTH_RADIUS_M * Math.asin(Math.min(1, Math.sqrt(a)))
}
