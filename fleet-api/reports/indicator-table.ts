import type { ReportTable } from './files/report-table.ts'
import type { Indicator, IndicatorReport } from './indicator-report.ts'
import { basisNotes, fileNameOf } from './table-parts.ts'

/** Indicators as a table, a row each. */
export function indicatorTable(report: IndicatorReport): ReportTable {
  const { performance, lowestSoc } = report
  const { baseline } = performance
  const about = `${baseline.days} days from ${baseline.from} to ${baseline.to}, R² ${baseline.rSquared ?? 'unknown'}`
  const rows: [figure: string, indicator: Indicator, remark?: string | undefined][] = [
    ['EnPI (ISO 50001)', performance.kWhPerKm],
    ['EnPI, expected by the baseline', performance.expectedKWhPerKm, about],
    ['EnPI over baseline', performance.ratio],
    ['Saved against the baseline', performance.savedKWh],
    ['Grid energy per km', report.gridKWhPerKm],
    ['Share charged in the cheapest quartile', report.cheapestQuartileShare],
    ['SoC at pull-out', report.socAtPullOutPercent],
    ['SoC at pull-in', report.socAtPullInPercent],
    [
      'Lowest SoC',
      lowestSoc,
      lowestSoc.vehicleId === null ? undefined : `${lowestSoc.vehicleId} at ${lowestSoc.at?.toISOString() ?? '?'}`,
    ],
    ['CO2e per passenger-km (ISO 14083)', report.carbonPerPassengerKm],
  ]
  return {
    fileName: fileNameOf('indicators', report),
    title: 'Indicators',
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
