import type { KeptSaid, Said } from './sentences/said.ts'
import type { FeedFinding } from './timetable.ts'

export const IMPORT_KINDS = ['gtfs', 'tods', 'fleet', 'places', 'prices', 'carbon', 'weather', 'tariff'] as const
export type ImportKind = (typeof IMPORT_KINDS)[number]

/**
 * `waiting` to be looked through, `checking`, then `checked` or `refused`; once a person has `asked` for it: `applying`, then `done` or `failed`.
 */
export const IMPORT_STATES = [
  'waiting',
  'checking',
  'checked',
  'asked',
  'applying',
  'done',
  'refused',
  'failed',
] as const
export type ImportState = (typeof IMPORT_STATES)[number]

/** What the file itself does not say. */
export interface ImportOptions {
  /** Which timetable to replace, or to lay TODS over. */
  feedId?: string
  /** Which price or carbon series. */
  series?: string
  /** Whose weather or tariff. */
  siteId?: string
  /** Which source the places are. */
  sourceId?: string
  /** The import that this one takes back; its file is what was kept of that one. */
  undoOf?: number
  /** What the file of the timetable is called that comes back with it. */
  restores?: string
}

/** Something that an import adds or replaces. */
export interface ImportedThing {
  kind: 'timetable' | 'site' | 'station' | 'vehicle'
  id: string
  /** Of a timetable. */
  fileName?: string
}

/** What was found in a file before anything is stored. `Text`: how it is said; the kept form has the same shape. */
export interface ImportReport<Text = Said> {
  /** How many of each thing, by name: `trips`, `vehicles`. */
  counts: Record<string, number>
  findings: FeedFinding<Text>[]
  /** What became of it, in sentences. */
  lines: Text[]
  /** What it would put out of service or replace. */
  replaces: ImportedThing[]
  /** What is new. */
  adds: ImportedThing[]
  /** The timetable that it is, or is laid over. */
  feedId: string | null
  /** Whether it can be taken back afterwards. */
  canUndo: boolean
}

/** A report as it is kept: sentences with their codes, or strings of an earlier version. */
export interface KeptReport extends Omit<ImportReport<KeptSaid>, 'adds' | 'replaces'> {
  /** Strings: `vehicle bus-9`, `timetable city (feed.zip)`. */
  replaces: (ImportedThing | string)[]
  adds: (ImportedThing | string)[]
}

/** A report with all that it says put another way. */
export function mapReport<From, To>(report: ImportReport<From>, put: (said: From) => To): ImportReport<To> {
  return {
    ...report,
    findings: report.findings.map((finding) => ({
      ...finding,
      message: put(finding.message),
      examples: finding.examples.map(({ line, detail }) => ({ line, detail: put(detail) })),
    })),
    lines: report.lines.map((line) => put(line)),
  }
}

/** A thing as it was kept, by this version or an earlier one. */
export function keptThing(kept: ImportedThing | string): ImportedThing {
  if (typeof kept !== 'string') return kept
  const [, kind, id = kept, fileName] = /^(timetable|site|station|vehicle) (.+?)(?: \((.*)\))?$/.exec(kept) ?? []
  return { kind: kind as ImportedThing['kind'], id, ...(fileName === undefined ? {} : { fileName }) }
}
