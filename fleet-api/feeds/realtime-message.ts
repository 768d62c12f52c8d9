import realtime from 'gtfs-realtime-bindings'

/** A GTFS-Realtime message with names as in its JSON form: snake_case, enumerations as words, instants as POSIX seconds. */
export interface RealtimeMessage {
  header: {
    gtfs_realtime_version: '2.0'
    incrementality: 'FULL_DATASET'
    timestamp: number
    feed_version?: string
  }
  entity: RealtimeEntity[]
}

export interface RealtimeEntity {
  id: string
  vehicle?: VehiclePositionEntity
  trip_update?: TripUpdateEntity
  alert?: AlertEntity
}

export interface TripDescriptor {
  trip_id: string
  route_id?: string
  direction_id?: number
  /** HH:MM:SS; may exceed 24 hours. */
  start_time?: string
  /** YYYYMMDD */
  start_date: string
  schedule_relationship: 'SCHEDULED' | 'CANCELED'
}

export interface VehicleDescriptor {
  id: string
  label: string
}

export interface VehiclePositionEntity {
  trip?: TripDescriptor
  vehicle: VehicleDescriptor
  position: { latitude: number; longitude: number; bearing?: number; odometer?: number; speed?: number }
  current_stop_sequence?: number
  stop_id?: string
  current_status?: 'STOPPED_AT' | 'IN_TRANSIT_TO'
  timestamp: number
  occupancy_status?: string
  occupancy_percentage?: number
  /** In the JSON form only, under MBTA's names: the standard has no place for it. */
  state_of_charge_percentage?: number
  state_of_charge_timestamp?: number
}

export interface StopTimeEvent {
  time: number
  delay: number
  uncertainty?: number
}

export interface StopTimeUpdate {
  stop_sequence: number
  stop_id: string
  arrival?: StopTimeEvent
  departure?: StopTimeEvent
  schedule_relationship: 'SCHEDULED' | 'NO_DATA'
}

export interface TripUpdateEntity {
  trip: TripDescriptor
  vehicle?: VehicleDescriptor
  timestamp: number
  delay?: number
  stop_time_update?: StopTimeUpdate[]
}

export interface TranslatedString {
  translation: { text: string; language: string }[]
}

export interface AlertEntity {
  active_period: { start: number; end: number }[]
  informed_entity: { route_id?: string; trip?: { trip_id: string; start_date: string; route_id?: string } }[]
  cause: string
  effect: string
  severity_level: string
  header_text: TranslatedString
  description_text: TranslatedString
  tts_header_text: TranslatedString
  tts_description_text: TranslatedString
}

export function realtimeMessage(now: Date, entity: RealtimeEntity[], feedVersion: string | null): RealtimeMessage {
  return {
    header: {
      gtfs_realtime_version: '2.0',
      incrementality: 'FULL_DATASET',
      timestamp: posix(now),
      ...(feedVersion === null ? {} : { feed_version: feedVersion }),
    },
    entity,
  }
}

export function posix(at: Date): number {
  return Math.floor(at.getTime() / 1000)
}

/** The message in protobuf. Fields that the standard does not know are left out. */
export function encodeRealtime(message: RealtimeMessage): Uint8Array<ArrayBuffer> {
  const { FeedMessage } = realtime.transit_realtime
  return new Uint8Array(FeedMessage.encode(FeedMessage.fromObject(camelCase(message, new Map()) as object)).finish())
}

/** protobuf.js has the standard's names in camelCase. `names` remembers them: there are few, met tens of thousands of times. */
function camelCase(value: unknown, names: Map<string, string>): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map((item) => camelCase(item, names))
  const result: Record<string, unknown> = {}
  for (const [name, inner] of Object.entries(value)) {
    let camel = names.get(name)
    if (camel === undefined) {
      camel = name.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
      names.set(name, camel)
    }
    result[camel] = camelCase(inner, names)
  }
  return result
}
