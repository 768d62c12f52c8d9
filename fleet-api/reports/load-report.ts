import { percent } from './percent.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import type { Db } from '../../db/database.ts'
import { monthPeaks } from '../../db/reports/day-rates.ts'
import { peakContributors, type PeakContributor } from '../../db/peaks.ts'
import { siteBaseLoad } from '../../db/site-base-load.ts'
import { gridLimit, loadCurve } from '../../db/reports/load-curve.ts'
import type { ReportTable } from './files/report-table.ts'
import { rounded } from './figures.ts'
import type { Period } from './period.ts'
import { fileNameOf } from './table-parts.ts'

export interface LoadReport {
  siteId: string
  from: Date
  to: Date
  timeZone: string
  /** null: no grid connection is known. */
  limitW: number | null
  /** Its mean over the quarters of the curve. */
  baseLoadW: number
  meanW: number | null
  peakW: number | null
  peakAt: Date | null
  /** Mean power over peak power. */
  loadFactor: number | null
  quartersAboveLimit: number
  missingQuarters: number
  curve: { startAt: Date; chargingW: number; powerW: number; complete: boolean }[]
  monthPeaks: {
    month: string
    peakW: number
    at: Date
    eurPerKw: number
    costMicroEur: number
    /** Those who drew most, at most 20. */
    contributors: PeakContributor[]
  }[]
  notes: Sentence[]
}

const QUARTER_MS = 900_000
const MOST_CONTRIBUTORS = 20

/** The load of a site's connection by quarter hour against its contracted limit, and the peaks of the months that the period touches with who made them. */
export async function loadReport(db: Db, siteId: string, period: Period): Promise<LoadReport> {
  const limitW = await gridLimit(db, siteId)
  const baseLoadIn = await siteBaseLoad(db, siteId)
  const quarters = await loadCurve(db, siteId, period.fromAt, period.toAt)
  const baseLoads = quarters.map((quarter) => baseLoadIn(quarter.startAt))
  const baseLoadW =
    baseLoads.length === 0
      ? baseLoadIn(period.fromAt)
      : Math.round(baseLoads.reduce((sum, watts) => sum + watts, 0) / baseLoads.length)
  const curve = quarters.map((quarter, i) => ({ ...quarter, powerW: quarter.chargingW + (baseLoads[i] ?? 0) }))
  let peak: (typeof curve)[number] | null = null
  let sumW = 0
  for (const quarter of curve) {
    sumW += quarter.powerW
    if (peak === null || quarter.powerW > peak.powerW) peak = quarter
  }
  const meanW = curve.length === 0 ? null : sumW / curve.length
  const peaks = await monthPeaks(db, { from: period.from, to: period.to, siteId })
  const contributors = new Map<number, PeakContributor[]>()
  for (const { at } of peaks)
    contributors.set(at.getTime(), (await peakContributors(db, siteId, at)).slice(0, MOST_CONTRIBUTORS))
  const total = Math.round((period.toAt.getTime() - period.fromAt.getTime()) / QUARTER_MS)
  return {
    siteId,
    from: period.fromAt,
    to: period.toAt,
    timeZone: period.timeZone,
    limitW,
    baseLoadW,
    meanW: meanW === null ? null : Math.round(meanW),
    peakW: peak?.powerW ?? null,
    peakAt: peak?.startAt ?? null,
    loadFactor: meanW === null || peak === null || peak.powerW <= 0 ? null : rounded(meanW / peak.powerW, 4),
    quartersAboveLimit: limitW === null ? 0 : curve.filter((quarter) => quarter.powerW > limitW).length,
    missingQuarters: total - curve.length,
    curve,
    monthPeaks: peaks.map(({ month, peakW, at, eurPerKw, costMicroEur }) => ({
      month: month.slice(0, 7),
      peakW,
      at,
      eurPerKw,
      costMicroEur,
      contributors: contributors.get(at.getTime()) ?? [],
    })),
    notes: notesOf(total, curve, limitW, baseLoadW),
  }
}

function notesOf(
  total: number,
  curve: readonly { complete: boolean }[],
  limitW: number | null,
  baseLoadW: number,
): Sentence[] {
  const notes: Sentence[] = []
  if (curve.length < total) notes.push(say('noLoadIn', { share: percent(total - curve.length, total) }))
  const unfinished = curve.filter((quarter) => !quarter.complete).length
  if (unfinished > 0) notes.push(say('readingsToCome', { n: unfinished }))
  if (limitW === null) notes.push(say('noConnection'))
  if (baseLoadW > 0) notes.push(say('baseLoadOfToday'))
  return notes
}

/** The curve as a table; peaks stand among the notes. */
export function loadTable(report: LoadReport): ReportTable {
  return {
    fileName: fileNameOf(`load-${report.siteId.replaceAll(/[^\w.-]/g, '_')}`, report),
    title: say('loadOf', { siteId: report.siteId }),
    columns: [
      { key: 'startAt', kind: 'instant' },
      { key: 'chargingW', kind: 'power' },
      { key: 'powerW', kind: 'power' },
      { key: 'limitW', kind: 'power' },
    ],
    rows: report.curve.map(({ startAt, chargingW, powerW }) => ({ startAt, chargingW, powerW, limitW: report.limitW })),
    notes: [
      ...report.notes,
      ...report.monthPeaks.map((peak) => {
        const who = peak.contributors.map(
          (one) =>
            `${one.stationId}/${one.evseId} ${one.powerW / 1000} kW${one.vehicleId === null ? '' : ` (${one.vehicleId})`}`,
        )
        return say('monthPeak', {
          month: peak.month,
          peak: peak.peakW / 1000,
          at: peak.at.toISOString(),
          who: who.length === 0 ? say('nobodyKnown') : who.join(', '),
        })
      }),
    ],
    timeZone: report.timeZone,
  }
}
