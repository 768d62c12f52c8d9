import type { ChargingPlan } from '../../domain/charging-plan.ts'
import type { PlanInstance } from '../../scheduler/plan/instance.ts'
import { polyline, stepPoints, tag, type Frame } from './svg-parts.ts'

/** Height of the strip of prices. */
export const PRICE_HEIGHT = 22

/** Import at the grid connection with its base load, against the limit and charging at will. */
export function power(instance: PlanInstance, plan: ChargingPlan, frame: Frame, top: number, bottom: number): string {
  const root = instance.nodes.find((node) => node.parent === null)
  const perSlot = (series: number | number[] | undefined): number[] =>
    Array.from({ length: instance.slots }, (_, t) => (Array.isArray(series) ? (series[t] ?? 0) : (series ?? 0)))
  const limit = perSlot(root?.limitKw)
  const baseLoads = instance.nodes.map((node) => perSlot(node.baseLoadKw))
  const base = limit.map((_, t) => baseLoads.reduce((sum, load) => sum + (load[t] ?? 0), 0))
  const mostUsed = Math.max(1, ...plan.importKw, ...plan.uncontrolled.importKw)
  // A limit far above everything would press the picture flat; it is then named at the top instead of drawn.
  const limitInView = Math.min(...limit) <= mostUsed * 1.6
  const most = niceCeiling(
    Math.max(mostUsed, limitInView ? Math.max(...limit.filter((kw) => kw <= mostUsed * 1.6)) : 0) * 1.06,
  )
  const y = (kw: number): number => bottom - (Math.min(kw, most) / most) * (bottom - top)
  const slotMs = instance.slotMinutes * 60_000
  const steps = (series: readonly number[]): [number, number][] =>
    stepPoints(series, (t) => frame.x(frame.startMs + t * slotMs), y)
  const area = (series: readonly number[]): string =>
    `${polyline(steps(series))}L${frame.right} ${bottom}L${frame.left} ${bottom}Z`
  const ticks = [0.25, 0.5, 0.75, 1].map((share) => {
    const kw = most * share
    return `${tag('line', { class: 'grid', x1: frame.left, x2: frame.right, y1: y(kw).toFixed(1), y2: y(kw).toFixed(1) })}${tag('text', { class: 'hour', x: frame.left - 12, y: (y(kw) + 4).toFixed(1), 'text-anchor': 'end' }, kw.toFixed(0))}`
  })
  const lastLimit = limit.at(-1) ?? 0
  const limitY = limitInView ? y(lastLimit) : top - 8
  return [
    tag('text', { class: 'name', x: frame.left - 12, y: bottom - 14, 'text-anchor': 'end' }, 'Power'),
    tag('text', { class: 'note', x: frame.left - 12, y: bottom + 1, 'text-anchor': 'end' }, 'kW'),
    ...ticks,
    tag('path', { class: 'import', d: area(plan.importKw) }),
    tag('path', { class: 'base', d: area(base) }),
    tag('path', { class: 'importline', d: polyline(steps(plan.importKw)) }),
    ...(bottom - y(Math.min(...base)) >= 13
      ? [tag('text', { class: 'soc', x: frame.left + 7, y: bottom - 4 }, 'base load')]
      : []),
    tag('path', { class: 'atwill', d: polyline(steps(plan.uncontrolled.importKw)) }),
    ...(limitInView ? [tag('path', { class: 'limit', d: polyline(steps(limit)) })] : []),
    tag(
      'text',
      { class: 'limittext', x: frame.right + 7, y: (limitY + 4).toFixed(1) },
      limitInView ? 'limit' : 'limit ↑',
    ),
    tag('text', { class: 'limittext', x: frame.right + 7, y: (limitY + 19).toFixed(1) }, `${lastLimit.toFixed(0)} kW`),
    peakMark(plan, frame, slotMs, y),
  ].join('')
}

function peakMark(plan: ChargingPlan, frame: Frame, slotMs: number, y: (kw: number) => number): string {
  const highest = Math.max(...plan.importKw)
  const t = plan.importKw.findIndex((kw) => kw >= highest - 0.01)
  const x = frame.x(frame.startMs + t * slotMs)
  const end = x > frame.right - 120
  return tag(
    'text',
    {
      class: 'peak',
      x: (end ? x - 6 : x + 4).toFixed(1),
      y: (y(highest) - 7).toFixed(1),
      'text-anchor': end ? 'end' : 'start',
    },
    `peak ${plan.peakKw.toFixed(0)} kW`,
  )
}

/** The price of each slot: the fuller the colour, the dearer; blue below zero. */
export function prices(instance: PlanInstance, frame: Frame, top: number): string {
  const price = Array.from({ length: instance.slots }, (_, t) =>
    Array.isArray(instance.price) ? (instance.price[t] ?? 0) : instance.price,
  )
  const low = Math.min(...price)
  const high = Math.max(...price)
  const slotMs = instance.slotMinutes * 60_000
  const parts = [
    tag('text', { class: 'name', x: frame.left - 12, y: top + 10, 'text-anchor': 'end' }, 'Price'),
    tag('text', { class: 'note', x: frame.left - 12, y: top + 24, 'text-anchor': 'end' }, 'EUR/kWh'),
  ]
  price.forEach((eur, t) => {
    const x = frame.x(frame.startMs + t * slotMs)
    const width = frame.x(frame.startMs + (t + 1) * slotMs) - x
    // Below zero it is the further down that is the fuller.
    const share = eur < 0 ? 0.3 + (0.5 * eur) / low : high > low ? (eur - low) / (high - low) : 0.4
    parts.push(
      tag('rect', {
        class: eur < 0 ? 'negative' : 'price',
        x: x.toFixed(1),
        y: top,
        width: (width + 0.2).toFixed(1),
        height: PRICE_HEIGHT,
        opacity: (0.14 + 0.86 * share).toFixed(2),
      }),
    )
  })
  parts.push(...priceLabels(price, (t) => frame.x(frame.startMs + t * slotMs), top + PRICE_HEIGHT + 15))
  return parts.join('')
}

/** A price is written under the middle of the span that it holds for; where it changes all the time, every now and then. */
function priceLabels(price: readonly number[], x: (slot: number) => number, y: number): string[] {
  const spans: { from: number; to: number; text: string }[] = []
  price.forEach((eur, t) => {
    const text = eur.toFixed(3)
    const last = spans.at(-1)
    if (last !== undefined && last.text === text) last.to = t + 1
    else spans.push({ from: t, to: t + 1, text })
  })
  const labels: string[] = []
  let freeFrom = -Infinity
  for (const { from, to, text } of spans) {
    const middle = (x(from) + x(to)) / 2
    if (middle - 18 < freeFrom) continue
    labels.push(tag('text', { class: 'hour', x: middle.toFixed(1), y, 'text-anchor': 'middle' }, text))
    freeFrom = middle + 18 + (spans.length > 30 ? 30 : 6)
  }
  return labels
}

/** The next of 1, 2, 4, 5, 8 times a power of ten that holds `value`, so that quarters of it read well. */
function niceCeiling(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return (
    ([1, 1.2, 1.4, 1.6, 2, 2.4, 2.8, 3.2, 3.6, 4, 5, 6, 7, 8, 9, 10].find((step) => step * power >= value) ?? 10) *
    power
  )
}
