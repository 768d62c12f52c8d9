import type { Db } from './database.ts'

/** When the first timetable was imported; null: never. What was to be driven before is not known to have been driven. */
export async function inUseSince(db: Db): Promise<Date | null> {
  const first = await db
    .selectFrom('event')
    .select('at')
    .where('type', '=', 'timetableImported')
    .orderBy('at')
    .limit(1)
    .executeTakeFirst()
  return first?.at ?? null
}
