import type { ChargingPlan } from '../../domain/charging-plan.ts'
import { localTime } from '../../scheduler/plan/local-time.ts'
import type { PlanInput } from './plan-input.ts'
import { gantt } from './svg-gantt.ts'
import { escaped, STYLE, tag, type Frame } from './svg-parts.ts'
import { power, PRICE_HEIGHT, prices } from './svg-power.ts'

const WIDTH = 1400
const LEFT = 112
const RIGHT = WIDTH - 74
const TOP = 130
const POWER_HEIGHT = 210

/** A plan as one self-contained picture: who charges when, power against the limit, and the price, on one time axis. Readable in light and dark. */
export function planSvg(input: PlanInput, plan: ChargingPlan): string {
  const { instance } = input
  const startMs = Date.parse(instance.start)
  const endMs = startMs + instance.slots * instance.slotMinutes * 60_000
  const frame: Frame = {
    left: LEFT,
    right: RIGHT,
    startMs,
    endMs,
    x: (ms) => LEFT + ((Math.min(endMs, Math.max(startMs, ms)) - startMs) / (endMs - startMs)) * (RIGHT - LEFT),
  }
  const rowHeight = rowHeightOf(instance.vehicles.length)
  const ganttBottom = TOP + instance.vehicles.length * rowHeight
  const powerTop = ganttBottom + 44
  const powerBottom = powerTop + POWER_HEIGHT
  const priceTop = powerBottom + 22
  const height = priceTop + PRICE_HEIGHT + 42
  const summary = summaryOf(plan)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-labelledby="plan-title plan-desc" class="zaryad-plan">`,
    `<title id="plan-title">${escaped(input.title)}</title>`,
    `<desc id="plan-desc">${escaped(descriptionOf(input, plan))}</desc>`,
    `<style>${STYLE}</style>`,
    tag('rect', { class: 'paper', width: WIDTH, height }),
    tag('text', { class: 'head', x: 24, y: 42 }, input.title),
    tag('text', { class: 'sub', x: 24, y: 66 }, summary),
    legend(),
    timeAxis(frame, instance.timeZone, TOP, priceTop + PRICE_HEIGHT),
    gantt(input, plan, frame, { top: TOP, rowHeight }),
    power(instance, plan, frame, powerTop, powerBottom),
    prices(instance, frame, priceTop),
    '</svg>',
    '',
  ].join('\n')
}

function rowHeightOf(vehicles: number): number {
  if (vehicles <= 16) return 30
  return vehicles <= 80 ? 18 : 9
}

function summaryOf(plan: ChargingPlan): string {
  const short = plan.visits.filter((visit) => visit.shortKwh > 0).length
  const { uncontrolled } = plan
  return [
    short === 0
      ? 'Every vehicle leaves with what it needs'
      : `${short} ${short === 1 ? 'departure' : 'departures'} short of charge`,
    `peak ${plan.peakKw.toFixed(0)} kW, charging at will ${uncontrolled.peakKw.toFixed(0)}`,
    `${plan.totalCostEur.toFixed(2)} EUR, at will ${uncontrolled.totalCostEur.toFixed(2)}`,
    `at most ${(plan.gap * 100).toFixed(2)} % above the best possible`,
  ].join(' · ')
}

function descriptionOf({ instance }: PlanInput, plan: ChargingPlan): string {
  const clock = localTime(instance.timeZone)
  const startMs = Date.parse(instance.start)
  const last = startMs + instance.slots * instance.slotMinutes * 60_000
  return `${instance.vehicles.length} vehicles from ${clock.withDay(startMs)} to ${clock.withDay(last)}, ${instance.timeZone}. ${summaryOf(plan)}. ${[...plan.violations, ...plan.explain].join(' ')}`
}

function legend(): string {
  const y = 93
  const entries: [string, string, number][] = [
    [tag('rect', { class: 'trip', x: 0, y: -10, width: 14, height: 11, rx: 3 }), 'away', 78],
    [tag('rect', { class: 'stay', x: 0, y: -10, width: 14, height: 11, rx: 3 }), 'at its charger', 132],
    [tag('rect', { class: 'go', x: 0, y: -10, width: 14, height: 11, rx: 3 }), 'charging, fuller is more power', 240],
    [tag('path', { class: 'short', d: 'M1 0 7.5 -11 14 0z' }), 'leaves short of charge', 190],
    [tag('line', { class: 'limit', x1: 0, x2: 18, y1: -4, y2: -4 }), 'limit', 78],
    [tag('line', { class: 'atwill', x1: 0, x2: 18, y1: -4, y2: -4 }), 'charging at will', 130],
  ]
  let x = 24
  return entries
    .map(([mark, text, width]) => {
      const group = `<g transform="translate(${x} ${y})">${mark}${tag('text', { class: 'note', x: 24, y: 0 }, text)}</g>`
      x += width
      return group
    })
    .join('')
}

/** Hours in local time; the day's name where it begins. */
function timeAxis(frame: Frame, timeZone: string, top: number, bottom: number): string {
  const clock = localTime(timeZone)
  const hours = (frame.endMs - frame.startMs) / 3_600_000
  const step = [1, 2, 3, 6, 12, 24].find((candidate) => (hours / candidate) * 46 <= frame.right - frame.left) ?? 24
  const parts: string[] = []
  const firstHour = Math.ceil(frame.startMs / 3_600_000) * 3_600_000
  for (let ms = firstHour; ms <= frame.endMs; ms += 900_000) {
    const time = clock.time(ms)
    if (!time.endsWith(':00') || Number(time.slice(0, 2)) % step !== 0) continue
    const x = frame.x(ms).toFixed(1)
    const midnight = time === '00:00'
    parts.push(tag('line', { class: midnight ? 'midnight' : 'grid', x1: x, x2: x, y1: top - 6, y2: bottom }))
    if (frame.right - Number(x) > 22 || ms === frame.endMs)
      parts.push(
        tag(
          'text',
          { class: midnight ? 'day' : 'hour', x, y: top - 11, 'text-anchor': 'middle' },
          midnight ? clock.withDay(ms).slice(0, 3) : time,
        ),
      )
  }
  return parts.join('')
}
