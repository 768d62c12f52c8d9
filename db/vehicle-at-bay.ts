import type { Db } from './database.ts'

/** The vehicle that is known to stand at a bay: by its plug, else by the bay that it belongs in; null when none is. */
export async function vehicleAtBay(
  db: Db,
  { siteId, bayId }: { siteId: string; bayId: string },
): Promise<string | null | 'unknownBay'> {
  const bay = await db
    .selectFrom('bay')
    .leftJoin('evse', (join) =>
      join.onRef('evse.station_id', '=', 'bay.station_id').onRef('evse.evse_id', '=', 'bay.evse_id'),
    )
    .select('evse.vehicle_id')
    .where('bay.site_id', '=', siteId)
    .where('bay.id', '=', bayId)
    .executeTakeFirst()
  if (bay === undefined) return 'unknownBay'
  if (bay.vehicle_id !== null) return bay.vehicle_id
  const own = await db
    .selectFrom('vehicle')
    .select('id')
    .where('site_id', '=', siteId)
    .where('bay_id', '=', bayId)
    .orderBy('id')
    .limit(1)
    .executeTakeFirst()
  return own?.id ?? null
}
