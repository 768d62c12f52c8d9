import type { Sentence } from '../../../domain/sentences/sentence.ts'
import type { Language } from '../../../domain/language.ts'

/**
 * What a column holds and in which unit files show it: `energy` Wh as kWh, `money` millionths of a euro as EUR, `distance` m as km, `carbon` g as kg, `power` W as kW,
 * `ratio` a share of 1, `number` as it is.
 */
export type ColumnKind =
  | 'text'
  | 'integer'
  | 'number'
  | 'ratio'
  | 'energy'
  | 'money'
  | 'distance'
  | 'carbon'
  | 'power'
  | 'instant'

export type CellValue = string | number | Date | Sentence | null

/** A column; `key` is its name in `words.ts` and in Parquet files. */
export interface ReportColumn {
  key: string
  kind: ColumnKind
}

/** A report as rows and columns: what every file format is made from. Values are in the units of the API (Wh, W, m, g, millionths of a euro). */
export interface ReportTable {
  /** The file's name without its ending. */
  fileName: string
  title: Sentence
  columns: readonly ReportColumn[]
  rows: readonly Readonly<Record<string, CellValue>>[]
  /** What is missing, and where figures are from. */
  notes: readonly Sentence[]
  /** Instants are shown on this zone's clocks. */
  timeZone: string
}

export interface FileOptions {
  lang: Language
}

const SCALES: Partial<Record<ColumnKind, { places: number; excel: string }>> = {
  energy: { places: 3, excel: '#,##0.000' },
  power: { places: 3, excel: '#,##0.000' },
  distance: { places: 3, excel: '#,##0.000' },
  carbon: { places: 3, excel: '#,##0.000' },
  money: { places: 6, excel: '#,##0.00' },
}

/** Places by which a value of this kind is moved right of the point in a file; 0: shown as it is. */
export function decimalPlaces(kind: ColumnKind): number {
  return SCALES[kind]?.places ?? 0
}

export function excelFormat(kind: ColumnKind): string | undefined {
  if (kind === 'ratio') return '0.0%'
  if (kind === 'number') return '#,##0.000'
  if (kind === 'integer') return '0'
  return SCALES[kind]?.excel
}

/** A number of the API in the file's unit: 1,234 Wh is 1.234 kWh. */
export function inFileUnit(value: number, kind: ColumnKind): number {
  return value / 10 ** decimalPlaces(kind)
}
