import { m } from '../messages.ts'
import { type AlertText, outletOf, type Parameters, vehicleOf } from './parameters.ts'

/** A departure for which the plan cannot bring the vehicle to what its work needs. Null: the server has not given the figures. */
export function needText(of: Parameters): AlertText | null {
  const vehicle = vehicleOf(of)
  const time = of.time('departAt')
  const reached = of.number('reachedSocPercent')
  const need = of.number('needSocPercent')
  if (vehicle === null || time === null || reached === null || need === null) return null
  const why = causeOf(of, time)
  if (why === null) return null
  return {
    sentence: m.alert_need_not_met({ vehicle, time, reached, need }),
    cause: why.cause,
    remedy: remedyOf(of, why.remedy),
  }
}

interface Why {
  cause: string
  remedy: string | null
}

const troubles: Record<string, (names: { outlet: string }) => string> = {
  faulted: m.alert_charger_reports_fault,
  silent: m.alert_charger_silent,
  switchedOff: m.alert_charger_switched_off,
}

function causeOf(of: Parameters, departs: string): Why | null {
  const plugInBy = of.time('plugInBy')
  const inTime = plugInBy === null ? null : m.alert_plug_in_by({ time: plugInBy })
  switch (of.text('causeKind')) {
    case 'chargerDead': {
      const outlet = outletOf(of)
      const said = troubles[of.text('chargerTrouble') ?? '']
      return outlet === null || said === undefined ? null : { cause: said({ outlet }), remedy: m.alert_other_charger() }
    }
    case 'notPluggedIn':
      return { cause: m.alert_home_unplugged(), remedy: inTime ?? m.alert_plug_in_at_once() }
    case 'late': {
      const time = of.time('backAt')
      const late = of.number('delayMinutes')
      if (time === null || late === null) return null
      return { cause: m.alert_runs_late({ delay: of.minutes(late), time }), remedy: inTime }
    }
    case 'comesBackLate': {
      const time = of.time('backAt')
      return time === null ? null : { cause: m.alert_back_only_at({ time }), remedy: inTime }
    }
    case 'pluggedTooLate':
      return plugInBy === null
        ? null
        : { cause: m.alert_plugged_too_late({ time: plugInBy }), remedy: m.alert_leave_later({ time: departs }) }
    case 'limit': {
      const short = of.number('shortWh')
      return short === null ? null : { cause: m.alert_limit_reached({ kwh: of.format.kwh(short) }), remedy: null }
    }
    default:
      return null
  }
}

function remedyOf(of: Parameters, first: string | null): string {
  const swap = of.inner('swap')
  const block = of.text('blockId')
  const other = swap?.text('vehicleId') ?? null
  const percent = swap?.number('socPercent') ?? null
  const second =
    block === null || other === null || percent === null
      ? null
      : m.alert_swap({ block, vehicle: of.names.vehicle(other), percent })
  if (first !== null && second !== null) return m.alert_or({ first, second })
  return first ?? second ?? m.alert_swap_or_shorten()
}
