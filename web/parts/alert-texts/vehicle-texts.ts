import { bayName } from '../charger-words.ts'
import { joined } from '../joined.ts'
import { m } from '../messages.ts'
import { type AlertText, type Parameters, vehicleOf } from './parameters.ts'

export function notPluggedInText(of: Parameters): AlertText | null {
  const vehicle = vehicleOf(of)
  const time = of.time('departAt')
  const block = of.text('blockId')
  if (vehicle === null || time === null || block === null) return null
  const home = of.number('homeMinutes')
  const bay = of.text('bayLabel')
  const stationId = of.text('stationId')
  const place = joined(bay === null ? null : bayName(bay), stationId === null ? null : of.names.station(stationId))
  return {
    sentence:
      home === null
        ? m.alert_not_plugged_in({ vehicle })
        : m.alert_not_plugged_in_for({ vehicle, duration: of.minutes(home) }),
    cause: m.alert_not_plugged_in_why(),
    remedy: place === '' ? m.alert_plug_in({ time, block }) : m.alert_plug_in_at({ place, time, block }),
  }
}

export function lateText(of: Parameters): AlertText | null {
  const vehicle = vehicleOf(of)
  const delay = of.number('delayMinutes')
  const time = of.time('backAt')
  const planned = of.time('plannedBackAt')
  const block = of.text('blockId')
  if (vehicle === null || delay === null || time === null || planned === null || block === null) return null
  return {
    sentence: m.alert_late({ vehicle, delay: of.minutes(delay), time, planned }),
    cause: m.alert_late_why({ block }),
    remedy: nextWork(of),
  }
}

function nextWork(of: Parameters): string {
  const next = of.inner('next')
  const block = next?.text('blockId') ?? null
  const time = next?.time('departAt') ?? null
  if (next === null || block === null || time === null) return m.alert_late_no_work()
  return next.flag('tight')
    ? m.alert_late_tight({ block, time })
    : m.alert_late_slack({ block, slack: of.minutes(next.number('slackMinutes') ?? 0) })
}

export function socUnknownText(of: Parameters): AlertText | null {
  const vehicle = vehicleOf(of)
  const time = of.time('departAt')
  if (vehicle === null || time === null) return null
  const percent = of.number('socPercent')
  const readAt = of.text('socAt')
  const stationId = of.text('stationId')
  const cause =
    percent !== null && readAt !== null
      ? m.alert_soc_old({
          percent: of.format.percent(percent),
          age: of.format.duration(of.now - Date.parse(readAt)),
        })
      : stationId === null
        ? m.alert_soc_never()
        : m.alert_soc_not_sent({ station: of.names.station(stationId) })
  return { sentence: m.alert_soc_unknown({ vehicle, time }), cause, remedy: m.alert_soc_do() }
}

export function rangeText(of: Parameters): AlertText | null {
  const vehicle = vehicleOf(of)
  const block = of.text('blockId')
  const time = of.time('endAt')
  const expected = of.number('expectedEndPercent')
  const worst = of.number('lowEndPercent')
  const cause = rangeCause(of)
  if (vehicle === null || block === null || time === null || expected === null || worst === null || cause === null)
    return null
  return { sentence: rangeSentence(of, { vehicle, block, time, expected, worst }), cause, remedy: whereToCharge(of) }
}

interface RangeFigures {
  vehicle: string
  block: string
  time: string
  expected: number
  worst: number
}

function rangeSentence(of: Parameters, { expected, worst, ...named }: RangeFigures): string {
  const above = Math.max(0, expected)
  switch (of.text('outlook')) {
    case 'strands':
      return m.alert_range_strands({ ...named, km: of.number('missingKm') ?? 1 })
    case 'mayStrand':
      return m.alert_range_may_strand({ ...named, expected: above, worst: Math.max(0, worst) })
    default:
      return m.alert_range_reserve({ ...named, expected: above })
  }
}

function rangeCause(of: Parameters): string | null {
  const percent = of.number('socPercent')
  const time = of.time('readAt')
  const km = of.number('leftThenKm')
  const perKm = of.number('kwhPerKm')
  const celsius = of.number('temperatureC')
  if (percent === null || time === null || km === null || perKm === null) return null
  const read = { percent, time, km, perKm: of.format.oneDecimal(perKm) }
  return celsius === null
    ? m.alert_range_why_weather(read)
    : m.alert_range_why({ ...read, celsius: of.format.whole(celsius) })
}

function whereToCharge(of: Parameters): string {
  const stationId = of.text('stationId')
  const metres = of.number('stationMetres')
  if (stationId === null || metres === null) return m.alert_range_at_depot()
  return m.alert_range_at_charger({
    station: of.names.station(stationId),
    km: of.format.oneDecimal(metres / 1000),
  })
}
