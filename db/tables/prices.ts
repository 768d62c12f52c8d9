import type { Generated } from 'kysely'
import type { CarbonMethod } from '../../domain/tariff/carbon-factor.ts'
import type { MarketFetchKind, MarketFetchOutcome } from '../../domain/tariff/market-fetch.ts'
import type { SiteTariff } from '../../domain/tariff/tariff.ts'
import type { Jsonb, LocalDate } from '../columns.ts'

/** Tables of tariffs, carbon and weather (migration 0006). */
export interface PriceTables {
  site_tariff: SiteTariffTable
  carbon_factor: CarbonFactorTable
  weather: WeatherTable
  market_fetch: MarketFetchTable
  series_import: SeriesImportTable
}

export interface SiteTariffTable {
  site_id: string
  /** In the site's time zone. */
  valid_from: LocalDate
  /** Exclusive; null: until the next one. */
  valid_to: LocalDate | null
  tariff: Jsonb<SiteTariff>
  changed_at: Date
}

export interface CarbonFactorTable {
  site_id: string
  method: CarbonMethod
  valid_from: LocalDate
  g_per_kwh: number
  source: string
  /** The year that the figure was worked out for. */
  year: number
  changed_at: Date
}

export interface WeatherTable {
  site_id: string
  at: Date
  temperature_c: number
  source: string
  received_at: Date
}

export interface MarketFetchTable {
  kind: MarketFetchKind
  /** For weather the site. */
  series: string
  /** The market's day; for weather the day of the look. */
  date: LocalDate
  fetched_at: Date
  outcome: MarketFetchOutcome
  reason: string | null
  slots: Generated<number>
  missing_slots: Generated<number>
  attempts: Generated<number>
  retry_at: Date | null
}

export interface SeriesImportTable {
  id: Generated<number>
  kind: MarketFetchKind
  series: string
  at: Date
  /** As a file name is. */
  source: string
  slots: number
  start_at: Date | null
  end_at: Date | null
}
