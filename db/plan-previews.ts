import type { PlanChanges, PreviewAnswer } from '../domain/plan-preview.ts'
import { json, type Db } from './database.ts'
import { say, type Sentence } from '../domain/sentences/sentence.ts'
import { keptSentence, readSentence } from '../domain/sentences/kept-sentence.ts'

/** Whoever asked has long gone. */
const FORGOTTEN_AFTER_MS = 30 * 60_000
/** Unanswered questions about one site at a time. */
const MOST_OPEN = 4

/** Asks what a plan of a site would be with changes; undefined when too much is asked already. Whoever asks also takes it away. */
export function askForPreview(
  db: Db,
  question: { siteId: string; changes: PlanChanges; at: Date },
): Promise<number | undefined> {
  const { siteId, changes, at } = question
  return db.transaction().execute(async (tx) => {
    await tx.selectFrom('site').select('id').where('id', '=', siteId).forUpdate().execute()
    const { open } = await tx
      .selectFrom('plan_preview')
      .select((eb) => eb.fn.countAll<number>().as('open'))
      .where('site_id', '=', siteId)
      .where('answered_at', 'is', null)
      .executeTakeFirstOrThrow()
    if (Number(open) >= MOST_OPEN) return undefined
    const { id } = await tx
      .insertInto('plan_preview')
      .values({ site_id: siteId, asked_at: at, changes: json(changes) })
      .returning('id')
      .executeTakeFirstOrThrow()
    return id
  })
}

/** What came of a question; undefined as long as there is no answer. Instants are text. */
export async function previewOutcome(
  db: Db,
  previewId: number,
): Promise<{ answer: PreviewAnswer } | { error: Sentence } | undefined> {
  const row = await db
    .selectFrom('plan_preview')
    .select(['answered_at', 'answer', 'error'])
    .where('id', '=', previewId)
    .executeTakeFirst()
  if (row === undefined || row.answered_at === null) return undefined
  return row.answer === null ? { error: readSentence(row.error ?? '') ?? say('previewFailed') } : { answer: row.answer }
}

export async function forgetPreview(db: Db, previewId: number): Promise<void> {
  await db.deleteFrom('plan_preview').where('id', '=', previewId).execute()
}

/** Questions that nobody has answered, the oldest first. */
export function openPreviews(db: Db): Promise<{ previewId: number; siteId: string; changes: PlanChanges }[]> {
  return db
    .selectFrom('plan_preview')
    .select(['id as previewId', 'site_id as siteId', 'changes'])
    .where('answered_at', 'is', null)
    .orderBy('id')
    .execute()
}

export async function answerPreview(db: Db, previewId: number, answer: PreviewAnswer, at: Date): Promise<void> {
  await db
    .updateTable('plan_preview')
    .set({ answered_at: at, answer: json(answer) })
    .where('id', '=', previewId)
    .execute()
}

export async function failPreview(db: Db, previewId: number, error: Sentence, at: Date): Promise<void> {
  await db
    .updateTable('plan_preview')
    .set({ answered_at: at, error: keptSentence(error) })
    .where('id', '=', previewId)
    .execute()
}

/** Takes away what nobody waits for any more. */
export async function forgetOldPreviews(db: Db, now: Date): Promise<void> {
  await db
    .deleteFrom('plan_preview')
    .where('asked_at', '<', new Date(now.getTime() - FORGOTTEN_AFTER_MS))
    .execute()
}
