import type { Db } from './database.ts'

/** Puts an alert aside until an instant, or shows it again (null). False when there is no such alert. */
export async function snoozeAlert(db: Db, alertId: number, until: Date | null): Promise<boolean> {
  const row = await db
    .updateTable('alert')
    .set({ snoozed_until: until })
    .where('id', '=', alertId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
