import type { Format } from '../format.ts'
import type { CellValue, Column } from '../table/column.ts'

/** What a colour means, not what it is; each also has a line of its own, so that black and white is enough. */
export type Tone = 'go' | 'base' | 'limit' | 'soft' | 'sun' | 'look' | 'ink'

export interface ChartSeries {
  key: string
  label: string
  unit?: string
  digits: number
  tone: Tone
  /** `area` is filled to the floor, `step` holds its value until the next sample. */
  draw: 'line' | 'step' | 'area' | 'stepArea'
  dashed?: boolean
  /** One for each of the chart's times, in the unit that is shown; null leaves a gap, undefined (no sample then) is drawn through. */
  values: readonly (number | null | undefined)[]
}

/** What a chart shows at most, epoch ms. */
export interface Span {
  from: number
  to: number
}

export const spanOf = (times: readonly number[]): Span => ({ from: times[0] ?? 0, to: times.at(-1) ?? 1 })

/** What a sample stands for: a moment, or a whole local day. */
export type Sampling = 'instant' | 'day'

export const timeText = (at: number, sampling: Sampling, format: Format): string =>
  sampling === 'day' ? format.day(at) : `${format.day(at)} ${format.time(at)}`

export function valueText(
  value: number | null | undefined,
  series: ChartSeries,
  format: Format,
  unknown: string,
): string {
  if (value === null || value === undefined) return unknown
  const figure = format.fixed(value, series.digits)
  return series.unit === undefined ? figure : `${figure} ${series.unit}`
}

/** One line of the table behind a chart: the place in the chart's series. */
export type SampleRow = number

/** The chart as a table: its times, a column for each series, and what else is known of each time. */
export function tableColumns(
  times: readonly number[],
  series: readonly ChartSeries[],
  timeLabel: string,
  more: readonly Column<SampleRow>[] = [],
): Column<SampleRow>[] {
  return [
    { key: 'time', label: timeLabel, kind: 'instant', value: (index): CellValue => times[index] ?? null },
    ...series.map((one): Column<SampleRow> => ({
      key: one.key,
      label: one.label,
      ...(one.unit === undefined ? {} : { unit: one.unit }),
      kind: 'number',
      digits: one.digits,
      value: (index) => one.values[index] ?? null,
    })),
    ...more,
  ]
}
