import { sql, type Kysely } from 'kysely'

/** Why an import was refused is kept as a sentence, to be read in any language. What was written before stays the string that it is. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db)
}

const statements = [
  `alter table import_job alter column message type jsonb using to_jsonb(message)`,
  // Like the report: what a file was found to be is no change that somebody made.
  `drop trigger import_job_audit on import_job`,
  `select audit_changes('import_job', 'import', array['id'], '{}', array['report', 'message', 'attempts', 'checked_at', 'finished_at'])`,
]
