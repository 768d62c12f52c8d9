import type { Db } from '../../db/database.ts'
import { pricesBetween } from '../../db/prices.ts'
import { SLOT_MS } from '../../domain/slots.ts'
import type { PriceOrigin } from '../../domain/stored-plan.ts'
import { networkPrice } from '../../domain/tariff/network-price.ts'
import type { TariffSpan } from '../../domain/tariff/tariff-spans.ts'
import { zonePrice } from '../../domain/tariff/zone-price.ts'
import { alikeDayBefore, DAYS_BACK } from './alike-day.ts'
import { toQuarterHours } from './price-slots.ts'
import { storedSeries } from './stored-series.ts'

/** Stands in where nothing at all is known of prices: then only the peak and the time of charging count. */
const FLAT_MICRO_EUR_PER_KWH = 100_000
const DAY_MS = 24 * 60 * 60_000

export interface SitePrices {
  /** Energy and network price of each quarter hour. */
  microEurPerKwh: number[]
  origin: PriceOrigin
}

type Basis = 'series' | 'zones' | 'lastKnown' | 'flat'

interface SlotPrice {
  microEurPerKwh: number
  basis: Basis
  /** The series that should have had a price here; null: the tariff names none. */
  series: string | null
}

/**
 * What a kilowatt-hour costs a site in each quarter hour from `start`, by the tariff in force in each. First the tariff's series; where it has no price the tariff's
 * zones; where there are none the same time of the last day of the same kind that the series knows; else one flat price. `origin` says which, openly. `tariffs`
 * cover the horizon (`tariffsInForce`).
 */
export async function sitePrices(
  db: Db,
  site: { timeZone: string; tariffs: readonly TariffSpan[] },
  start: Date,
  slots: number,
): Promise<SitePrices> {
  const prices: SlotPrice[] = Array.from({ length: slots }, () => ({
    microEurPerKwh: FLAT_MICRO_EUR_PER_KWH,
    basis: 'flat',
    series: null,
  }))
  const known = new Map<string, KnownSeries>()
  for (const { tariff, startAt, endAt } of site.tariffs) {
    if (tariff === null) continue
    const series = tariff.series ?? null
    if (series !== null && !known.has(series)) known.set(series, await knownSeries(db, series, start, slots))
    const read = series === null ? undefined : known.get(series)
    const zones = tariff.zones === undefined ? null : zonePrice(tariff.zones, site.timeZone, tariff.holidays)
    const network = networkPrice(tariff, site.timeZone)
    const before = alikeDayBefore(site.timeZone, tariff.holidays)
    const first = Math.max(0, Math.ceil((startAt.getTime() - start.getTime()) / SLOT_MS))
    const last = Math.min(slots, Math.ceil((endAt.getTime() - start.getTime()) / SLOT_MS))
    for (let slot = first; slot < last; slot += 1) {
      const atMs = start.getTime() + slot * SLOT_MS
      const energy =
        basisOf('series', read?.at(atMs)) ??
        basisOf('zones', zones?.(atMs)) ??
        // Zones that leave an hour out have no day before to ask.
        (zones === null && read !== undefined ? basisOf('lastKnown', before(atMs, read.at)) : null) ??
        ({ basis: 'flat', price: FLAT_MICRO_EUR_PER_KWH } as const)
      prices[slot] = { microEurPerKwh: energy.price + network(atMs), basis: energy.basis, series }
    }
  }
  return { microEurPerKwh: prices.map((one) => one.microEurPerKwh), origin: originOf(prices, start) }
}

function basisOf<B extends Basis>(basis: B, price: number | null | undefined): { basis: B; price: number } | null {
  return price === null || price === undefined ? null : { basis, price }
}

interface KnownSeries {
  at(atMs: number): number | null
}

/** A series over the horizon and, when it has a hole there, over the days before. */
async function knownSeries(db: Db, series: string, start: Date, slots: number): Promise<KnownSeries> {
  const end = new Date(start.getTime() + slots * SLOT_MS)
  const quarters = toQuarterHours(await storedSeries(db, series).prices(start, end), start, slots)
  if (!quarters.includes(null)) return readerOf(quarters, start)
  const back = DAYS_BACK + Math.ceil((slots * SLOT_MS) / DAY_MS)
  const from = new Date(start.getTime() - back * DAY_MS)
  return readerOf(
    toQuarterHours(await pricesBetween(db, series, from, end), from, slots + (back * DAY_MS) / SLOT_MS),
    from,
  )
}

function readerOf(quarters: readonly (number | null)[], from: Date): KnownSeries {
  return { at: (atMs) => quarters[(atMs - from.getTime()) / SLOT_MS] ?? null }
}

function originOf(prices: readonly SlotPrice[], start: Date): PriceOrigin {
  const named = prices.find((one) => one.series !== null)
  const gap = prices.findIndex((one) => one.series !== null && one.basis !== 'series')
  const missing = gap < 0 ? undefined : prices[gap]
  const flat = prices.find((one) => one.basis === 'flat')
  const standIn = missing ?? flat
  return {
    kind: kindOf(prices),
    series: (missing ?? named)?.series ?? null,
    missingFrom: missing === undefined ? null : new Date(start.getTime() + gap * SLOT_MS).toISOString(),
    fallback: standIn === undefined || standIn.basis === 'series' ? null : standIn.basis,
  }
}

function kindOf(prices: readonly SlotPrice[]): PriceOrigin['kind'] {
  if (prices.every((one) => one.basis === 'series')) return 'series'
  if (prices.every((one) => one.basis === 'zones')) return 'zones'
  // A tariff that names no price at all is as good as none.
  return prices.some((one) => one.series !== null || one.basis !== 'flat') ? 'mixed' : 'none'
}
