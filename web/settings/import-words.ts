import { m } from '../parts/messages.ts'
import type { ImportKind } from './import-kind.ts'

export const kindWord: Record<ImportKind, () => string> = {
  gtfs: m.settings_kind_gtfs,
  tods: m.settings_kind_tods,
  fleet: m.settings_kind_fleet,
  tariff: m.settings_kind_tariff,
  prices: m.settings_kind_prices,
  carbon: m.settings_kind_carbon,
  weather: m.settings_kind_weather,
  places: m.settings_kind_places,
}
