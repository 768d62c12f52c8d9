import type { Said } from './sentences/said.ts'
import type { Sentence } from './sentences/sentence.ts'

/** A timetable as it is stored: every time known, every distance in metres, every reference sound. */
export interface Timetable {
  feedId: string
  timeZone: string
  /** First and last service day, `YYYY-MM-DD`. */
  startDate: string
  endDate: string
  serviceDays: { serviceId: string; date: string }[]
  routes: TimetableRoute[]
  stops: TimetableStop[]
  shapes: TimetableShape[]
  trips: TimetableTrip[]
  stopTimes: StopTimeColumns
  vehicleRules: VehicleRule[]
}

export interface TimetableRoute {
  routeId: string
  shortName: string | null
  longName: string | null
  type: number | null
  color: string | null
  textColor: string | null
}

export interface TimetableStop {
  stopId: string
  code: string | null
  name: string
  latitude: number | null
  longitude: number | null
  locationType: number
  parentId: string | null
}

export interface TimetableShape {
  shapeId: string
  /** [latitude, longitude, metres from the start]. */
  points: [number, number, number][]
  lengthM: number
}

export type DistanceSource = 'shape_dist' | 'shape' | 'stops' | 'tods' | 'time'

export interface TimetableTrip {
  tripId: string
  routeId: string | null
  serviceId: string
  blockId: string | null
  headsign: string | null
  directionId: number | null
  shapeId: string | null
  kind: string
  distanceM: number
  distanceSource: DistanceSource
  /** Seconds after the service day's noon minus 12 hours. */
  startS: number
  endS: number
  startStopId: string
  endStopId: string
}

/** Stop times column by column, trip after trip and ascending in sequence: a city has hundreds of thousands. All arrays are of one length. */
export interface StopTimeColumns {
  tripId: string[]
  sequence: number[]
  stopId: string[]
  arrivalS: number[]
  departureS: number[]
  /** Metres from the trip's first stop. */
  distanceM: number[]
  /** false: the time was worked out between two timepoints, or the feed calls it approximate. */
  timepoint: boolean[]
}

/** Who drives a block: TODS vehicle_assignments.txt. */
export interface VehicleRule {
  serviceId: string
  blockId: string
  /** null: every day of the service. */
  date: string | null
  vehicleId: string
}

/** What was wrong with a feed, grouped so that one mistake made 600,000 times is one line. */
export interface FeedReport {
  fileName: string
  /** Why nothing was stored; null when it was. */
  refused: Sentence | null
  counts: Record<string, number>
  findings: FeedFinding[]
}

/** `Text`: how it is said; kept and told forms have the same shape. */
export interface FeedFinding<Text = Said> {
  /** `error`: something was left out; `warning`: something was mended, assumed or ignored. */
  severity: 'error' | 'warning'
  file: string
  /** The same trouble has the same code: `unknownColumn`, `danglingStop`. */
  code: string
  message: Text
  count: number
  /** The first few. */
  examples: { line: number | null; detail: Text }[]
}
