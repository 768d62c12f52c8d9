import type { ReportTable } from './files/report-table.ts'
import type { Indicator, IndicatorReport } from './indicator-report.ts'
import { Sentence } from './sentence.ts'
import type { SentenceName } from './sentences.ts'
import { basisNotes, fileNameOf } from './table-parts.ts'

/** Indicators as a table, a row each. */
export function indicatorTable(report: IndicatorReport): ReportTable {
  const { performance, lowestSoc } = report
  const { baseline } = performance
  const about = new Sentence('baselineOf', {
    days: baseline.days,
    from: baseline.from,
    to: baseline.to,
    fit: baseline.rSquared ?? new Sentence('unknown'),
  })
  const rows: [figure: SentenceName, indicator: Indicator, remark?: Sentence | undefined][] = [
    ['enpi', performance.kWhPerKm],
    ['enpiExpected', performance.expectedKWhPerKm, about],
    ['enpiRatio', performance.ratio],
    ['enpiSaved', performance.savedKWh],
    ['gridPerKm', report.gridKWhPerKm],
    ['cheapestShare', report.cheapestQuartileShare],
    ['socOut', report.socAtPullOutPercent],
    ['socIn', report.socAtPullInPercent],
    [
      'socLowest',
      lowestSoc,
      lowestSoc.vehicleId === null
        ? undefined
        : new Sentence('vehicleAt', { vehicle: lowestSoc.vehicleId, at: lowestSoc.at?.toISOString() ?? '?' }),
    ],
    ['carbonPerPassenger', report.carbonPerPassengerKm],
  ]
  return {
    fileName: fileNameOf('indicators', report),
    title: new Sentence('indicators'),
    columns: [
      { key: 'figure', kind: 'text' },
      { key: 'value', kind: 'number' },
      { key: 'unit', kind: 'text' },
      { key: 'reason', kind: 'text' },
    ],
    rows: rows.map(([figure, { value, unit, reason }, remark]) => ({
      figure: new Sentence(figure),
      value,
      unit,
      reason: reason ?? remark ?? null,
    })),
    notes: [...report.notes, ...basisNotes(report.carbonBasis)],
    timeZone: report.timeZone,
  }
}
