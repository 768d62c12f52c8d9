import type { ChartSeries } from '../../parts/chart/series.ts'
import { m } from '../../parts/messages.ts'
import type { NightReport } from './night-words.ts'

interface NightCharts {
  /** Epoch ms. */
  times: number[]
  power: ChartSeries[]
  price: ChartSeries[]
}

/** A night as two charts over the same times. */
export function nightCharts({ quarters }: NightReport): NightCharts {
  const kw = (of: (quarter: NightReport['quarters'][number]) => number | null): (number | null)[] =>
    quarters.map((quarter) => {
      const watts = of(quarter)
      return watts === null ? null : watts / 1000
    })
  const unit = m.symbol_kw()
  return {
    times: quarters.map((quarter) => Date.parse(quarter.startAt)),
    power: [
      {
        key: 'measured',
        label: m.nights_series_measured(),
        unit,
        digits: 1,
        tone: 'go',
        draw: 'stepArea',
        values: kw((quarter) => quarter.measuredW),
      },
      {
        key: 'night',
        label: m.nights_series_night(),
        unit,
        digits: 1,
        tone: 'ink',
        draw: 'step',
        dashed: true,
        values: kw((quarter) => quarter.nightW),
      },
      {
        key: 'last',
        label: m.nights_series_last(),
        unit,
        digits: 1,
        tone: 'look',
        draw: 'step',
        values: kw((quarter) => quarter.lastW),
      },
      {
        key: 'limit',
        label: m.nights_series_limit(),
        unit,
        digits: 0,
        tone: 'limit',
        draw: 'step',
        values: kw((quarter) => quarter.limitW),
      },
    ],
    price: [
      {
        key: 'price',
        label: m.nights_series_price(),
        unit: m.plan_unit_price(),
        digits: 3,
        tone: 'sun',
        draw: 'stepArea',
        values: quarters.map((quarter) => quarter.priceMicroEurPerKwh / 1e6),
      },
    ],
  }
}
