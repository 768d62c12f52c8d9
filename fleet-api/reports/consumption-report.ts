import { percent } from './percent.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import type { Db } from '../../db/database.ts'
import {
  BIN,
  consumptionCells,
  consumptionCurves,
  type ConsumptionCell,
  type ConsumptionGroup,
} from '../../db/reports/consumption-cells.ts'
import { groupLabels } from '../../db/reports/group-facts.ts'
import { consumptionKwhPerKm } from '../../domain/energy/consumption.ts'
import type { ReportTable } from './files/report-table.ts'
import { rounded } from './figures.ts'
import type { Period } from './period.ts'
import { fileNameOf } from './table-parts.ts'

export const CONSUMPTION_GROUPS = [
  'vehicle',
  'type',
  'line',
  'block',
  'temperature',
  'speed',
] as const satisfies ConsumptionGroup[]

export interface ConsumptionRow {
  key: string
  label: string | Sentence
  distanceM: number
  /** Of the distance, that whose battery energy is known. */
  measuredM: number
  driveEnergyWh: number | null
  batteryKWhPerKm: number | null
  /** What the types' curves say for the same driving at the same temperatures. */
  expectedKWhPerKm: number | null
  /** Measured over expected: above 1 is more than type and weather explain. */
  factor: number | null
}

export interface ConsumptionReport {
  from: Date
  to: Date
  timeZone: string
  groupBy: ConsumptionGroup
  rows: ConsumptionRow[]
  totals: Omit<ConsumptionRow, 'key' | 'label'>
  notes: Sentence[]
}

/** What driving took out of the batteries, by group, beside what type and weather let one expect. Who drove is not looked at. */
export async function consumptionReport(
  db: Db,
  question: { period: Period; siteId: string | null; vehicleId?: string | null; groupBy: ConsumptionGroup },
): Promise<ConsumptionReport> {
  const { period, siteId, vehicleId = null, groupBy } = question
  const cells = await consumptionCells(db, { from: period.from, to: period.to, siteId, vehicleId }, groupBy)
  const curves = await consumptionCurves(db)
  const groups = Map.groupBy(cells, (cell) => cell.key)
  const binned = groupBy === 'temperature' || groupBy === 'speed'
  const labels = binned ? new Map<string, string>() : await groupLabels(db, groupBy, [...groups.keys()])
  const rows = [...groups].map(([key, own]) => ({
    key,
    label: binned ? binLabel(key, groupBy) : (labels.get(key) ?? key),
    ...figures(own, curves),
  }))
  if (binned) rows.sort((a, b) => binOrder(a.key) - binOrder(b.key))
  const totals = figures(cells, curves)
  return {
    from: period.fromAt,
    to: period.toAt,
    timeZone: period.timeZone,
    groupBy,
    rows,
    totals,
    notes: notesOf(totals, groupBy),
  }
}

function figures(
  cells: readonly ConsumptionCell[],
  curves: ReadonlyMap<string, [number, number][]>,
): Omit<ConsumptionRow, 'key' | 'label'> {
  let distanceM = 0
  let measuredM = 0
  let energyWh = 0
  let comparableM = 0
  let comparableWh = 0
  let expectedWh = 0
  for (const cell of cells) {
    distanceM += cell.distanceM
    measuredM += cell.measuredM
    energyWh += cell.energyWh
    const consumption = curves.get(cell.typeId)
    if (cell.temperatureC === null || consumption === undefined || consumption.length === 0) continue
    comparableM += cell.measuredM
    comparableWh += cell.energyWh
    // 1 kWh/km is 1 Wh/m.
    expectedWh += cell.measuredM * consumptionKwhPerKm({ consumption }, cell.temperatureC)
  }
  return {
    distanceM,
    measuredM,
    driveEnergyWh: measuredM > 0 ? Math.round(energyWh) : null,
    batteryKWhPerKm: measuredM > 0 ? rounded(energyWh / measuredM, 4) : null,
    expectedKWhPerKm: comparableM > 0 ? rounded(expectedWh / comparableM, 4) : null,
    factor: expectedWh > 0 ? rounded(comparableWh / expectedWh, 4) : null,
  }
}

function binLabel(key: string, group: 'temperature' | 'speed'): Sentence {
  if (key === '') return say('unknown')
  return say(group === 'temperature' ? 'degrees' : 'speeds', { from: key, to: Number(key) + BIN })
}

function binOrder(key: string): number {
  return key === '' ? Number.POSITIVE_INFINITY : Number(key)
}

function notesOf(totals: Omit<ConsumptionRow, 'key' | 'label'>, groupBy: ConsumptionGroup): Sentence[] {
  if (totals.distanceM === 0) return [say('noDriving')]
  const notes: Sentence[] = []
  if (totals.measuredM < totals.distanceM)
    notes.push(say('partlyMeasured', { share: percent(totals.distanceM - totals.measuredM, totals.distanceM) }))
  if (totals.factor === null) notes.push(say('noTemperatures'))
  if (groupBy === 'line') notes.push(say('emptyLine'))
  return notes
}

export function consumptionTable(report: ConsumptionReport): ReportTable {
  return {
    fileName: fileNameOf(`consumption-by-${report.groupBy}`, report),
    title: say('consumptionBy', { group: say(`group_${report.groupBy}`) }),
    columns: [
      { key: 'key', kind: 'text' },
      { key: 'label', kind: 'text' },
      { key: 'distanceM', kind: 'distance' },
      { key: 'driveEnergyWh', kind: 'energy' },
      { key: 'batteryKWhPerKm', kind: 'number' },
      { key: 'expectedKWhPerKm', kind: 'number' },
      { key: 'factor', kind: 'number' },
    ],
    rows: report.rows.map((row) => ({ ...row })),
    notes: report.notes,
    timeZone: report.timeZone,
  }
}
