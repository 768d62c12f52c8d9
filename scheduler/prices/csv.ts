import type { PriceSlot } from '../../domain/ports.ts'
import type { TemperatureAt } from '../../domain/weather/open-meteo.ts'
import { readSeriesCsv, spansOf, type CsvProblem } from './series-csv.ts'

export interface PriceFile {
  /** Ascending, without overlap. */
  slots: PriceSlot[]
  /** Lines that could not be used, with why; when there are any, nothing should be stored. */
  problems: CsvProblem[]
}

const EUROS = { least: -10_000_000, most: 10_000_000, wrong: 'csvNoEuros' } as const

/** Reads prices: a header `start,eurPerKwh` (or `eurPerMwh`), then one line a slot. Prices may be negative. See `readSeriesCsv` for the form and `spansOf` for how long a slot lasts. */
export function parsePriceCsv(text: string): PriceFile {
  const { rows, problems } = readSeriesCsv(text, 'start', [
    { name: 'eurPerKwh', factor: 1_000_000, ...EUROS },
    { name: 'eurPerMwh', factor: 1000, ...EUROS },
  ])
  const slots = spansOf(rows).map(({ value, ...span }) => ({ ...span, priceMicroEurPerKwh: value }))
  return { slots, problems }
}

/** Reads carbon intensities: a header `start,gPerKwh`, then one line a slot. */
export function parseCarbonCsv(text: string): {
  slots: { startAt: Date; endAt: Date; gPerKwh: number }[]
  problems: CsvProblem[]
} {
  const { rows, problems } = readSeriesCsv(text, 'start', [
    { name: 'gPerKwh', factor: 1, least: 0, most: 5000, wrong: 'csvNoGrams' },
  ])
  return { slots: spansOf(rows).map(({ value, ...span }) => ({ ...span, gPerKwh: value })), problems }
}

/** Reads outdoor temperatures: a header `time,temperatureC`, then one line an hour. */
export function parseWeatherCsv(text: string): { hours: TemperatureAt[]; problems: CsvProblem[] } {
  const { rows, problems } = readSeriesCsv(text, 'time', [
    { name: 'temperatureC', factor: 1, least: -70, most: 70, decimals: 1, wrong: 'csvNoDegrees' },
  ])
  return { hours: rows.map((row) => ({ at: new Date(row.startMs), temperatureC: row.value })), problems }
}
