import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import type { ReportTable } from './files/report-table.ts'
import type { Indicator, IndicatorReport } from './indicator-report.ts'
import { basisNotes, fileNameOf } from './table-parts.ts'

/** Indicators as a table, a row each. */
export function indicatorTable(report: IndicatorReport): ReportTable {
  const { performance, lowestSoc } = report
  const { baseline } = performance
  const about = say('baselineOf', {
    days: baseline.days,
    from: baseline.from,
    to: baseline.to,
    fit: baseline.rSquared ?? say('unknown'),
  })
  const rows: [figure: Sentence, indicator: Indicator, remark?: Sentence | undefined][] = [
    [say('enpi'), performance.kWhPerKm],
    [say('enpiExpected'), performance.expectedKWhPerKm, about],
    [say('enpiRatio'), performance.ratio],
    [say('enpiSaved'), performance.savedKWh],
    [say('gridPerKm'), report.gridKWhPerKm],
    [say('cheapestShare'), report.cheapestQuartileShare],
    [say('socOut'), report.socAtPullOutPercent],
    [say('socIn'), report.socAtPullInPercent],
    [
      say('socLowest'),
      lowestSoc,
      lowestSoc.vehicleId === null
        ? undefined
        : say('vehicleAt', { vehicle: lowestSoc.vehicleId, at: lowestSoc.at?.toISOString() ?? '?' }),
    ],
    [say('carbonPerPassenger'), report.carbonPerPassengerKm],
  ]
  return {
    fileName: fileNameOf('indicators', report),
    title: say('indicators'),
    columns: [
      { key: 'figure', kind: 'text' },
      { key: 'value', kind: 'number' },
      { key: 'unit', kind: 'text' },
      { key: 'reason', kind: 'text' },
    ],
    rows: rows.map(([figure, { value, unit, reason }, remark]) => ({
      figure,
      value,
      unit,
      reason: reason ?? remark ?? null,
    })),
    notes: [...report.notes, ...basisNotes(report.carbonBasis)],
    timeZone: report.timeZone,
  }
}
