import type { AlertView } from '../../db/views/alerts.ts'
import type { SessionView } from '../../db/views/sessions.ts'
import type { SiteView } from '../../db/views/sites.ts'
import type { StationView } from '../../db/views/stations.ts'
import type { KnownVehicle } from '../../db/views/vehicle-reader.ts'
import type { PlanView } from '../../domain/plan-view.ts'

export const LISTS = ['sites', 'stations', 'vehicles', 'sessions', 'alerts', 'plans'] as const
export type ListName = (typeof LISTS)[number]

/** One item of the live stream, as it is written, with what decides who gets it. */
export interface LiveDocument {
  list: ListName
  /** Its place: of two documents with the same key the later replaces the earlier. */
  key: string
  /** null: concerns every site. */
  siteId: string | null
  /** Where it was before; it is told there too that it left. */
  leftSiteId: string | null
  /** JSON. */
  text: string
  /** Ended or cleared: told once, and no part of a snapshot. */
  over: boolean
  /** Stations: whether time changes it. */
  timed: boolean
}

export function siteDocument(site: SiteView): LiveDocument {
  return document('sites', site.siteId, site.siteId, site)
}

export function stationDocument(station: StationView): LiveDocument {
  const timed = station.evses.some((evse) => evse.profile !== null)
  return { ...document('stations', station.stationId, station.siteId, station), timed }
}

export function vehicleDocument({ view, text }: KnownVehicle): LiveDocument {
  return written('vehicles', view.vehicleId, view.siteId, text)
}

export function sessionDocument(session: SessionView): LiveDocument {
  return {
    ...document('sessions', String(session.sessionNumber), session.siteId, session),
    over: session.endedAt !== null,
  }
}

export function alertDocument(alert: AlertView): LiveDocument {
  return { ...document('alerts', String(alert.alertId), alert.siteId, alert), over: alert.clearedAt !== null }
}

/** The current plan of a site takes the place of the one before. */
export function planDocument(plan: PlanView): LiveDocument {
  return document('plans', plan.siteId, plan.siteId, plan)
}

function document(list: ListName, id: string, siteId: string | null, value: object): LiveDocument {
  return written(list, id, siteId, JSON.stringify(value))
}

function written(list: ListName, id: string, siteId: string | null, text: string): LiveDocument {
  return { list, key: `${list} ${id}`, siteId, leftSiteId: null, text, over: false, timed: false }
}

/** Whether a listener to one site, or to all (null), gets the document. */
export function concerns(document: LiveDocument, siteId: string | null): boolean {
  return siteId === null || document.siteId === null || document.siteId === siteId || document.leftSiteId === siteId
}
