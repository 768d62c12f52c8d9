import type { JsonObject } from '../domain/command.ts'
import type { ReplanCause } from '../domain/replan-cause.ts'
import { isUnknownTariff } from './change-listing.ts'
import type { Db } from './database.ts'
import { appendEvent } from './events.ts'
import { requestReplan } from './replan-requests.ts'

/** What a person changes at a site; what is left out stays. */
export interface SiteChange {
  /** null: unknown. */
  outdoorTemperatureC?: number | null
  nodes?: readonly { nodeId: string; limitW?: number; baseLoadW?: number }[]
  /** Whether its chargers are listed for everybody, where they are and what they cost. */
  public?: boolean
  address?: string | null
  city?: string | null
  postalCode?: string | null
  country?: string
  adHocTariffId?: string | null
}

/** Changes a site's limits, base loads or outdoor temperature, with an event for each, and asks for a new plan, in one transaction; all or nothing. */
export function changeSite(
  db: Db,
  siteId: string,
  change: SiteChange,
  at: Date,
): Promise<'changed' | 'unknownSite' | 'unknownNode' | 'unknownTariff'> {
  return db.transaction().execute(async (tx) => {
    const site = await tx.selectFrom('site').select('id').where('id', '=', siteId).forUpdate().executeTakeFirst()
    if (site === undefined) return 'unknownSite'
    const wanted = change.nodes ?? []
    const known = await tx.selectFrom('limit_node').selectAll().where('site_id', '=', siteId).execute()
    const nodes = new Map(known.map((node) => [node.id, node]))
    if (wanted.some((node) => !nodes.has(node.nodeId))) return 'unknownNode'
    if (await isUnknownTariff(tx, change.adHocTariffId)) return 'unknownTariff'
    const { address, city, postalCode, country } = change
    const listing = [change.public, change.adHocTariffId, address, city, postalCode, country]
    if (listing.some((value) => value !== undefined))
      await tx
        .updateTable('site')
        .set({
          ...(change.public === undefined ? {} : { public: change.public }),
          ...(change.adHocTariffId === undefined ? {} : { ad_hoc_tariff_id: change.adHocTariffId }),
          published_at: at,
          ...(address === undefined ? {} : { address }),
          ...(city === undefined ? {} : { city }),
          ...(postalCode === undefined ? {} : { postal_code: postalCode }),
          ...(country === undefined ? {} : { country }),
        })
        .where('id', '=', siteId)
        .execute()

    const reasons: ReplanCause[] = []
    if (change.outdoorTemperatureC !== undefined) {
      const temperatureC = change.outdoorTemperatureC
      await tx
        .updateTable('site')
        .set({ outdoor_temperature_c: temperatureC, outdoor_temperature_at: temperatureC === null ? null : at })
        .where('id', '=', siteId)
        .execute()
      await appendEvent(tx, { type: 'siteChanged', at, siteId, details: { outdoorTemperatureC: temperatureC } })
      reasons.push({ kind: 'temperature', celsius: temperatureC })
    }
    for (const { nodeId, limitW, baseLoadW } of wanted) {
      const before = nodes.get(nodeId)
      const details: JsonObject = { nodeId }
      if (limitW !== undefined && limitW !== before?.limit_w) {
        details['limitW'] = limitW
        details['limitBeforeW'] = before?.limit_w ?? null
        reasons.push({ kind: 'limit', nodeId, powerW: limitW })
      }
      if (baseLoadW !== undefined && (baseLoadW !== before?.base_load_w || before.hourly_base_load_w !== null)) {
        details['baseLoadW'] = baseLoadW
        details['baseLoadBeforeW'] = before?.base_load_w ?? null
        reasons.push({ kind: 'baseLoad', nodeId, powerW: baseLoadW })
      }
      if (Object.keys(details).length === 1) continue
      await tx
        .updateTable('limit_node')
        .set({
          ...(limitW === undefined ? {} : { limit_w: limitW }),
          // Whoever sets one number by hand means all day.
          ...(baseLoadW === undefined ? {} : { base_load_w: baseLoadW, hourly_base_load_w: null }),
        })
        .where('site_id', '=', siteId)
        .where('id', '=', nodeId)
        .execute()
      await appendEvent(tx, { type: 'limitChanged', at, siteId, details })
    }
    if (reasons.length > 0) await requestReplan(tx, siteId, reasons, at)
    return 'changed'
  })
}
