import type { Db, Tx } from './database.ts'
import { appendEvent } from './events.ts'
import { ensureEvse } from './plugs.ts'
import { requestReplan } from './replan-requests.ts'

/** What a person says of an EVSE; what is left out stays. */
export interface EvseChange {
  maxPowerW?: number
  minPowerW?: number
  currentType?: 'AC' | 'DC'
  phases?: number
  /** null: as its station. */
  nodeId?: string | null
  /** The bay that it serves; null: none. */
  bayId?: string | null
}

/** Says what an EVSE can give, which limit it is under and which bay it serves, with an event and a new plan, in one transaction. One that the station has not told of yet is entered. */
export function changeEvse(
  db: Db,
  evse: { stationId: string; evseId: number },
  change: EvseChange,
  at: Date,
): Promise<'changed' | 'unknownStation' | 'unknownNode' | 'unknownBay' | 'minAboveMax'> {
  return db.transaction().execute(async (tx) => {
    const { stationId, evseId } = evse
    const station = await tx
      .selectFrom('station')
      .select('site_id')
      .where('id', '=', stationId)
      .forUpdate()
      .executeTakeFirst()
    if (station === undefined) return 'unknownStation'
    const siteId = station.site_id
    const { bayId, nodeId } = change
    if (typeof nodeId === 'string' && !(await isOfSite(tx, 'limit_node', siteId, nodeId))) return 'unknownNode'
    if (typeof bayId === 'string' && !(await isOfSite(tx, 'bay', siteId, bayId))) return 'unknownBay'
    await ensureEvse(tx, stationId, evseId)
    const before = await tx
      .selectFrom('evse')
      .select(['max_power_w', 'min_power_w'])
      .where('station_id', '=', stationId)
      .where('evse_id', '=', evseId)
      .executeTakeFirstOrThrow()
    if ((change.minPowerW ?? before.min_power_w) > (change.maxPowerW ?? before.max_power_w)) return 'minAboveMax'
    const columns = {
      ...(change.maxPowerW === undefined ? {} : { max_power_w: change.maxPowerW }),
      ...(change.minPowerW === undefined ? {} : { min_power_w: change.minPowerW }),
      ...(change.currentType === undefined ? {} : { current_type: change.currentType }),
      ...(change.phases === undefined ? {} : { phases: change.phases }),
      ...(nodeId === undefined ? {} : { node_id: nodeId }),
    }
    if (Object.keys(columns).length > 0)
      await tx
        .updateTable('evse')
        .set(columns)
        .where('station_id', '=', stationId)
        .where('evse_id', '=', evseId)
        .execute()
    if (bayId !== undefined) await serveBay(tx, evse, siteId, bayId)
    await appendEvent(tx, { type: 'stationChanged', at, siteId, stationId, details: { evseId, ...change } })
    if (siteId !== null) await requestReplan(tx, siteId, { kind: 'evseChanged', stationId, evseId }, at)
    return 'changed'
  })
}

async function isOfSite(tx: Tx, table: 'limit_node' | 'bay', siteId: string | null, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom(table)
    .select('id')
    .where('site_id', '=', siteId)
    .where('id', '=', id)
    .executeTakeFirst()
  return row !== undefined
}

/** A bay has one plug and a plug one bay. */
async function serveBay(
  tx: Tx,
  { stationId, evseId }: { stationId: string; evseId: number },
  siteId: string | null,
  bayId: string | null,
): Promise<void> {
  await tx
    .updateTable('bay')
    .set({ station_id: null, evse_id: null })
    .where('station_id', '=', stationId)
    .where('evse_id', '=', evseId)
    .where((eb) => eb.or([eb('site_id', 'is distinct from', siteId), eb('id', 'is distinct from', bayId)]))
    .execute()
  if (bayId === null) return
  await tx
    .updateTable('bay')
    .set({ station_id: stationId, evse_id: evseId })
    .where('site_id', '=', siteId)
    .where('id', '=', bayId)
    .execute()
}
