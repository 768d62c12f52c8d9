import type { ChargingPlan, PlannedVisit } from '../../domain/charging-plan.ts'
import type { PlanInstance } from '../../scheduler/plan/instance.ts'
import { localTime } from '../../scheduler/plan/local-time.ts'
import type { PlanInput } from './plan-input.ts'
import { tag, type Frame } from './svg-parts.ts'

/** A row for each vehicle from `top` down: where it is, how much power it gets, and with what it leaves. */
export function gantt(
  input: PlanInput,
  plan: ChargingPlan,
  frame: Frame,
  { top, rowHeight }: { top: number; rowHeight: number },
): string {
  const planned = Map.groupBy(plan.visits, (visit) => visit.vehicle)
  return input.instance.vehicles
    .map((vehicle, row) => {
      const barHeight = rowHeight - Math.max(2, Math.round(rowHeight * 0.25))
      const y = top + row * rowHeight + (rowHeight - barHeight) / 2
      return ganttRow(input, vehicle, planned.get(vehicle.id) ?? [], frame, { y, barHeight, labelled: rowHeight >= 12 })
    })
    .join('\n')
}

interface Row {
  y: number
  barHeight: number
  labelled: boolean
}

function ganttRow(
  { instance, labels }: PlanInput,
  vehicle: PlanInstance['vehicles'][number],
  planned: readonly PlannedVisit[],
  frame: Frame,
  { y, barHeight, labelled }: Row,
): string {
  const clock = localTime(instance.timeZone)
  const slotMs = instance.slotMinutes * 60_000
  const label = labels.get(vehicle.id) ?? vehicle.id
  const bars: string[] = []
  const words: string[] = []
  const bar = (name: string, from: number, to: number, title: string): void => {
    const x = frame.x(from)
    const width = frame.x(to) - x
    if (width < 0.5) return
    bars.push(
      tag(
        'rect',
        { class: name, x: x.toFixed(1), y, width: width.toFixed(1), height: barHeight, rx: Math.min(4, barHeight / 4) },
        '',
        title,
      ),
    )
  }
  if (labelled)
    words.push(
      tag('text', { class: 'name', x: frame.left - 12, y: y + barHeight / 2 + 4.5, 'text-anchor': 'end' }, label),
    )
  let awaySince = frame.startMs
  vehicle.visits.forEach((visit, v) => {
    const arrive = Date.parse(visit.arrive)
    const depart = Date.parse(visit.depart)
    bar('trip', awaySince, arrive, `${label} is away`)
    awaySince = depart
    const one = planned.find((candidate) => candidate.visit === v)
    if (one === undefined) return
    const has = Math.round(one.socAtDepart * 100)
    const short = one.shortKwh > 0
    bar(
      'stay',
      arrive,
      depart,
      `${label} at ${one.point}, ${clock.withDay(arrive)} to ${clock.withDay(depart)}: leaves with ${has} %, needs ${Math.round(visit.needSoc * 100)} %`,
    )
    const point = instance.points.find((candidate) => candidate.id === one.point)
    const mostKw = Math.min(point?.maxKw ?? 1, vehicle.maxKw / (point?.efficiency ?? 1)) || 1
    for (const { from, to, kw } of runs(one.kw)) {
      const x = frame.x(Math.max(arrive, frame.startMs + from * slotMs))
      const width = frame.x(Math.min(depart, frame.startMs + to * slotMs)) - x
      const height = Math.max(2, barHeight * Math.min(1, kw / mostKw))
      bars.push(
        tag('rect', {
          class: 'go',
          x: x.toFixed(1),
          y: (y + barHeight - height).toFixed(1),
          width: width.toFixed(1),
          height: height.toFixed(1),
          rx: 1.5,
        }),
      )
    }
    if (depart > frame.endMs) return
    const x = frame.x(depart)
    const nextArrive = Date.parse(vehicle.visits[v + 1]?.arrive ?? '') || frame.endMs
    const room = frame.x(nextArrive) - x
    if (labelled && room > 78) {
      words.push(
        tag(
          'text',
          { class: short ? 'soc bad' : 'soc', x: (x + 6).toFixed(1), y: (y + barHeight / 2 + 4).toFixed(1) },
          `${short ? '▲ ' : ''}${clock.time(depart)}, ${has} %`,
        ),
      )
    } else if (short) {
      bars.push(
        tag(
          'path',
          { class: 'short', d: `M${(x - 5).toFixed(1)} ${y + barHeight}l5 ${-barHeight}l5 ${barHeight}z` },
          '',
          `${label} leaves short of charge`,
        ),
      )
    }
  })
  if (awaySince > frame.startMs) bar('trip', awaySince, frame.endMs, `${label} is away`)
  return `<g>${bars.join('')}${words.join('')}</g>`
}

/** Neighbouring slots of nearly the same power, as one bar. */
function runs(kw: readonly number[]): { from: number; to: number; kw: number }[] {
  const found: { from: number; to: number; kw: number }[] = []
  kw.forEach((value, t) => {
    if (value <= 0.05) return
    const last = found.at(-1)
    if (last !== undefined && last.to === t && Math.abs(last.kw - value) < 0.5) last.to = t + 1
    else found.push({ from: t, to: t + 1, kw: value })
  })
  return found
}
