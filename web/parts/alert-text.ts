import {
  chargerFaultText,
  profileNotAcceptedText,
  profileNotFollowedText,
  stationOfflineText,
  stationPendingText,
  strangerText,
} from './alert-texts/charger-texts.ts'
import { needText } from './alert-texts/need-text.ts'
import { type AlertText, type AlertTools, type Parameters, parametersOf } from './alert-texts/parameters.ts'
import {
  limitExceededText,
  planFailedText,
  positionsDownText,
  pricesMissingText,
  timetableEndingText,
} from './alert-texts/site-texts.ts'
import { lateText, notPluggedInText, rangeText, socUnknownText } from './alert-texts/vehicle-texts.ts'
import type { Alert } from './api-types.ts'

const texts: Record<string, (of: Parameters) => AlertText | null> = {
  needNotMet: needText,
  notPluggedIn: notPluggedInText,
  unknownVehicle: strangerText,
  unknownToken: strangerText,
  stationOffline: stationOfflineText,
  stationPending: stationPendingText,
  chargerFault: chargerFaultText,
  profileNotAccepted: profileNotAcceptedText,
  profileNotFollowed: profileNotFollowedText,
  limitExceeded: limitExceededText,
  vehicleLate: lateText,
  rangeShort: rangeText,
  positionsDown: positionsDownText,
  pricesMissing: pricesMissingText,
  timetableEnding: timetableEndingText,
  socUnknown: socUnknownText,
  planFailed: planFailedText,
}

/**
 * What is wrong, why, and what mends it, in the reader's language, from the alert's kind and figures. A kind that this page does not know, or one
 * without its figures, is told in the server's own English.
 */
export function alertText(alert: Alert, tools: AlertTools): AlertText {
  return texts[alert.kind]?.(parametersOf(alert, tools, alert.parameters)) ?? alert
}
