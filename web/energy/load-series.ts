import type { LoadReport } from '../parts/api-types.ts'
import type { ChartSeries } from '../parts/chart/series.ts'
import { m } from '../parts/messages.ts'

const QUARTER_MS = 900_000

/** The load curve as a chart draws it: every quarter hour until `until` (epoch ms), those without a reading as gaps. Powers in kW. */
export function loadSeries(report: LoadReport, until: number): { times: number[]; series: ChartSeries[] } {
  const known = new Map(report.curve.map((one) => [Date.parse(one.startAt), one]))
  const times: number[] = []
  const end = Math.min(Date.parse(report.to), until)
  for (let at = Date.parse(report.from); at < end; at += QUARTER_MS) times.push(at)
  const kw = (watts: number | undefined): number | null => (watts === undefined ? null : watts / 1000)
  const unit = m.symbol_kw()
  const { limitW } = report
  return {
    times,
    series: [
      {
        key: 'power',
        label: m.energy_load_power(),
        unit,
        digits: 1,
        tone: 'go',
        draw: 'stepArea',
        values: times.map((at) => kw(known.get(at)?.powerW)),
      },
      {
        key: 'base',
        label: m.energy_load_base(),
        unit,
        digits: 1,
        tone: 'base',
        draw: 'step',
        dashed: true,
        values: times.map((at) => {
          const quarter = known.get(at)
          return quarter === undefined ? null : (quarter.powerW - quarter.chargingW) / 1000
        }),
      },
      ...(limitW === null
        ? []
        : [
            {
              key: 'limit',
              label: m.energy_load_limit(),
              unit,
              digits: 1,
              tone: 'limit' as const,
              draw: 'line' as const,
              values: times.map(() => limitW / 1000),
            },
          ]),
    ],
  }
}
