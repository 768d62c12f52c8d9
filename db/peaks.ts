import type { Db } from './database.ts'

/** The highest quarter-hour mean import of a site in a month (`YYYY-MM-01`) so far; null when none is known. */
export async function monthlyPeak(db: Db, siteId: string, month: string): Promise<number | null> {
  const row = await db
    .selectFrom('monthly_peak')
    .select('peak_w')
    .where('site_id', '=', siteId)
    .where('month', '=', month)
    .executeTakeFirst()
  return row?.peak_w ?? null
}

/** Raises the month's peak to `peakW`, reached in the slot that begins at `at`; a lower one changes nothing. */
export async function raiseMonthlyPeak(
  db: Db,
  peak: { siteId: string; month: string; peakW: number; at: Date },
): Promise<void> {
  await db
    .insertInto('monthly_peak')
    .values({ site_id: peak.siteId, month: peak.month, peak_w: peak.peakW, at: peak.at })
    .onConflict((conflict) =>
      conflict
        .columns(['site_id', 'month'])
        .doUpdateSet({ peak_w: peak.peakW, at: peak.at })
        .where('monthly_peak.peak_w', '<', peak.peakW),
    )
    .execute()
}
