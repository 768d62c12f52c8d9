import type { Alert, Plan, Site, Station, Vehicle } from './api-types.ts'
import { createLabelOrder } from './label-order.ts'
import { type VehicleView, viewVehicle } from './vehicle-view.ts'

export interface LiveLists {
  stations: ReadonlyMap<string, Station>
  vehicles: ReadonlyMap<string, Vehicle>
  alerts: ReadonlyMap<number, Alert>
}

type Visits = Plan['vehicles'][number]['visits']

/** All that a view is made from: while none of it is another, the view is the same. */
interface Made {
  vehicle: Vehicle
  station: Station | undefined
  visits: Visits
  alerts: readonly Alert[]
  minute: number
  view: VehicleView
}

const NO_VISITS: Visits = []
const NO_ALERTS: Alert[] = []
const MINUTE_MS = 60_000

/**
 * Views of a site's vehicles, in order of their labels, as of `now` (epoch ms, to the minute). Keep the function for as long as the page lives: what has not
 * changed comes back as the same object, so that hundreds of vehicles cost only what changes of them.
 */
export function createSiteVehicles() {
  let made = new Map<string, Made>()
  const inOrder = createLabelOrder<VehicleView>((view) => view.vehicle.vehicleId)
  let planOf: Plan | null = null
  let visitsOf = new Map<string, Visits>()
  let alertsFrom: ReadonlyMap<number, Alert> | null = null
  let alertsOf = new Map<string, Alert[]>()

  return (site: Site, plan: Plan | null, lists: LiveLists, now: number): VehicleView[] => {
    if (plan !== planOf) {
      planOf = plan
      visitsOf = new Map(plan?.vehicles.map((one) => [one.vehicleId, one.visits]) ?? [])
    }
    if (lists.alerts !== alertsFrom) {
      alertsFrom = lists.alerts
      alertsOf = alertsByVehicle(lists.alerts, alertsOf)
    }
    const minute = Math.floor(now / MINUTE_MS)
    const planStart = plan === null ? 0 : Date.parse(plan.startAt)
    const slotMs = (plan?.slotMinutes ?? 15) * MINUTE_MS
    const next = new Map<string, Made>()
    for (const vehicle of lists.vehicles.values()) {
      if (vehicle.siteId !== site.siteId) continue
      const station = vehicle.stationId === null ? undefined : lists.stations.get(vehicle.stationId)
      const from = {
        vehicle,
        station,
        visits: visitsOf.get(vehicle.vehicleId) ?? NO_VISITS,
        alerts: alertsOf.get(vehicle.vehicleId) ?? NO_ALERTS,
        minute,
      }
      const before = made.get(vehicle.vehicleId)
      if (before !== undefined && sameInput(before, from)) {
        next.set(vehicle.vehicleId, before)
        continue
      }
      const view = viewVehicle(vehicle, {
        now: minute * MINUTE_MS,
        station,
        evse: station?.evses.find((evse) => evse.evseId === vehicle.evseId),
        visits: from.visits,
        planStart,
        slotMs,
        alerts: from.alerts,
      })
      next.set(vehicle.vehicleId, {
        ...from,
        view: before !== undefined && sameView(before.view, view) ? before.view : view,
      })
    }
    made = next
    return inOrder([...next.values()].map((one) => one.view))
  }
}

const sameInput = (a: Made, b: Omit<Made, 'view'>): boolean =>
  a.vehicle === b.vehicle &&
  a.station === b.station &&
  a.visits === b.visits &&
  a.alerts === b.alerts &&
  a.minute === b.minute

/** A minute later most is as it was: then the same object stands for it, and nothing is drawn anew. */
function sameView(a: VehicleView, b: VehicleView): boolean {
  return (
    a.vehicle === b.vehicle &&
    a.alerts === b.alerts &&
    a.tone === b.tone &&
    a.pullOut === b.pullOut &&
    a.marginMinutes === b.marginMinutes &&
    a.soc.kind === b.soc.kind &&
    a.status.kind === b.status.kind &&
    (a.status.kind !== 'waits' || b.status.kind !== 'waits' || a.status.from === b.status.from)
  )
}

function alertsByVehicle(alerts: ReadonlyMap<number, Alert>, before: Map<string, Alert[]>): Map<string, Alert[]> {
  const after = new Map<string, Alert[]>()
  for (const alert of [...alerts.values()].sort(byUrgency)) {
    if (alert.vehicleId === null) continue
    const own = after.get(alert.vehicleId)
    if (own === undefined) after.set(alert.vehicleId, [alert])
    else own.push(alert)
  }
  for (const [vehicleId, own] of after) {
    const old = before.get(vehicleId)
    if (old?.length === own.length && old.every((alert, i) => alert === own[i])) after.set(vehicleId, old)
  }
  return after
}

/** The most pressing first, then the oldest. */
export function byUrgency(a: Alert, b: Alert): number {
  if (a.severity !== b.severity) return a.severity === 'act' ? -1 : 1
  return a.raisedAt < b.raisedAt ? -1 : a.raisedAt > b.raisedAt ? 1 : a.alertId - b.alertId
}
