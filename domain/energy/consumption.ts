import type { Site, VehicleType } from '../fleet.ts'

/** Consumption at an outdoor temperature, piecewise linear, flat beyond the curve's ends. null: the temperature is unknown, so the curve's highest value counts. */
export function consumptionKwhPerKm(type: Pick<VehicleType, 'consumption'>, temperatureC: number | null): number {
  const curve = type.consumption
  if (temperatureC === null) return Math.max(...curve.map((point) => point[1]))
  let before = curve[0]
  if (before === undefined) throw new RangeError('a consumption curve needs at least one point')
  if (temperatureC <= before[0]) return before[1]
  for (const after of curve) {
    if (temperatureC < after[0]) {
      return before[1] + ((after[1] - before[1]) * (temperatureC - before[0])) / (after[0] - before[0])
    }
    before = after
  }
  return before[1]
}

export interface AssumedTemperature {
  /** null: nobody measured one and the site has no monthly means. */
  celsius: number | null
  source: 'measured' | 'forecast' | 'monthlyMean' | 'unknown'
}

/** Weather changes within hours; a reading from this morning says little about tonight. */
const MEASURED_FOR_MS = 6 * 3_600_000
const DAY_MS = 86_400_000

/** The outdoor temperature to plan with: the mean that is forecast for the coming day, else the one measured at the site if it is fresh, else the long-term mean, read from month to month without steps. */
export function assumedTemperature(
  site: Pick<Site, 'outdoorTemperatureC' | 'outdoorTemperatureAt' | 'monthlyTemperatureC'>,
  now: Date,
  forecastC: number | null = null,
): AssumedTemperature {
  if (forecastC !== null) return { celsius: forecastC, source: 'forecast' }
  const { outdoorTemperatureC, outdoorTemperatureAt, monthlyTemperatureC } = site
  if (
    outdoorTemperatureC !== null &&
    outdoorTemperatureAt !== null &&
    Math.abs(now.getTime() - outdoorTemperatureAt.getTime()) <= MEASURED_FOR_MS
  ) {
    return { celsius: outdoorTemperatureC, source: 'measured' }
  }
  if (monthlyTemperatureC?.length !== 12) return { celsius: null, source: 'unknown' }
  // A month's mean stands for its middle.
  const month = now.getUTCMonth()
  const middle = Date.UTC(now.getUTCFullYear(), month, 15)
  const side = now.getTime() < middle ? -1 : 1
  const neighbour = Date.UTC(now.getUTCFullYear(), month + side, 15)
  const share = Math.abs(now.getTime() - middle) / Math.max(DAY_MS, Math.abs(neighbour - middle))
  const here = monthlyTemperatureC[month] ?? 0
  const there = monthlyTemperatureC[(month + side + 12) % 12] ?? 0
  return { celsius: Math.round((here + share * (there - here)) * 10) / 10, source: 'monthlyMean' }
}
