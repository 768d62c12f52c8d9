import { say } from '../../domain/sentences/sentence.ts'
import type { EnergyReport, EnergyRow } from './energy-report.ts'
import type { CellValue, ReportColumn, ReportTable } from './files/report-table.ts'
import { basisNotes, fileNameOf } from './table-parts.ts'

const FIGURES: readonly ReportColumn[] = [
  { key: 'energyWh', kind: 'energy' },
  { key: 'sessionWh', kind: 'energy' },
  { key: 'standbyWh', kind: 'energy' },
  { key: 'batteryWh', kind: 'energy' },
  { key: 'efficiency', kind: 'ratio' },
  { key: 'sessions', kind: 'integer' },
  { key: 'distanceM', kind: 'distance' },
  { key: 'kWhPerKm', kind: 'number' },
  { key: 'energyCostMicroEur', kind: 'money' },
  { key: 'networkCostMicroEur', kind: 'money' },
  { key: 'peakCostMicroEur', kind: 'money' },
  { key: 'totalCostMicroEur', kind: 'money' },
  { key: 'uncostedWh', kind: 'energy' },
  { key: 'carbonLocationG', kind: 'carbon' },
  { key: 'carbonMarketG', kind: 'carbon' },
  { key: 'share', kind: 'ratio' },
]

const COMPARISON: readonly ReportColumn[] = [
  { key: 'compareEnergyWh', kind: 'energy' },
  { key: 'differenceEnergyWh', kind: 'energy' },
  { key: 'differenceShare', kind: 'ratio' },
  { key: 'compareTotalCostMicroEur', kind: 'money' },
]

/** An energy report as a table: a row for each group and bucket. Totals are left to the reader's spreadsheet, so that no sum counts them twice. */
export function energyTable(report: EnergyReport): ReportTable {
  const inDay = report.bucket === '15min' || report.bucket === 'hour'
  const bucket: ReportColumn[] =
    report.bucket === 'none' ? [] : [inDay ? { key: 'startAt', kind: 'instant' } : { key: 'date', kind: 'text' }]
  return {
    fileName: fileNameOf(`energy-by-${report.groupBy}`, report),
    title: say('energyBy', { group: say(`group_${report.groupBy}`) }),
    columns: [
      ...bucket,
      { key: 'key', kind: 'text' },
      { key: 'label', kind: 'text' },
      ...FIGURES,
      ...(report.compareFrom === null ? [] : COMPARISON),
    ],
    rows: report.rows.map((row) => cellsOf(row, inDay)),
    notes: [...report.notes, ...basisNotes(report.carbonBasis)],
    timeZone: report.timeZone,
  }
}

function cellsOf(row: EnergyRow, inDay: boolean): Record<string, CellValue> {
  const { comparison, bucket, efficiencyFlag: _flag, ...cells } = row
  return {
    ...cells,
    startAt: inDay && bucket !== null ? new Date(bucket) : null,
    date: bucket,
    compareEnergyWh: comparison?.energyWh ?? null,
    differenceEnergyWh: comparison?.differenceWh ?? null,
    differenceShare: comparison?.differenceShare ?? null,
    compareTotalCostMicroEur: comparison?.totalCostMicroEur ?? null,
  }
}
