import { m } from '../../parts/messages.ts'
import { lineWords } from '../../parts/vehicle-words.ts'
import type { Page } from '../page.ts'
import type { Bar, Row } from '../../parts/timeline/timeline-model.ts'

/** A bar in words: its name for those who do not see it, and the line above the chart for those who do. */
export function describeBar({ format, clock }: Pick<Page, 'format' | 'clock'>, row: Row, bar: Bar): string {
  const from = format.timeFrom(bar.from, clock.now)
  const to = format.timeFrom(bar.to, clock.now)
  switch (bar.kind) {
    case 'block': {
      const named = { label: row.label, block: bar.blockId, from, to }
      return bar.routes.length === 0
        ? m.depot_bar_block(named)
        : m.depot_bar_block_routes({ ...named, routes: lineWords(bar.routes) })
    }
    case 'charge':
      return m.depot_bar_charge({
        label: row.label,
        from,
        to,
        kwh: format.kwh(bar.energyWh),
        most: format.kw(Math.max(...bar.steps.map((one) => one.powerW))),
        depart: format.percent(bar.departSocPercent),
      })
    case 'charged':
      return m.depot_bar_charged({ label: row.label, kwh: format.kwh(bar.energyWh), from, to })
  }
}
