/** GHG Protocol, scope 2: the grid's average where the energy is used, or what the operator's contract says. */
export type CarbonMethod = 'location' | 'market'

/** Grams of CO2 equivalent per kWh for a year, with where the figure is from. */
export interface CarbonFactor {
  method: CarbonMethod
  /** Local date; holds until the next of the same method. */
  validFrom: string
  gPerKwh: number
  source: string
  /** The year that it was worked out for. */
  year: number
  /** Nobody entered it: ours, because the site lies where it holds. */
  isDefault: boolean
}

/** Bulgaria's grid average of 2023 (city.md section 3). Entered factors go before it. */
const BULGARIA: CarbonFactor = {
  method: 'location',
  validFrom: '1970-01-01',
  gPerKwh: 318,
  source: 'lowcarbonpower.org',
  year: 2023,
  isDefault: true,
}

/** The default for a site in this time zone; null where we know none. */
export function defaultCarbonFactor(timeZone: string): CarbonFactor | null {
  return timeZone === 'Europe/Sofia' ? BULGARIA : null
}

/** The factor that holds on a local date; null: unknown. Without a market-based one nothing stands in for it: the contract is not known. */
export function carbonFactorOn(
  factors: readonly CarbonFactor[],
  method: CarbonMethod,
  date: string,
): CarbonFactor | null {
  let found: CarbonFactor | null = null
  for (const factor of factors) {
    if (factor.method !== method || factor.validFrom > date) continue
    if (found === null || factor.validFrom > found.validFrom) found = factor
  }
  return found
}
