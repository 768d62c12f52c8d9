import type { Registration } from '../domain/status.ts'
import type { ReplanCause } from '../domain/replan-cause.ts'
import { isUnknownTariff, listingColumns, type Listing } from './change-listing.ts'
import type { Db } from './database.ts'
import { appendEvent } from './events.ts'
import { requestReplan } from './replan-requests.ts'

/** What a person changes of a station; what is left out stays. */
export interface StationChange extends Listing {
  label?: string | null
  siteId?: string | null
  nodeId?: string | null
  registration?: Registration
  /** null, both at once: where its site is. */
  position?: { latitude: number; longitude: number } | null
}

/** Approves, places or names a station, with an event, and has the sites concerned planned anew, in one transaction. A station that changes its site without a node is put at that site's grid connection. */
export function changeStation(
  db: Db,
  stationId: string,
  change: StationChange,
  at: Date,
): Promise<'changed' | 'unknownStation' | 'unknownSite' | 'unknownNode' | 'unknownTariff'> {
  return db.transaction().execute(async (tx) => {
    const before = await tx
      .selectFrom('station')
      .select(['site_id', 'node_id', 'registration'])
      .where('id', '=', stationId)
      .forUpdate()
      .executeTakeFirst()
    if (before === undefined) return 'unknownStation'
    const siteId = change.siteId === undefined ? before.site_id : change.siteId
    const nodes =
      siteId === null
        ? []
        : await tx.selectFrom('limit_node').select(['id', 'parent_id']).where('site_id', '=', siteId).execute()
    if (siteId !== null && siteId !== before.site_id) {
      const site = await tx.selectFrom('site').select('id').where('id', '=', siteId).executeTakeFirst()
      if (site === undefined) return 'unknownSite'
    }
    let nodeId = change.nodeId === undefined ? before.node_id : change.nodeId
    if (change.nodeId === undefined && siteId !== before.site_id)
      nodeId = nodes.find((node) => node.parent_id === null)?.id ?? null
    if (nodeId !== null && nodeId !== before.node_id && !nodes.some((node) => node.id === nodeId)) return 'unknownNode'
    if (await isUnknownTariff(tx, change.adHocTariffId)) return 'unknownTariff'

    await tx
      .updateTable('station')
      .set({
        site_id: siteId,
        node_id: nodeId,
        ...(change.label === undefined ? {} : { label: change.label }),
        ...(change.registration === undefined ? {} : { registration: change.registration }),
        ...listingColumns(change, at),
        ...(change.position === undefined
          ? {}
          : { latitude: change.position?.latitude ?? null, longitude: change.position?.longitude ?? null }),
      })
      .where('id', '=', stationId)
      .execute()
    await appendEvent(tx, { type: 'stationChanged', at, siteId, stationId, details: { ...change } })
    const moved = siteId !== before.site_id || nodeId !== before.node_id
    const approved = change.registration !== undefined && change.registration !== before.registration
    if (moved || approved) {
      const cause: ReplanCause =
        moved || change.registration === undefined
          ? { kind: 'stationPlaced', stationId }
          : { kind: 'stationRegistration', stationId, registration: change.registration }
      for (const site of new Set([siteId, before.site_id])) if (site !== null) await requestReplan(tx, site, cause, at)
    }
    return 'changed'
  })
}
