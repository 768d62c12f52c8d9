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
  /** The import of a fleet file that this one takes back; its file is what was kept of that one. */
  undoOf?: number
}

/** What was found in a file before anything is stored. */
export interface ImportReport {
  /** How many of each thing, by name: `trips`, `vehicles`. */
  counts: Record<string, number>
  findings: FeedFinding[]
  /** What became of it, in sentences. */
  lines: string[]
  /** What it would put out of service or replace. */
  replaces: string[]
  /** Ids that are new. */
  adds: string[]
  /** The timetable that it is, or is laid over. */
  feedId: string | null
  /** Whether it can be taken back afterwards. */
  canUndo: boolean
}

/** Why an import of a fleet file cannot be taken back, for people. */
export const NOT_THE_LAST_FLEET_FILE =
  'Another fleet file was stored since, or this one was taken back already. Only the last can be taken back.'
