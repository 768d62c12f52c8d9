import { baseLoadAt } from '../domain/base-load.ts'
import type { Db } from './database.ts'

/** What a site draws on average beside its chargers at an instant, in W, all its nodes together, as the fleet file and people have set it by now. */
export async function siteBaseLoad(db: Db, siteId: string): Promise<(at: Date) => number> {
  const rows = await db
    .selectFrom('limit_node')
    .innerJoin('site', 'site.id', 'limit_node.site_id')
    .select(['base_load_w as baseLoadW', 'hourly_base_load_w as hourlyBaseLoadW', 'time_zone'])
    .where('site_id', '=', siteId)
    .execute()
  const baseLoadIn = baseLoadAt(rows[0]?.time_zone ?? 'UTC')
  return (at) => rows.reduce((sum, node) => sum + baseLoadIn(node, at), 0)
}
