import { m } from '../messages.ts'
import type { AlertText, Parameters } from './parameters.ts'

export function limitExceededText(of: Parameters): AlertText | null {
  const measured = of.number('measuredW')
  const limit = of.number('limitW')
  const node = of.text('nodeLabel') ?? (of.flag('isGridConnection') ? m.alert_grid_connection() : of.text('nodeId'))
  if (measured === null || limit === null || node === null) return null
  const alone = of.flag('baseAlone')
  return {
    sentence: m.alert_limit_exceeded({ node, measured: of.kw(measured), limit: of.kw(limit) }),
    cause: alone ? m.alert_base_load_alone() : m.alert_limit_why(),
    remedy: alone ? m.alert_base_load_do() : m.alert_limit_do(),
  }
}

const insteads: Record<string, (of: { cause: string }) => string> = {
  zones: m.alert_prices_zones,
  lastKnown: m.alert_prices_last_known,
  flat: m.alert_prices_flat,
}

export function pricesMissingText(of: Parameters): AlertText | null {
  const series = of.text('series')
  const time = of.time('missingFrom')
  const reason = missingReason(of)
  const instead = insteads[of.text('fallback') ?? 'flat']
  if (series === null || time === null || reason === null || instead === undefined) return null
  return {
    sentence: m.alert_prices_missing({ series, time }),
    cause: instead({ cause: reason.cause }),
    remedy: reason.remedy,
  }
}

function missingReason(of: Parameters): { cause: string; remedy: string } | null {
  const time = of.time('askedAt') ?? ''
  const reason = of.said('said') ?? m.state_unknown()
  const again = m.alert_prices_again()
  switch (of.text('why')) {
    case 'seriesEnds':
      return { cause: m.alert_prices_series_ends(), remedy: m.alert_prices_import() }
    case 'noKey':
      return { cause: m.alert_prices_no_key(), remedy: m.alert_prices_set_token() }
    case 'notAsked':
      return { cause: m.alert_prices_not_asked(), remedy: m.alert_prices_by_itself() }
    case 'noData':
      return { cause: m.alert_prices_no_data({ time }), remedy: again }
    case 'refused':
      return { cause: m.alert_prices_refused({ time, reason }), remedy: m.alert_prices_check_token() }
    case 'throttled':
      return { cause: m.alert_prices_throttled({ time }), remedy: again }
    case 'failed':
      return { cause: m.alert_prices_failed({ time, reason }), remedy: again }
    case 'incomplete':
      return { cause: m.alert_prices_incomplete(), remedy: again }
    default:
      return null
  }
}

export function timetableEndingText(of: Parameters): AlertText | null {
  const end = of.text('endDate')
  const left = of.number('daysLeft')
  if (end === null || left === null) return null
  // A service day has no time zone: noon of it is that day wherever the reader is.
  const date = of.format.day(Date.parse(`${end}T12:00:00Z`))
  return {
    sentence:
      left < 0
        ? m.alert_timetable_ended({ date })
        : m.alert_timetable_ends({ count: left, n: of.format.whole(left), date }),
    cause: m.alert_timetable_why(),
    remedy: m.alert_timetable_do(),
  }
}

export function positionsDownText(of: Parameters): AlertText {
  const error = of.text('error')
  return {
    sentence: m.alert_positions_down(),
    cause: error === null ? (of.said('error') ?? m.alert_positions_no_answer()) : m.alert_positions_error({ error }),
    remedy: m.alert_positions_do(),
  }
}

export function planFailedText(of: Parameters): AlertText {
  return { sentence: m.alert_plan_failed(), cause: of.alert.cause, remedy: m.alert_plan_failed_do() }
}
