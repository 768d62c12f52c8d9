import type { MarketFetchKind } from '../domain/tariff/market-fetch.ts'
import type { Db } from './database.ts'

/** Notes, in the caller's transaction, that values of a series were stored; whoever acts stands in the audit log with it. */
export async function noteSeriesImport(
  db: Db,
  note: { kind: MarketFetchKind; series: string; source: string; at: Date; times: readonly Date[]; slots: number },
): Promise<void> {
  const ms = note.times.map((time) => time.getTime())
  const extreme = (pick: (a: number, b: number) => number): Date | null =>
    ms.length === 0 ? null : new Date(ms.reduce((a, b) => pick(a, b)))
  await db
    .insertInto('series_import')
    .values({
      kind: note.kind,
      series: note.series,
      at: note.at,
      source: note.source,
      slots: note.slots,
      start_at: extreme(Math.min),
      end_at: extreme(Math.max),
    })
    .execute()
}
