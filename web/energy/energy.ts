import { createContext } from 'svelte'
import { language } from '../parts/language.ts'
import type { Comparison, Period } from './period.ts'

/** What every section of the page goes by. */
export interface Energy {
  readonly siteId: string
  readonly period: Period
  readonly comparison: Comparison
  /** The parameters that every report takes. */
  readonly span: { from: string; to: string; siteId: string }
  /** A choice of one section, kept in the address. */
  choice<Value extends string>(name: string, values: readonly Value[]): Value
  choose(name: string, value: string): void
  /** Names as people call them. */
  vehicle(vehicleId: string | null): string
  station(stationId: string): string
}

export const [getEnergy, setEnergy] = createContext<Energy>()

/** The server's own files of a report: everything in it, in the reader's language. */
export function reportFiles(report: string, query: Record<string, string>): { csv: string; xlsx: string } {
  const address = (format: string): string =>
    `/api/v1/reports/${report}?${new URLSearchParams({ ...query, format, lang: language }).toString()}`
  return { csv: address('csv'), xlsx: address('xlsx') }
}

/** A file's name of what is made in the browser. */
export const fileName = (what: string, period: Pick<Period, 'from' | 'to'>): string =>
  `zaryad-${what}-${period.from}-${period.to}`
