import type { Alert, Evse, Plan, Site, Station } from '../parts/api-types.ts'
import { byLabel, createLabelOrder } from '../parts/label-order.ts'
import { byUrgency, type LiveLists } from '../parts/site-vehicles.ts'
import type { VehicleView } from '../parts/vehicle-view.ts'

export interface BayView {
  key: string
  label: string
  row: number
  column: number
  station: Station | null
  evse: Evse | null
  /** Who stands here; null: nobody that we know of. */
  occupant: VehicleView | null
  /** Whose place it is, while that one is elsewhere. */
  home: VehicleView | null
  /** A plug is in, and no one knows whose. */
  stranger: boolean
}

export interface DepotView {
  site: Site
  plan: Plan | null
  vehicles: VehicleView[]
  bays: BayView[]
  /** EVSEs that no bay belongs to. */
  loosePoints: BayView[]
  /** Vehicles that no bay shows. */
  withoutBay: VehicleView[]
  /** Stations that wait for approval. */
  pending: Station[]
  /** Open alerts, the most pressing first; those put off are in `snoozed`. */
  alerts: Alert[]
  snoozed: Alert[]
}

/**
 * Makes views of the depot: the lists of the live stream put together into what the page draws, as of `now` (epoch ms). `vehicles` are the site's, as
 * `createSiteVehicles` makes them. Keep the function for as long as the page: a bay of which nothing has changed stays the same object.
 */
export function createDepotView() {
  const inOrder = createLabelOrder<Station>((station) => station.stationId)
  let known = new Map<string, BayView>()

  return (site: Site, plan: Plan | null, lists: LiveLists, vehicles: VehicleView[], now: number): DepotView => {
    const alerts = [...lists.alerts.values()].toSorted(byUrgency)
    const stations = inOrder([...lists.stations.values()].filter((station) => station.siteId === site.siteId))
    const { bays, loosePoints, withoutBay } = placeVehicles(site, stations, vehicles)
    const kept = (bay: BayView): BayView => {
      const before = known.get(bay.key)
      return before !== undefined && sameBay(before, bay) ? before : bay
    }
    const places = { bays: bays.map(kept), loosePoints: loosePoints.map(kept), withoutBay }
    known = new Map([...places.bays, ...places.loosePoints].map((bay) => [bay.key, bay]))
    return {
      site,
      plan,
      vehicles,
      ...places,
      pending: [...lists.stations.values()].filter((station) => station.registration === 'pending'),
      alerts: alerts.filter((alert) => !isSnoozed(alert, now)),
      snoozed: alerts.filter((alert) => isSnoozed(alert, now)),
    }
  }
}

const sameBay = (a: BayView, b: BayView): boolean =>
  a.label === b.label &&
  a.row === b.row &&
  a.column === b.column &&
  a.station === b.station &&
  a.evse === b.evse &&
  a.occupant === b.occupant &&
  a.home === b.home &&
  a.stranger === b.stranger

const isSnoozed = (alert: Alert, now: number): boolean =>
  alert.snoozedUntil !== null && Date.parse(alert.snoozedUntil) > now

function placeVehicles(site: Site, stations: readonly Station[], vehicles: readonly VehicleView[]) {
  const pointKey = (stationId: string | null, evseId: number | null): string => `${stationId}/${evseId}`
  const stationById = new Map(stations.map((station) => [station.stationId, station]))
  const atPoint = new Map(
    vehicles
      .filter(({ vehicle }) => vehicle.stationId !== null)
      .map((view) => [pointKey(view.vehicle.stationId, view.vehicle.evseId), view]),
  )
  const homes = Map.groupBy(
    vehicles.filter(({ vehicle }) => vehicle.bayId !== null),
    ({ vehicle }) => vehicle.bayId,
  )
  const shown = new Set<VehicleView>()

  const bays = site.bays
    .toSorted((a, b) => a.row - b.row || a.column - b.column || byLabel(a, b))
    .map((bay): BayView => {
      const station = bay.stationId === null ? null : (stationById.get(bay.stationId) ?? null)
      const evse = station?.evses.find((one) => one.evseId === bay.evseId) ?? null
      const plugged = evse === null ? undefined : atPoint.get(pointKey(bay.stationId, bay.evseId))
      const owner = homes.get(bay.bayId)?.[0] ?? null
      // Its owner stands here unless it is plugged in elsewhere, or someone else is plugged in here.
      const ownerIsHere = owner !== null && owner.vehicle.stationId === null && plugged === undefined && !isAway(owner)
      const occupant = plugged ?? (ownerIsHere ? owner : null)
      if (occupant !== null) shown.add(occupant)
      if (owner !== null && occupant !== owner && isAway(owner)) shown.add(owner)
      return {
        key: bay.bayId,
        label: bay.label,
        row: bay.row,
        column: bay.column,
        station,
        evse,
        occupant,
        home: occupant === owner ? null : owner,
        stranger: plugged === undefined && evse?.pluggedIn === true,
      }
    })

  const inBays = new Set(bays.map((bay) => pointKey(bay.station?.stationId ?? null, bay.evse?.evseId ?? null)))
  const loosePoints = stations.flatMap((station) =>
    station.evses
      .filter((evse) => !inBays.has(pointKey(station.stationId, evse.evseId)))
      .map((evse): BayView => {
        const occupant = atPoint.get(pointKey(station.stationId, evse.evseId)) ?? null
        if (occupant !== null) shown.add(occupant)
        return {
          key: pointKey(station.stationId, evse.evseId),
          label: station.evses.length === 1 ? station.label : `${station.label} · ${evse.evseId}`,
          row: 0,
          column: 0,
          station,
          evse,
          occupant,
          home: null,
          stranger: occupant === null && evse.pluggedIn === true,
        }
      }),
  )
  return { bays, loosePoints, withoutBay: vehicles.filter((view) => !shown.has(view)) }
}

const isAway = (view: VehicleView): boolean => view.status.kind === 'onTheLine' || view.status.kind === 'late'
