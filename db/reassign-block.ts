import type { Block } from '../domain/block.ts'
import { assignBlock, blocksBetween } from './blocks.ts'
import type { Db } from './database.ts'
import { requestReplan } from './replan-requests.ts'

const DAY_MS = 86_400_000

/**
 * Gives a block of one service day to a vehicle by hand, or takes it from everybody, and returns who had it before; undefined when there is
 * no such block that day. Every site concerned is planned anew.
 */
export async function reassignBlock(
  db: Db,
  change: { date: string; blockId: string; vehicleId: string | null; at: Date },
): Promise<Pick<Block, 'vehicleId' | 'assignedBy'> | undefined> {
  const { date, blockId, vehicleId, at } = change
  const noon = Date.parse(`${date}T12:00:00Z`)
  // No time zone is further than 14 hours from UTC, and service days run past midnight.
  const around = await blocksBetween(db, { from: new Date(noon - 1.5 * DAY_MS), to: new Date(noon + 2.5 * DAY_MS) })
  const before = around.find((block) => block.date === date && block.blockId === blockId)
  if (before === undefined) return undefined
  await assignBlock(db, { date, blockId, vehicleId, source: 'manual', at })
  if (before.vehicleId !== null && before.vehicleId !== vehicleId) {
    const loser = await db.selectFrom('vehicle').select('site_id').where('id', '=', before.vehicleId).executeTakeFirst()
    if (loser !== undefined)
      await requestReplan(db, loser.site_id, { kind: 'blockTaken', blockId, vehicleId: before.vehicleId }, at)
  }
  return { vehicleId: before.vehicleId, assignedBy: before.assignedBy }
}
