import { sql } from 'kysely'
import { blockKey, type Block } from '../domain/block.ts'
import { serviceDatesAround } from '../domain/service-time.ts'
import { blocksOfDays, type FeedZone } from './block-days.ts'
import type { Db } from './database.ts'
import { appendEvent } from './events.ts'
import { requestReplan } from './replan-requests.ts'

/**
 * The blocks that are under way at any time in `[from, to)`, ascending by start, each with the vehicle that drives it: given by hand, else by
 * the timetable (TODS), else by automatic assignment; a vehicle that is unknown or out of service counts as none. With `siteId` only blocks
 * of that site's vehicles and those that nobody drives yet, with `vehicleIds` only theirs. Blocks are joined per service day, so yesterday's that run past
 * midnight are there too.
 */
export async function blocksBetween(db: Db, span: BlockSpan): Promise<Block[]> {
  const feeds = await feedsNear(db, span.siteId)
  const blocks: Block[] = []
  for (const feed of feeds) {
    const dates = serviceDatesAround(span.from, span.to, feed.time_zone)
    const joined = [...(await blocksOfDays(db, feed, dates, span.vehicleIds)).values()].flat()
    blocks.push(...joined.filter((block) => block.endAt > span.from && block.startAt < span.to))
  }
  await putVehicles(db, blocks)
  const here = span.siteId === undefined ? null : await vehiclesOfSite(db, span.siteId)
  const wanted = span.vehicleIds === undefined ? null : new Set(span.vehicleIds)
  return blocks
    .filter(
      (block) =>
        here === null || (block.vehicleId === null ? block.assignedBy !== 'timetable' : here.has(block.vehicleId)),
    )
    .filter((block) => wanted === null || (block.vehicleId !== null && wanted.has(block.vehicleId)))
    .sort((a, b) => a.startAt.getTime() - b.startAt.getTime() || (a.blockId < b.blockId ? -1 : 1))
}

export interface BlockSpan {
  from: Date
  to: Date
  siteId?: string
  vehicleIds?: readonly string[]
}

export function activeFeeds(db: Db): Promise<FeedZone[]> {
  return db.selectFrom('feed').select(['id', 'time_zone']).where('active', '=', true).orderBy('id').execute()
}

/** A neighbouring operator's timetable is of use, another country's is not. */
const NEAR_KM = 150

/**
 * The active feeds; when there are several, only those around the site, so that the blocks of another city, which nobody drives here, are not taken
 * for open work.
 */
async function feedsNear(db: Db, siteId: string | undefined): Promise<FeedZone[]> {
  const feeds = await activeFeeds(db)
  if (siteId === undefined || feeds.length < 2) return feeds
  const { rows } = await sql<{ id: string; km: number | null }>`
    select f.id, (select 111.2 * sqrt(power(avg(s.latitude) - p.latitude, 2) + power((avg(s.longitude) - p.longitude) * cos(radians(p.latitude)), 2))
      from stop s where s.feed_id = f.id) as km
    from feed f, site p where p.id = ${siteId}`.execute(db)
  const far = new Set(rows.flatMap((row) => (row.km !== null && row.km > NEAR_KM ? [row.id] : [])))
  return feeds.filter((feed) => !far.has(feed.id))
}

/** Puts those who drive them into blocks of the timetable. */
export async function putVehicles(db: Db, blocks: Block[]): Promise<void> {
  if (blocks.length === 0) return
  const dates = [...new Set(blocks.map((block) => block.date))]
  const assigned = await db
    .selectFrom('block_assignment')
    .select(['date', 'block_id', 'vehicle_id', 'source'])
    .where(sql<boolean>`date = any(${dates}::date[])`)
    .execute()
  const byBlock = new Map(assigned.map((row) => [blockKey({ date: row.date, blockId: row.block_id }), row]))
  const inService = new Map(
    (await db.selectFrom('vehicle').select(['id', 'in_service']).execute()).map((row) => [row.id, row.in_service]),
  )
  for (const block of blocks) {
    if (block.vehicleId !== null && inService.get(block.vehicleId) !== true) {
      // Out of service: somebody else must drive. Not of this fleet at all (a gas bus): no concern of ours.
      if (inService.has(block.vehicleId)) block.assignedBy = null
      block.vehicleId = null
    }
    const row = byBlock.get(blockKey(block))
    if (row === undefined || (row.source === 'automatic' && block.assignedBy === 'timetable')) continue
    if (row.vehicle_id !== null && inService.get(row.vehicle_id) !== true) continue
    block.vehicleId = row.vehicle_id
    block.assignedBy = row.vehicle_id === null && row.source === 'automatic' ? null : row.source
  }
}

async function vehiclesOfSite(db: Db, siteId: string): Promise<Set<string>> {
  const rows = await db.selectFrom('vehicle').select('id').where('site_id', '=', siteId).execute()
  return new Set(rows.map((row) => row.id))
}

/**
 * Gives a block of one day to a vehicle, or takes it from everybody (`vehicleId` null), and has the sites concerned planned anew. An automatic
 * assignment never replaces one made by hand. Returns whether anything changed.
 */
export function assignBlock(
  db: Db,
  assignment: { date: string; blockId: string; vehicleId: string | null; source: 'manual' | 'automatic'; at: Date },
): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const { date, blockId, vehicleId, source, at } = assignment
    const before = await tx
      .selectFrom('block_assignment')
      .select(['vehicle_id', 'source'])
      .where('date', '=', date)
      .where('block_id', '=', blockId)
      .forUpdate()
      .executeTakeFirst()
    if (before?.source === 'manual' && source === 'automatic') return false
    if (before !== undefined && before.vehicle_id === vehicleId && before.source === source) return false
    await tx
      .insertInto('block_assignment')
      .values({ date, block_id: blockId, vehicle_id: vehicleId, source, assigned_at: at })
      .onConflict((conflict) =>
        conflict.columns(['date', 'block_id']).doUpdateSet({ vehicle_id: vehicleId, source, assigned_at: at }),
      )
      .execute()
    const vehicles = [vehicleId, before?.vehicle_id ?? null].filter((id) => id !== null)
    const sites = await tx
      .selectFrom('vehicle')
      .select('site_id')
      .distinct()
      .where('id', 'in', vehicles.length === 0 ? [''] : vehicles)
      .execute()
    for (const { site_id: siteId } of sites) {
      await appendEvent(tx, { type: 'blockAssigned', at, siteId, vehicleId, details: { date, blockId, source } })
      await requestReplan(tx, siteId, { kind: 'blockGiven', blockId, vehicleId }, at)
    }
    return true
  })
}

/** Stores what automatic assignment found, in one statement and without asking for a plan: the planner that asked is at work. Assignments made by hand stay. */
export async function storeAutomaticAssignments(
  db: Db,
  assignments: readonly { date: string; blockId: string; vehicleId: string }[],
  at: Date,
): Promise<void> {
  if (assignments.length === 0) return
  await sql`insert into block_assignment (date, block_id, vehicle_id, source, assigned_at)
    select d, b, v, 'automatic', ${at} from unnest(${assignments.map((one) => one.date)}::date[], ${assignments.map((one) => one.blockId)}::text[],
      ${assignments.map((one) => one.vehicleId)}::text[]) as r(d, b, v)
    on conflict (date, block_id) do update set vehicle_id = excluded.vehicle_id, source = excluded.source, assigned_at = excluded.assigned_at
      where block_assignment.source = 'automatic' and block_assignment.vehicle_id is distinct from excluded.vehicle_id`.execute(
    db,
  )
}
