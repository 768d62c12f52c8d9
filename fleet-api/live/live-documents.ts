import type { Change } from '../../db/live-changes.ts'
import type { Db } from '../../db/database.ts'
import { alertViews } from '../../db/views/alerts.ts'
import type { PlanReader } from '../../db/views/plan-reader.ts'
import { sessionViews } from '../../db/views/sessions.ts'
import { siteViews } from '../../db/views/sites.ts'
import { stationViews } from '../../db/views/stations.ts'
import { vehicleViews } from '../../db/views/vehicles.ts'
import type { WorkReader } from '../../db/views/work-reader.ts'
import {
  alertDocument,
  planDocument,
  sessionDocument,
  siteDocument,
  stationDocument,
  vehicleDocument,
  type LiveDocument,
} from './document.ts'

/** Which documents must be read anew. */
export interface Stale {
  sites: Set<string>
  stations: Set<string>
  vehicles: Set<string> | 'all'
  sessions: Set<number>
  alerts: Set<number>
  plans: Set<string>
}

/** Reads and composes documents. */
export interface DocumentReader {
  everything(now: Date): Promise<LiveDocument[]>
  read(stale: Stale, now: Date): Promise<LiveDocument[]>
}

export function createDocumentReader(db: Db, readers: { plans: PlanReader; work: WorkReader }): DocumentReader {
  const { plans } = readers

  async function vehicles(filter: { ids?: readonly string[] }, now: Date): Promise<LiveDocument[]> {
    return (await vehicleViews(db, readers, filter, now)).map(vehicleDocument)
  }

  async function sessions(filter: { numbers?: readonly number[]; open?: boolean }): Promise<LiveDocument[]> {
    return (await sessionViews(db, filter)).map(sessionDocument)
  }

  return {
    async everything(now) {
      return [
        ...(await siteViews(db, plans, {}, now)).map(siteDocument),
        ...(await stationViews(db, {}, now)).map(stationDocument),
        ...(await vehicles({}, now)),
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
      if (stale.vehicles === 'all') documents.push(...(await vehicles({}, now)))
      else if (stale.vehicles.size > 0) documents.push(...(await vehicles({ ids: [...stale.vehicles] }, now)))
      if (stale.sessions.size > 0) documents.push(...(await sessions({ numbers: [...stale.sessions] })))
      if (stale.alerts.size > 0)
        documents.push(...(await alertViews(db, { ids: [...stale.alerts] })).map(alertDocument))
      return documents
    },
  }
}

export function nothingStale(): Stale {
  return {
    sites: new Set(),
    stations: new Set(),
    vehicles: new Set(),
    sessions: new Set(),
    alerts: new Set(),
    plans: new Set(),
  }
}

/** What may make a vehicle at a charger charge, or keep it from it. */
const HINDERS: ReadonlySet<Change['kind']> = new Set(['evse', 'session', 'connector', 'profile'])

/** What changed rows make stale. `known` are the documents as they are now: a vehicle that has just left its plug is found by them alone. */
export function markStale(stale: Stale, changes: readonly Change[], known: Iterable<LiveDocument>): void {
  const touchedStations = new Set<string>()
  const all = (): void => void (stale.vehicles = 'all')
  const vehicle = (id: string | null): void => {
    if (id !== null && stale.vehicles !== 'all') stale.vehicles.add(id)
  }
  for (const change of changes) {
    if (change.siteId !== null && change.kind !== 'vehicle' && change.kind !== 'alert') stale.sites.add(change.siteId)
    if (change.stationId !== null && change.kind !== 'alert') {
      stale.stations.add(change.stationId)
      if (HINDERS.has(change.kind)) touchedStations.add(change.stationId)
    }
    if (change.kind === 'vehicle' || change.kind === 'evse' || change.kind === 'session') vehicle(change.vehicleId)
    if (change.kind === 'session') stale.sessions.add(Number(change.id))
    if (change.kind === 'alert') stale.alerts.add(Number(change.id))
    if (change.kind === 'plan' && change.siteId !== null) stale.plans.add(change.siteId)
    if (change.kind === 'plan' || change.kind === 'work' || change.kind === 'vehicleType') all()
  }
  if (touchedStations.size === 0) return
  for (const document of known)
    if (document.list === 'vehicles' && document.stationId !== null && touchedStations.has(document.stationId))
      vehicle(document.key.slice('vehicles '.length))
}
