import type { Page } from '../page.ts'
import type { Bar, Row } from './timeline-model.ts'

/** A bar in words: its name for those who do not see it, and the line above the chart for those who do. */
export function describeBar({ t, format, clock }: Pick<Page, 't' | 'format' | 'clock'>, row: Row, bar: Bar): string {
  const from = format.timeFrom(bar.from, clock.now)
  const to = format.timeFrom(bar.to, clock.now)
  switch (bar.kind) {
    case 'block':
      return t.timeline.blockBar(row.label, bar.blockId, bar.routes, from, to)
    case 'charge':
      return t.timeline.chargeBar(
        row.label,
        from,
        to,
        format.kwh(bar.energyWh),
        format.kw(Math.max(...bar.steps.map((one) => one.powerW))),
        format.percent(bar.departSocPercent),
      )
    case 'charged':
      return t.timeline.chargedBar(row.label, from, to, format.kwh(bar.energyWh))
  }
}
