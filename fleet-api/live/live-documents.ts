import type { Change } from '../../db/live-changes.ts'
import type { Db } from '../../db/database.ts'
import { alertViews } from '../../db/views/alerts.ts'
import type { PlanReader } from '../../db/views/plan-reader.ts'
import { sessionViews } from '../../db/views/sessions.ts'
import { siteViews } from '../../db/views/sites.ts'
import { stationViews } from '../../db/views/stations.ts'
import type { VehicleReader } from '../../db/views/vehicle-reader.ts'
import {
  alertDocument,
  planDocument,
  sessionDocument,
  siteDocument,
  stationDocument,
  vehicleDocument,
  type LiveDocument,
} from './document.ts'

/** Which documents must be read anew; of vehicles the reader knows by itself. */
export interface Stale {
  sites: Set<string>
  stations: Set<string>
  sessions: Set<number>
  alerts: Set<number>
  plans: Set<string>
}

/** Reads and composes documents. */
export interface DocumentReader {
  everything(now: Date): Promise<LiveDocument[]>
  read(stale: Stale, now: Date): Promise<LiveDocument[]>
  /** Those of all vehicles, as they are now. */
  vehicles(now: Date): Promise<LiveDocument[]>
}

export function createDocumentReader(
  db: Db,
  { plans, vehicles: known }: { plans: PlanReader; vehicles: VehicleReader },
): DocumentReader {
  async function vehicles(now: Date): Promise<LiveDocument[]> {
    return (await known.current(now)).map(vehicleDocument)
  }

  async function sessions(filter: { numbers?: readonly number[]; open?: boolean }): Promise<LiveDocument[]> {
    return (await sessionViews(db, filter)).map(sessionDocument)
  }

  return {
    async everything(now) {
      return [
        ...(await siteViews(db, plans, {}, now)).map(siteDocument),
        ...(await stationViews(db, {}, now)).map(stationDocument),
        ...(await vehicles(now)),
        ...(await sessions({ open: true })),
        ...(await alertViews(db, { open: true })).map(alertDocument),
        ...(await plans.current()).map((plan) => planDocument(plan.view)),
      ]
    },
    async read(stale, now) {
      const documents: LiveDocument[] = []
      if (stale.plans.size > 0)
        documents.push(...(await plans.current([...stale.plans])).map((plan) => planDocument(plan.view)))
      if (stale.sites.size > 0)
        documents.push(...(await siteViews(db, plans, { ids: [...stale.sites] }, now)).map(siteDocument))
      if (stale.stations.size > 0)
        documents.push(...(await stationViews(db, { ids: [...stale.stations] }, now)).map(stationDocument))
      if (stale.sessions.size > 0) documents.push(...(await sessions({ numbers: [...stale.sessions] })))
      if (stale.alerts.size > 0)
        documents.push(...(await alertViews(db, { ids: [...stale.alerts] })).map(alertDocument))
      return documents
    },
    vehicles,
  }
}

export function nothingStale(): Stale {
  return {
    sites: new Set(),
    stations: new Set(),
    sessions: new Set(),
    alerts: new Set(),
    plans: new Set(),
  }
}

/** What changed rows make stale. */
export function markStale(stale: Stale, changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.siteId !== null && change.kind !== 'vehicle' && change.kind !== 'alert') stale.sites.add(change.siteId)
    if (change.stationId !== null && change.kind !== 'alert') stale.stations.add(change.stationId)
    if (change.kind === 'session') stale.sessions.add(Number(change.id))
    if (change.kind === 'alert') stale.alerts.add(Number(change.id))
    if (change.kind === 'plan' && change.siteId !== null) stale.plans.add(change.siteId)
  }
}
