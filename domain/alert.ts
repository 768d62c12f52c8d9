import type { JsonObject } from './command.ts'

/** `act`: somebody must do something, else a bus will not leave or a limit will break. `look`: worth knowing. */
export type AlertSeverity = 'act' | 'look'

/** One alert: a sentence with its cause and its remedy. The same `key` is one and the same trouble, raised once and cleared once. */
export interface AlertDraft {
  key: string
  siteId: string | null
  kind: AlertKind
  severity: AlertSeverity
  stationId?: string
  vehicleId?: string
  /** What is wrong, as one sentence without a full stop's ambiguity: "Bus 5 will not make 05:40: 72 of 85 %." */
  sentence: string
  cause: string
  remedy: string
  /** The figures in the sentence, for pages that speak another language. */
  parameters: JsonObject
}

export type AlertKind =
  | 'needNotMet'
  | 'notPluggedIn'
  | 'unknownVehicle'
  | 'unknownToken'
  | 'stationOffline'
  | 'stationPending'
  | 'chargerFault'
  | 'profileNotAccepted'
  | 'profileNotFollowed'
  | 'limitExceeded'
  | 'vehicleLate'
  | 'rangeShort'
  | 'positionsDown'
  | 'pricesMissing'
  | 'timetableEnding'
  | 'socUnknown'
  | 'planFailed'
  | 'faultReported'
