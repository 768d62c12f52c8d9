import { localDate } from '../service-time.ts'
import { SLOT_MS, slotStart } from '../slots.ts'
import { carbonFactorOn, type CarbonFactor } from './carbon-factor.ts'
import { createLocalClock, dateOf } from './local-clock.ts'
import { networkPrice } from './network-price.ts'
import { quarterMeans, type ValueSpan } from './quarter-means.ts'
import { carbonSeriesOf } from './tariff.ts'
import type { TariffSpan } from './tariff-spans.ts'
import { zonePrice } from './zone-price.ts'

/** What a kilowatt-hour cost and emitted in one quarter hour; null: not known. */
export interface QuarterCosting {
  energyMicroEurPerKwh: number | null
  networkMicroEurPerKwh: number | null
  carbonLocationGPerKwh: number | null
  carbonMarketGPerKwh: number | null
  /** Where the location-based figure is from: hourly generation, or a yearly factor. */
  carbonBasis: 'series' | 'factor' | null
}

export interface SiteCosting {
  from: Date
  to: Date
  /** `startAt` is the begin of a quarter hour in `[from, to)`; anything else is a RangeError. */
  quarter(startAt: Date): QuarterCosting
  /** Monthly charge per kW of a peak, by the tariff in force at the peak's own quarter hour; null: no tariff. */
  peakMicroEurPerKw(at: Date): number | null
  /** Tariffs of the span, in order. */
  tariffs: readonly TariffSpan[]
  /** Yearly factors that hold somewhere in the span, for the figure's source and year. */
  carbonFactors: readonly CarbonFactor[]
}

export interface SiteCostingInput {
  timeZone: string
  from: Date
  to: Date
  /** Cover `[from, to)` without holes. */
  tariffs: readonly TariffSpan[]
  /** Price series by name, in millionths of a euro per kWh. */
  prices: ReadonlyMap<string, readonly ValueSpan[]>
  /** Carbon series by name, in g per kWh. */
  carbon: ReadonlyMap<string, readonly ValueSpan[]>
  carbonFactors: readonly CarbonFactor[]
}

/**
 * What energy cost a site in each quarter hour that is over: the tariff in force, its series where it has a price, else its zones. Unlike planning it takes
 * nothing instead of what is unknown: no price of the day before, no flat price.
 */
export function createSiteCosting(input: SiteCostingInput): SiteCosting {
  const { timeZone, from, to, carbonFactors } = input
  const start = slotStart(from)
  const slots = Math.max(0, Math.ceil((to.getTime() - start.getTime()) / SLOT_MS))
  const gridOf = (series: ReadonlyMap<string, readonly ValueSpan[]>, name: string | null): (number | null)[] | null => {
    const values = name === null ? undefined : series.get(name)
    return values === undefined ? null : quarterMeans(values, start, slots)
  }
  const grids = new Map<string, (number | null)[] | null>()
  const spans = input.tariffs.map((span) => {
    const { tariff } = span
    const priceName = tariff?.series ?? null
    const carbonName = carbonSeriesOf(tariff)
    const shared = (kind: string, name: string | null, source: SiteCostingInput['prices']) => {
      const key = `${kind} ${name}`
      if (!grids.has(key)) grids.set(key, gridOf(source, name))
      return grids.get(key) ?? null
    }
    return {
      span,
      series: shared('price', priceName, input.prices),
      carbon: shared('carbon', carbonName, input.carbon),
      zones: tariff?.zones === undefined ? null : zonePrice(tariff.zones, timeZone, tariff.holidays),
      network: tariff === null ? null : networkPrice(tariff, timeZone),
    }
  })
  const clock = createLocalClock(timeZone)
  const factorOf = daily((day) => ({
    location: carbonFactorOn(carbonFactors, 'location', dateOf(day))?.gPerKwh ?? null,
    market: carbonFactorOn(carbonFactors, 'market', dateOf(day))?.gPerKwh ?? null,
  }))
  const spanAt = (atMs: number) =>
    spans.find(({ span }) => span.startAt.getTime() <= atMs && atMs < span.endAt.getTime())

  return {
    from,
    to,
    tariffs: input.tariffs,
    carbonFactors: factorsWithin(carbonFactors, localDate(from, timeZone), localDate(to, timeZone)),
    quarter(startAt) {
      const atMs = startAt.getTime()
      const slot = (atMs - start.getTime()) / SLOT_MS
      if (!Number.isInteger(slot) || slot < 0 || slot >= slots)
        throw new RangeError(`${startAt.toISOString()} is no quarter hour of the span`)
      // A span that does not begin on a quarter hour has its first quarter's tariff too.
      const found = spanAt(Math.max(atMs, from.getTime()))
      const factor = factorOf(clock(atMs).day)
      const measured = found?.carbon?.[slot] ?? null
      return {
        energyMicroEurPerKwh: found?.series?.[slot] ?? found?.zones?.(atMs) ?? null,
        networkMicroEurPerKwh: found?.network?.(atMs) ?? null,
        carbonLocationGPerKwh: measured ?? factor.location,
        carbonMarketGPerKwh: factor.market,
        carbonBasis: measured !== null ? 'series' : factor.location !== null ? 'factor' : null,
      }
    },
    peakMicroEurPerKw(at) {
      const tariff = spanAt(at.getTime())?.span.tariff
      return tariff === undefined || tariff === null ? null : Math.round(tariff.peakEurPerKw * 1e6)
    },
  }
}

function factorsWithin(factors: readonly CarbonFactor[], first: string, last: string): CarbonFactor[] {
  return factors.filter(
    (factor) =>
      factor.validFrom <= last &&
      !factors.some(
        (later) => later.method === factor.method && later.validFrom > factor.validFrom && later.validFrom <= first,
      ),
  )
}

function daily<T>(work: (day: number) => T): (day: number) => T {
  const known = new Map<number, T>()
  return (day) => {
    const found = known.get(day) ?? work(day)
    known.set(day, found)
    return found
  }
}
