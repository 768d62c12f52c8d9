import { expectedAt, type StopCall } from '../../db/views/stop-calls.ts'
import { latinLetters } from '../../domain/latin-letters.ts'
import { judgeCall } from '../../domain/stop-call.ts'
import type { CallStatus } from '../../domain/stop-call.ts'
import type { Language } from '../../domain/language.ts'
import { localTime, passengerNotice, type PassengerNotice } from './passenger-texts.ts'

/** One row of a board. */
export interface BoardRow {
  stopId: string
  stopCode: string | null
  tripId: string
  date: string
  blockId: string | null
  lineId: string | null
  route: string | null
  routeColor: string | null
  headsign: string | null
  headsignLatin: string | null
  directionId: number | null
  vehicleLabel: string | null
  scheduledAt: Date
  predictedAt: Date | null
  minutes: number | null
  status: CallStatus
  basis: 'learned' | 'deviation' | 'schedule'
  uncertaintySeconds: number | null
  asOf: Date | null
  old: boolean
  departed: boolean
  arrivalOnly: boolean
  notice: PassengerNotice | null
}

/** What the board says of a call. */
export function boardRow(
  call: StopCall,
  options: {
    now: Date
    speed: number
    timeZone: string
    language: Language
    stopCodes: ReadonlyMap<string, string | null>
  },
): BoardRow {
  const { now, timeZone, language } = options
  const prediction = call.terminates ? call.arrival : call.departure
  const scheduledAt = call.terminates ? call.scheduledArrivalAt : call.scheduledDepartureAt
  const verdict = judgeCall(scheduledAt, prediction, options)
  const cancelled = verdict.status === 'cancelled'
  const kind = cancelled ? 'cancelled' : call.replaced ? 'replaced' : null
  const expected = verdict.predictedAt ?? (verdict.status === 'unknown' ? scheduledAt : expectedAt(call))
  return {
    stopId: call.stopId,
    stopCode: options.stopCodes.get(call.stopId) ?? null,
    tripId: call.tripId,
    date: call.date,
    blockId: call.blockId,
    lineId: call.lineId,
    route: call.route,
    routeColor: call.routeColor,
    headsign: call.headsign,
    headsignLatin: inLatin(call.headsign, timeZone),
    directionId: call.directionId,
    vehicleLabel: cancelled ? null : call.vehicleLabel,
    scheduledAt,
    predictedAt: verdict.predictedAt,
    minutes: cancelled ? null : Math.max(0, Math.floor((expected.getTime() - now.getTime()) / 60_000)),
    status: verdict.status,
    basis: verdict.predictedAt === null ? 'schedule' : (prediction?.basis ?? 'schedule'),
    uncertaintySeconds: verdict.uncertaintySeconds,
    asOf: prediction?.asOf ?? null,
    old: verdict.old,
    departed: verdict.predictedAt !== null && prediction?.passed === true,
    arrivalOnly: call.terminates,
    notice:
      kind === null
        ? null
        : passengerNotice(
            { kind, reason: call.reason, route: call.route, time: localTime(scheduledAt, timeZone) },
            language,
          ),
  }
}

/** A name in Latin letters, by the rule of the country whose time the timetable keeps. */
export function inLatin(name: string | null, timeZone: string): string | null {
  const ukrainian = timeZone === 'Europe/Kyiv' || timeZone === 'Europe/Kiev'
  return name === null ? null : latinLetters(name, ukrainian ? 'uk' : 'bg')
}
