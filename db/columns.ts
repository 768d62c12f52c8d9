import type { ColumnType, Generated } from 'kysely'

/** A `jsonb` column: read as the value, written as its JSON text (see `json()` in `database.ts`), so that arrays do not become PostgreSQL arrays. */
export type Jsonb<T> = ColumnType<T, string, string>
export type JsonbDefault<T> = ColumnType<T, string | undefined, string>
/** A `date` column: `YYYY-MM-DD`, never a Date. */
export type LocalDate = string

/** A table whose rows pages show. */
export interface Changed {
  /** Set by a trigger. */
  change_seq: Generated<number>
}
