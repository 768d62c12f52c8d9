import type { ReplanCause } from '../domain/replan-cause.ts'
import type { Db } from './database.ts'
import { wantState } from './desired-state.ts'
import { appendEvent } from './events.ts'
import { requestReplan } from './replan-requests.ts'

/** What a person says of an EVSE: out of order, and why; null: it works again. */
export interface OrderChange {
  evseId: number
  reason: string | null
}

/**
 * Takes EVSEs of a station out of order by hand, or puts them back, with an event for each, and asks for a new plan, in one transaction. The charger is told
 * as well (ChangeAvailability as desired state), but nothing hangs on its answer. Returns what was said of them before, for the way back.
 */
export function changeOrder(
  db: Db,
  stationId: string,
  changes: readonly OrderChange[],
  { at, by }: { at: Date; by: string | null },
): Promise<OrderChange[] | 'unknownStation' | 'unknownEvse'> {
  return db.transaction().execute(async (tx) => {
    const station = await tx
      .selectFrom('station')
      .select('site_id')
      .where('id', '=', stationId)
      .forUpdate()
      .executeTakeFirst()
    if (station === undefined) return 'unknownStation'
    const rows = await tx
      .selectFrom('evse')
      .select(['evse_id', 'out_of_order_at', 'out_of_order_reason'])
      .where('station_id', '=', stationId)
      .forUpdate()
      .execute()
    const known = new Map(rows.map((row) => [row.evse_id, row]))
    if (changes.some(({ evseId }) => !known.has(evseId))) return 'unknownEvse'
    const previous: OrderChange[] = []
    const said: ReplanCause[] = []
    for (const { evseId, reason } of changes) {
      const before = known.get(evseId)
      const reasonBefore = (before?.out_of_order_at ?? null) === null ? null : (before?.out_of_order_reason ?? '')
      previous.push({ evseId, reason: reasonBefore })
      if (reasonBefore === reason) continue
      await tx
        .updateTable('evse')
        .set({
          operative: reason === null,
          out_of_order_reason: reason,
          out_of_order_at: reason === null ? null : at,
          out_of_order_by: reason === null ? null : by,
        })
        .where('station_id', '=', stationId)
        .where('evse_id', '=', evseId)
        .execute()
      if ((reasonBefore === null) !== (reason === null)) {
        const wanted = { type: 'changeAvailability', evseId, operative: reason === null } as const
        await wantState(tx, { stationId, item: `availability:${evseId}`, wanted, at })
      }
      await appendEvent(tx, {
        type: reason === null ? 'evseBackInOrder' : 'evseOutOfOrder',
        at,
        siteId: station.site_id,
        stationId,
        details: { evseId, reason },
      })
      said.push({ kind: reason === null ? 'evseBackInOrder' : 'evseOutOfOrder', stationId, evseId })
    }
    if (said.length === 0) return previous
    // Whoever asks what has changed of the chargers that are listed must hear of it.
    await tx.updateTable('station').set({ published_at: at }).where('id', '=', stationId).execute()
    if (station.site_id !== null) await requestReplan(tx, station.site_id, said, at)
    return previous
  })
}
