import type { Generated } from 'kysely'
import type { PlaceKind, PlaceMapping, LatestReadings, PlaceProperties } from '../../domain/place.ts'
import type { Jsonb, JsonbDefault } from '../columns.ts'

/** Tables of places where one can go (migration 0008). */
export interface PlaceTables {
  place_source: PlaceSourceTable
  place: PlaceTable
  place_bay: PlaceBayTable
  place_key: PlaceKeyTable
  place_signature: PlaceSignatureTable
  place_reading: PlaceReadingTable
  ad_hoc_tariff: AdHocTariffTable
}

export interface PlaceSourceTable {
  id: string
  name: string
  /** What its places are, unless one says otherwise. */
  kind: PlaceKind
  public: Generated<boolean>
  mapping: JsonbDefault<PlaceMapping>
  licence: string | null
  attribution: string | null
  url: string | null
  fetch_minutes: number | null
  next_fetch_at: Date | null
  fetched_at: Date | null
  fetch_outcome: string | null
  fetch_failures: Generated<number>
  updated_at: Date
}

export interface PlaceTable {
  /** `source:id in the source` */
  id: string
  source: string
  kind: PlaceKind
  name: string
  latitude: number
  longitude: number
  capacity: number | null
  /** As it was at `as_of`; null: never told. */
  free: number | null
  as_of: Date | null
  public: Generated<boolean>
  properties: Jsonb<PlaceProperties>
  latest: JsonbDefault<LatestReadings>
  updated_at: Date
}

export interface PlaceBayTable {
  place_id: string
  bay_id: string
  occupied: boolean
  at: Date
}

export interface PlaceKeyTable {
  source: string
  id: Generated<number>
  secret: string
  created_at: Date
}

export interface PlaceSignatureTable {
  source: string
  signature: string
  at: Date
}

export interface PlaceReadingTable {
  place_id: string
  quantity: string
  at: Date
  value: number
}

export interface AdHocTariffTable {
  id: string
  name: string
  energy_micro_eur_per_kwh: number | null
  session_micro_eur: number | null
  time_micro_eur_per_hour: number | null
  vat_percent: number | null
  updated_at: Date
}
