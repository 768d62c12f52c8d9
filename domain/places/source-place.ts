import type { Said } from '../sentences/said.ts'
import type { Sentence } from '../sentences/sentence.ts'
import type { PlaceKind, PlaceProperties } from '../place.ts'

/** A place as a source tells it. */
export interface SourcePlace {
  /** Unique within the source. */
  externalId: string
  kind: PlaceKind
  name: string
  latitude: number
  longitude: number
  capacity: number | null
  free: number | null
  /** The time of `free`; null: the source does not say. */
  asOf: Date | null
  properties: PlaceProperties
  readings: PlaceReading[]
}

export interface PlaceReading {
  quantity: string
  at: Date
  value: number
}

/** What was wrong with a source's file, grouped. */
export interface PlaceFinding {
  code: string
  message: Sentence
  count: number
  /** The first few, by the place's name or the feature's number. */
  examples: Said[]
}

export interface SourceReading {
  places: SourcePlace[]
  findings: PlaceFinding[]
  /** Why nothing can be taken from it; null when something can. */
  refused: Sentence | null
}
