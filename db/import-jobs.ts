import { sql } from 'kysely'
import {
  mapReport,
  type ImportKind,
  type ImportOptions,
  type ImportReport,
  type ImportState,
  type KeptReport,
} from '../domain/import-job.ts'
import type { KeptRefusal } from '../domain/sentences/refused.ts'
import { kept } from '../domain/sentences/said.ts'
import { json, type Db } from './database.ts'

/** One file that was handed in, without its contents. */
export interface ImportJob {
  importId: number
  kind: ImportKind
  fileName: string
  options: ImportOptions
  sizeBytes: number
  state: ImportState
  report: KeptReport | null
  /** Why it was refused, or failed; a string is English of an earlier version. */
  message: KeptRefusal | string | null
  createdBy: string | null
  createdAt: Date
  checkedAt: Date | null
  finishedAt: Date | null
}

const columns = [
  'id as importId',
  'kind',
  'file_name as fileName',
  'options',
  'size_bytes as sizeBytes',
  'state',
  'report',
  'message',
  'created_by as createdBy',
  'created_at as createdAt',
  'checked_at as checkedAt',
  'finished_at as finishedAt',
] as const

export interface NewImport {
  kind: ImportKind
  fileName: string
  options: ImportOptions
  body: Uint8Array
  createdBy: string | null
  at: Date
  /** Stored as soon as its turn comes, without another look by a person. */
  asked?: boolean
}

/** Takes in a file, to be looked through by the job `imports`. Returns its number. */
export function addImport(db: Db, given: NewImport): Promise<number> {
  return db.transaction().execute(async (tx) => {
    const { id } = await tx
      .insertInto('import_job')
      .values({
        kind: given.kind,
        file_name: given.fileName,
        options: json(given.options),
        size_bytes: given.body.byteLength,
        state: given.asked === true ? 'asked' : 'waiting',
        created_by: given.createdBy,
        created_at: given.at,
      })
      .returning('id')
      .executeTakeFirstOrThrow()
    await tx.insertInto('import_file').values({ import_id: id, body: given.body, previous: null }).execute()
    return id
  })
}

/** Newest first. */
export function importJobs(db: Db, page: { before?: number | undefined; limit: number }): Promise<ImportJob[]> {
  return db
    .selectFrom('import_job')
    .select(columns)
    .$if(page.before !== undefined, (query) => query.where('id', '<', page.before ?? 0))
    .orderBy('id', 'desc')
    .limit(page.limit)
    .execute()
}

export function importJob(db: Db, importId: number): Promise<ImportJob | undefined> {
  return db.selectFrom('import_job').select(columns).where('id', '=', importId).executeTakeFirst()
}

/** Asks for a checked import to be stored. False when it is not in that state. */
export async function askForImport(db: Db, importId: number): Promise<boolean> {
  const row = await db
    .updateTable('import_job')
    .set({ state: 'asked', attempts: 0 })
    .where('id', '=', importId)
    .where('state', '=', 'checked')
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Forgets an import that nobody wants; what it has stored stays. False when it is under way or not there. */
export async function dropImport(db: Db, importId: number): Promise<boolean> {
  const row = await db
    .deleteFrom('import_job')
    .where('id', '=', importId)
    .where('state', 'not in', ['checking', 'asked', 'applying'])
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export interface BegunImport {
  importId: number
  kind: ImportKind
  fileName: string
  options: ImportOptions
  body: Uint8Array
  work: 'check' | 'apply'
  /** How often it has been begun, this time included. */
  attempts: number
}

/**
 * Begins the oldest import that has something to be done; undefined when there is none. One that was begun and never ended, because the
 * process did, is begun again. Only one process at a time may call this: the job's lock sees to it.
 */
export async function beginImport(db: Db): Promise<BegunImport | undefined> {
  const row = await db
    .updateTable('import_job')
    .set((eb) => ({
      state: eb
        .case()
        .when('state', 'in', ['waiting', 'checking'])
        .then(sql<ImportState>`'checking'`)
        .else(sql<ImportState>`'applying'`)
        .end(),
      attempts: eb('attempts', '+', 1),
    }))
    .where('id', '=', (eb) =>
      eb
        .selectFrom('import_job')
        .select('id')
        .where('state', 'in', ['waiting', 'checking', 'asked', 'applying'])
        .orderBy('id')
        .limit(1),
    )
    .returning(['id', 'kind', 'file_name', 'options', 'state', 'attempts'])
    .executeTakeFirst()
  if (row === undefined) return undefined
  const file = await db.selectFrom('import_file').select('body').where('import_id', '=', row.id).executeTakeFirst()
  return {
    importId: row.id,
    kind: row.kind,
    fileName: row.file_name,
    options: row.options,
    body: file?.body ?? new Uint8Array(),
    work: row.state === 'checking' ? 'check' : 'apply',
    attempts: row.attempts,
  }
}

/** Notes how an import's check or storing has ended. */
export async function endImport(
  db: Db,
  importId: number,
  end: { state: 'checked' | 'refused' | 'done' | 'failed'; report?: ImportReport; message?: KeptRefusal; at: Date },
): Promise<void> {
  await db
    .updateTable('import_job')
    .set({
      state: end.state,
      message: end.message === undefined ? null : json(end.message),
      ...(end.report === undefined ? {} : { report: json(mapReport(end.report, kept)) }),
      ...(end.state === 'checked' || end.state === 'refused' ? { checked_at: end.at } : { finished_at: end.at }),
    })
    .where('id', '=', importId)
    .execute()
}

/** Keeps what an import is about to replace, so that it can be taken back. */
export async function keepPrevious(db: Db, importId: number, previous: Uint8Array | null): Promise<void> {
  await db.updateTable('import_file').set({ previous }).where('import_id', '=', importId).execute()
}

/** What an import has replaced; undefined when nothing was kept. */
export async function replacedBy(db: Db, importId: number): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('import_file')
    .select('previous')
    .where('import_id', '=', importId)
    .where('previous', 'is not', null)
    .executeTakeFirst()
  return row?.previous ?? undefined
}

const FILES_KEPT = 5

/** Forgets the files of all but the newest few imports, and imports that nobody has asked to store within a week. Reports stay. */
export async function forgetImportFiles(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom('import_file')
    .where('import_id', 'not in', (eb) =>
      eb.selectFrom('import_job').select('id').orderBy('id', 'desc').limit(FILES_KEPT),
    )
    .where('import_id', 'not in', (eb) =>
      eb.selectFrom('import_job').select('id').where('state', 'in', ['waiting', 'checking', 'asked', 'applying']),
    )
    .execute()
  await db
    .deleteFrom('import_job')
    .where('state', 'in', ['checked', 'refused'])
    .where('created_at', '<', new Date(now.getTime() - 7 * 86_400_000))
    .execute()
}
