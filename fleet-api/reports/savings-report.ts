import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import type { Db } from '../../db/database.ts'
import { monthPeaks, type MonthPeak } from '../../db/reports/day-rates.ts'
import { savingDays, type SavingDay } from '../../db/saving-days.ts'
import { daysBetween } from '../../domain/service-time.ts'
import type { ReportTable } from './files/report-table.ts'
import type { Period } from './period.ts'
import { fileNameOf } from './table-parts.ts'

export interface SavingsRow {
  /** The day from noon on, to the next noon. */
  date: string
  siteId: string
  plannedEnergyWh: number
  actualEnergyWh: number
  plannedCostMicroEur: number
  /** Measured energy at the prices that were in force. */
  actualCostMicroEur: number | null
  /** What the measured energy would have cost if it had been drawn when uncontrolled charging draws it. */
  uncontrolledCostMicroEur: number | null
  savedMicroEur: number | null
  plannedPeakW: number
  actualPeakW: number | null
  uncontrolledPeakW: number
  savedCarbonG: number | null
}

export interface SavingsReport {
  from: Date
  to: Date
  timeZone: string
  rows: SavingsRow[]
  /** Of each month: its highest uncontrolled peak against the measured one. */
  peaks: { siteId: string; month: string; actualPeakW: number; uncontrolledPeakW: number; savedMicroEur: number }[]
  totals: {
    plannedEnergyWh: number
    actualEnergyWh: number
    savedEnergyCostMicroEur: number | null
    savedPeakCostMicroEur: number
    savedMicroEur: number | null
    savedCarbonG: number | null
  }
  notes: Sentence[]
}

/** What plans saved against charging everything at full power on arrival, as measured: in money, peak and carbon. */
export async function savingsReport(
  db: Db,
  question: { period: Period; siteId: string | null },
): Promise<SavingsReport> {
  const { period, siteId } = question
  const span = { from: period.from, to: period.to, siteId }
  const days = await savingDays(db, span)
  const rows = days.map(rowOf)
  const peaks = peaksOf(days, await monthPeaks(db, span))
  const savedEnergy = knownSum(rows.map((row) => row.savedMicroEur))
  const savedPeak = peaks.reduce((sum, peak) => sum + peak.savedMicroEur, 0)
  const sites = new Set(days.map((day) => day.siteId)).size
  const missing = daysBetween(period.from, period.to) - new Set(days.map((day) => day.date)).size
  return {
    from: period.fromAt,
    to: period.toAt,
    timeZone: period.timeZone,
    rows,
    peaks,
    totals: {
      plannedEnergyWh: days.reduce((sum, day) => sum + day.plannedWh, 0),
      actualEnergyWh: days.reduce((sum, day) => sum + day.actualWh, 0),
      savedEnergyCostMicroEur: savedEnergy,
      savedPeakCostMicroEur: savedPeak,
      savedMicroEur: savedEnergy === null ? null : savedEnergy + savedPeak,
      savedCarbonG: knownSum(rows.map((row) => row.savedCarbonG)),
    },
    notes: [
      ...(sites === 0 || missing > 0 ? [say('noPlanOf', { n: missing })] : []),
      ...(rows.some((row) => row.savedMicroEur === null) ? [say('noSavingWithout')] : []),
      say('savingDay'),
    ],
  }
}

function rowOf(day: SavingDay): SavingsRow {
  const uncontrolledCost = scaled(day.uncontrolledCostMicroEur, day.uncontrolledWh, day.actualCostedWh)
  const uncontrolledCarbon =
    day.uncontrolledCarbonG === null ? null : scaled(day.uncontrolledCarbonG, day.uncontrolledWh, day.actualCarbonedWh)
  return {
    date: day.date,
    siteId: day.siteId,
    plannedEnergyWh: day.plannedWh,
    actualEnergyWh: day.actualWh,
    plannedCostMicroEur: day.plannedCostMicroEur,
    actualCostMicroEur: day.actualCostMicroEur,
    uncontrolledCostMicroEur: day.actualCostMicroEur === null ? null : uncontrolledCost,
    savedMicroEur:
      day.actualCostMicroEur === null || uncontrolledCost === null ? null : uncontrolledCost - day.actualCostMicroEur,
    plannedPeakW: day.plannedPeakW,
    actualPeakW: day.actualPeakW,
    uncontrolledPeakW: day.uncontrolledPeakW,
    savedCarbonG:
      day.actualCarbonG === null || uncontrolledCarbon === null ? null : uncontrolledCarbon - day.actualCarbonG,
  }
}

/** `amount` of `wh`, for `otherWh` at the same rate; null when there is no rate. */
function scaled(amount: number, wh: number, otherWh: number): number | null {
  return wh <= 0 || otherWh <= 0 ? null : Math.round((amount / wh) * otherWh)
}

function peaksOf(days: readonly SavingDay[], months: readonly MonthPeak[]): SavingsReport['peaks'] {
  return months.flatMap((month) => {
    const own = days.filter((day) => day.siteId === month.siteId && day.date.slice(0, 7) === month.month.slice(0, 7))
    if (own.length === 0) return []
    const uncontrolledPeakW = own.reduce((most, day) => Math.max(most, day.uncontrolledPeakW), 0)
    return [
      {
        siteId: month.siteId,
        month: month.month.slice(0, 7),
        actualPeakW: month.peakW,
        uncontrolledPeakW,
        savedMicroEur: Math.round((uncontrolledPeakW - month.peakW) * month.eurPerKw * 1000),
      },
    ]
  })
}

function knownSum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0)
}

export function savingsTable(report: SavingsReport): ReportTable {
  return {
    fileName: fileNameOf('savings', report),
    title: say('savings'),
    columns: [
      { key: 'date', kind: 'text' },
      { key: 'siteId', kind: 'text' },
      { key: 'plannedEnergyWh', kind: 'energy' },
      { key: 'actualEnergyWh', kind: 'energy' },
      { key: 'plannedCostMicroEur', kind: 'money' },
      { key: 'actualCostMicroEur', kind: 'money' },
      { key: 'uncontrolledCostMicroEur', kind: 'money' },
      { key: 'savedMicroEur', kind: 'money' },
      { key: 'plannedPeakW', kind: 'power' },
      { key: 'actualPeakW', kind: 'power' },
      { key: 'uncontrolledPeakW', kind: 'power' },
      { key: 'savedCarbonG', kind: 'carbon' },
    ],
    rows: report.rows.map((row) => ({ ...row })),
    notes: [
      ...report.notes,
      ...report.peaks.map((peak) =>
        say('savingPeak', {
          month: peak.month,
          siteId: peak.siteId,
          measured: peak.actualPeakW / 1000,
          uncontrolled: peak.uncontrolledPeakW / 1000,
          saved: peak.savedMicroEur / 1e6,
        }),
      ),
    ],
    timeZone: report.timeZone,
  }
}
