import type { Generated } from 'kysely'
import type { ImportKind, ImportOptions, ImportState, KeptReport } from '../../domain/import-job.ts'
import type { KeptRefusal } from '../../domain/sentences/refused.ts'
import type { Jsonb, JsonbDefault } from '../columns.ts'

/** Tables of the files that people hand in (migrations 0015, 0021). */
export interface ImportTables {
  import_job: ImportJobTable
  import_file: ImportFileTable
}

export interface ImportJobTable {
  id: Generated<number>
  kind: ImportKind
  file_name: string
  options: JsonbDefault<ImportOptions>
  size_bytes: number
  state: Generated<ImportState>
  /** How often it was begun: one that brings the process down is not begun for ever. */
  attempts: Generated<number>
  report: Jsonb<KeptReport> | null
  /** Why it was refused, or failed; a string is English of a version before 0021. */
  message: Jsonb<KeptRefusal | string> | null
  created_by: string | null
  created_at: Date
  checked_at: Date | null
  finished_at: Date | null
}

export interface ImportFileTable {
  import_id: number
  body: Uint8Array
  /** What it replaced: a feed's files as a zip, or what it takes to take a fleet file back (`fleet-undo.ts`). */
  previous: Uint8Array | null
}
