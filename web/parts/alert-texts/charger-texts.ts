import { m } from '../messages.ts'
import { type AlertText, outletOf, type Parameters, vehicleOf } from './parameters.ts'
import { readDifference } from '../readback-words.ts'

const list = (of: Parameters, parts: readonly string[]): string =>
  new Intl.ListFormat(of.format.locale, { type: 'conjunction' }).format(parts)

export function stationOfflineText(of: Parameters): AlertText | null {
  const { stationId } = of.alert
  if (stationId === null) return null
  const station = of.names.station(stationId)
  const time = of.time('disconnectedAt')
  const vehicles = of.texts('vehicleIds').map((vehicleId) => of.names.vehicle(vehicleId))
  const powers = of.numbers('failSafeW').map((watts) => of.kw(watts))
  return {
    sentence:
      time === null ? m.alert_station_not_connected({ station }) : m.alert_station_unreachable({ station, time }),
    cause: m.alert_station_line_down(),
    remedy:
      vehicles.length === 0 || powers.length === 0
        ? m.alert_check_line()
        : m.alert_check_line_charging({ vehicles: list(of, vehicles), power: list(of, [...new Set(powers)]) }),
  }
}

export function stationPendingText(of: Parameters): AlertText | null {
  const { stationId } = of.alert
  if (stationId === null) return null
  const make = [of.text('vendor'), of.text('model')].filter((one) => one !== null).join(' ')
  return {
    sentence: m.alert_station_pending({ station: stationId }),
    cause: make === '' ? m.alert_station_pending_why() : m.alert_station_pending_make({ make }),
    remedy: m.alert_station_pending_do(),
  }
}

export function chargerFaultText(of: Parameters): AlertText | null {
  const outlet = outletOf(of)
  if (outlet === null) return null
  const vehicle = vehicleOf(of)
  const said = [of.text('errorCode'), of.text('errorInfo')].filter((one) => one !== null && one !== 'NoError')
  return {
    sentence: m.alert_charger_reports_fault({ outlet }),
    cause: said.length === 0 ? m.alert_fault_silent() : m.alert_fault_says({ detail: said.join(', ') }),
    remedy: vehicle !== null && of.flag('mustMove') ? m.alert_fault_move_and_reset({ vehicle }) : m.alert_fault_reset(),
  }
}

/** A session of nobody knows whom: without a card, with an unknown one, or with one that no vehicle carries. */
export function strangerText(of: Parameters): AlertText | null {
  const outlet = outletOf(of)
  const failSafeW = of.number('failSafeW')
  if (outlet === null || failSafeW === null) return null
  const token = of.text('idToken')
  const power = of.kw(failSafeW)
  const cardCause = of.alert.kind === 'unknownToken' ? m.alert_stranger_unknown_token : m.alert_stranger_free_token
  return {
    sentence: m.alert_stranger({ outlet }),
    cause: token === null ? m.alert_stranger_no_token() : cardCause({ token }),
    remedy: token === null ? m.alert_stranger_say({ power }) : m.alert_stranger_say_or_card({ power }),
  }
}

export function profileNotAcceptedText(of: Parameters): AlertText | null {
  const outlet = outletOf(of)
  const keptFreeW = of.number('keptFreeW')
  if (outlet === null || keptFreeW === null) return null
  const refused = of.inner('refused')
  if (refused === null) {
    const answer = of.text('answer') ?? ''
    const schedule = readDifference(answer, of.format, of.now) ?? answer.replace('differs: ', '')
    return {
      sentence: m.alert_profile_differs({ outlet }),
      cause: m.alert_profile_differs_why({ schedule }),
      remedy: m.alert_profile_differs_do(),
    }
  }
  return {
    sentence: refused.flag('failSafe') ? m.alert_fail_safe_refused({ outlet }) : m.alert_profile_refused({ outlet }),
    cause: refusal(refused),
    remedy: m.alert_profile_do({ power: of.kw(keptFreeW) }),
  }
}

function refusal(refused: Parameters): string {
  const attempts = refused.number('attempts') ?? 0
  const answer = refused.said('said') ?? ''
  switch (refused.text('outcome')) {
    case 'answered':
      return m.alert_profile_answered({ attempts, answer })
    case 'refused':
      return m.alert_profile_error({ attempts, answer })
    case 'unsendable':
      return m.alert_profile_unsendable({ answer })
    default:
      return m.alert_profile_silent({ attempts })
  }
}

export function profileNotFollowedText(of: Parameters): AlertText | null {
  const outlet = outletOf(of)
  const measured = of.number('measuredW')
  const allowed = of.number('allowedW')
  if (outlet === null || measured === null || allowed === null) return null
  return {
    sentence: m.alert_not_followed({ outlet, measured: of.kw(measured), allowed: of.kw(allowed) }),
    cause: m.alert_not_followed_why(),
    remedy: m.alert_not_followed_do(),
  }
}
