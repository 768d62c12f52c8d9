import type { components } from '../../generated/api.d.ts'
import type { Format } from '../../parts/format.ts'
import type { IconName } from '../../parts/Icon.svelte'
import { m } from '../../parts/messages.ts'

export type Night = components['schemas']['PlanDay']
export type NightReport = components['schemas']['PlanDayReport']
export type PullOut = components['schemas']['PlanDayDeparture']
export type PlanSummary = components['schemas']['PlanSummary']
export type Verdict = PullOut['verdict']

/** Where a night is shown. */
export const nightPath = (date: string): string => `/plan/history?night=${date}`

/** `Night to Tue 24 Nov`. */
export const nightName = (date: string, format: Format): string =>
  m.nights_night_to({ day: format.day(Date.parse(`${date}T12:00:00Z`)) })

/** How a night went, in one sentence. */
export function nightVerdict(night: Night, format: Format): string {
  return `${departuresWords(night, format)}; ${moneyAndPeak(night, format)}`
}

function departuresWords({ departures }: Night, format: Format): string {
  const { all, ahead, ready, short, unknown } = departures
  if (all === 0) return m.nights_no_departures()
  const parts = [
    ...(short > 0 ? [m.nights_part_short({ n: format.whole(short) })] : []),
    ...(unknown > 0 ? [m.nights_part_unknown({ n: format.whole(unknown) })] : []),
    ...(ahead > 0 ? [m.nights_part_ahead({ n: format.whole(ahead) })] : []),
  ]
  // Before the first has left there is nothing to judge.
  if (ahead === all) return parts.join(', ')
  return [m.nights_enough({ ready: format.whole(ready), all: format.whole(all) }), ...parts].join(', ')
}

function moneyAndPeak({ planned, measured, limitW, over }: Night, format: Format): string {
  if (measured === null) return m.nights_nothing_measured()
  const { costMicroEur } = measured
  const peak = m.unit_kw({ value: format.kw(measured.peakW) })
  return [
    // Until the night is over what was put off would pass for what was saved.
    over || costMicroEur === null
      ? costWords(planned?.costMicroEur ?? null, costMicroEur, format)
      : m.nights_cost_so_far({ money: format.money(costMicroEur) }),
    limitW === null
      ? m.nights_peak({ peak })
      : m.nights_peak_of({ peak, limit: m.unit_kw({ value: format.kw(limitW) }) }),
  ].join(', ')
}

/** Less than half a cent is no difference. */
const SAME_MICRO_EUR = 5_000

export function costWords(planned: number | null, measured: number | null, format: Format): string {
  if (planned === null || measured === null) return m.nights_cost_unknown()
  const more = measured - planned
  if (Math.abs(more) < SAME_MICRO_EUR) return m.nights_cost_same()
  const money = format.money(Math.abs(more))
  return more > 0 ? m.nights_cost_more({ money }) : m.nights_cost_less({ money })
}

/** The worst that a night has to tell; it is shown by shape and word too. */
export function nightTone({ departures }: Night): 'go' | 'look' | 'act' | 'soft' {
  if (departures.short > 0) return 'act'
  if (departures.unknown > 0) return 'look'
  return departures.ready > 0 ? 'go' : 'soft'
}

export const TONE_ICONS: Record<ReturnType<typeof nightTone>, IconName> = {
  go: 'check',
  look: 'question',
  act: 'alert',
  soft: 'moon',
}

export const VERDICT_SIGNS: Record<Verdict, { icon: IconName; tone: 'go' | 'look' | 'act' | 'soft' }> = {
  ready: { icon: 'check', tone: 'go' },
  short: { icon: 'alert', tone: 'act' },
  unknown: { icon: 'question', tone: 'look' },
  dropped: { icon: 'out', tone: 'soft' },
  ahead: { icon: 'pause', tone: 'soft' },
}

export function verdictWords({ verdict, socPercent, needSocPercent }: PullOut, format: Format): string {
  switch (verdict) {
    case 'ready':
      return m.nights_verdict_ready()
    case 'short':
      return m.nights_verdict_short({
        percent: m.unit_percent({ value: format.percent(needSocPercent - (socPercent ?? 0)) }),
      })
    case 'unknown':
      return m.nights_verdict_unknown()
    case 'dropped':
      return m.nights_verdict_dropped()
    case 'ahead':
      return m.nights_verdict_ahead()
  }
}

/** When it left, as far as anything tells: its cable, else its first stop, which may be some way off. */
export const leftAt = ({ leftAt: seen, unpluggedAt }: PullOut): number | null =>
  unpluggedAt !== null ? Date.parse(unpluggedAt) : seen !== null ? Date.parse(seen) : null
