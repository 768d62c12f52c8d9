export interface Position {
  latitude: number
  longitude: number
}

/** What part of the earth a map shows; zoom as of web maps (13: a town, 17: a street). */
export interface MapSight extends Position {
  zoom: number
}

export interface Bounds {
  south: number
  west: number
  north: number
  east: number
}

/** What a place is, as a drawing. `dot` is a stop; `here` is where the reader stands or wants to start from. */
export type MapShape = 'dot' | 'here' | 'bus' | 'charger' | 'parking' | 'wifi' | 'air' | 'building' | 'camera'

/**
 * How it stands there, each with a drawing of its own beside its colour: `free` filled, `full` ringed and struck through, `broken` with a
 * cross, `unknown` dashed with a question mark, `plain` where nothing can be free or full.
 */
export type MapState = 'free' | 'full' | 'broken' | 'unknown' | 'plain'

export interface MapPoint extends Position {
  id: string
  /** For those who do not see the map: what it is, its name, and how it stands there. */
  name: string
  shape: MapShape
  state: MapState
  /** A few words beside the drawing, left out where there is no room for them. */
  text?: string
  /** So many places lie here, too near to each other to be told apart: the number is drawn in place of the shape. */
  count?: number
  /** Who gets room first: the higher. 0 when left out. */
  rank?: number
  /** Whether the Tab key stops here; true when left out. Where there are hundreds, the list beside the map serves the keyboard better. */
  tabStop?: boolean
}

export interface MapLine {
  id: string
  /** The line's short name, shown on the line itself. */
  label: string
  /** Six hexadecimal digits; null: ink. */
  color: string | null
  ways: (readonly [latitude: number, longitude: number])[][]
}
