import { minuteOf } from '../../domain/instant.ts'
import type { Db } from '../database.ts'
import { followChanges, type ChangeFollower } from '../follow-changes.ts'
import type { PlanReader } from './plan-reader.ts'
import { staleVehicles } from './stale-vehicles.ts'
import { vehicleViews, type VehicleFilter, type VehicleView } from './vehicles.ts'
import type { WorkReader } from './work-reader.ts'

/** A vehicle's view, with the JSON that it is written as. */
export interface KnownVehicle {
  view: VehicleView
  text: string
}

/**
 * The views of all vehicles, kept, and asked of the database anew only where something has changed: a whole fleet at the price of a look at the changes. What
 * was committed before it is asked is always in; what time alone changes (ages, estimates), and how late a vehicle was last seen to be, is told anew with each
 * minute.
 */
export interface VehicleReader {
  /** All vehicles, ordered by id. */
  current(now: Date): Promise<readonly KnownVehicle[]>
  /** At most `limit` of a site, or of all, after a vehicle, or from the first. */
  page(filter: VehiclePage, now: Date): Promise<readonly KnownVehicle[]>
}

export interface VehiclePage {
  siteId: string | undefined
  after: string | undefined
  limit: number
}

interface Kept {
  changes: ChangeFollower
  minute: number
  vehicles: readonly KnownVehicle[]
}

export function createVehicleReader(db: Db, readers: { plans: PlanReader; work: WorkReader }): VehicleReader {
  let kept: Kept | undefined
  let looking: Promise<unknown> = Promise.resolve()
  let next: Promise<readonly KnownVehicle[]> | undefined
  let wanted = new Date(0)
  let asked = false

  return { current, page }

  function current(now: Date): Promise<readonly KnownVehicle[]> {
    asked = true
    wanted = now
    // A look under way may have missed what was just written: whoever asks gets the one after it, together with all who ask meanwhile.
    next ??= looking.then(() => {
      next = undefined
      const look = lookAt(wanted)
      looking = look.catch(() => {})
      return look
    })
    return next
  }

  async function page({ siteId, after, limit }: VehiclePage, now: Date): Promise<readonly KnownVehicle[]> {
    // Where each request has a reader of its own, as on Workers, there is no second question that would be worth reading all for.
    if (!asked) {
      asked = true
      return read({ siteId, after, limit }, now)
    }
    const all = await current(now)
    const ofSite = siteId === undefined ? all : all.filter(({ view }) => view.siteId === siteId)
    if (after === undefined) return ofSite.slice(0, limit)
    const last = ofSite.findIndex(({ view }) => view.vehicleId === after)
    // Where the list goes on after a vehicle that is gone, only the database knows.
    return last < 0 ? read({ siteId, after, limit }, now) : ofSite.slice(last + 1, last + 1 + limit)
  }

  async function lookAt(now: Date): Promise<readonly KnownVehicle[]> {
    const before = kept
    // Whatever fails, the next look begins from nothing.
    kept = undefined
    const after =
      before === undefined || before.minute !== minuteOf(now) ? await afresh(now) : await catchUp(before, now)
    kept = after
    return after.vehicles
  }

  async function afresh(now: Date): Promise<Kept> {
    const changes = await followChanges(db)
    return { changes, minute: minuteOf(now), vehicles: await read({}, now) }
  }

  async function catchUp(before: Kept, now: Date): Promise<Kept> {
    const stale = staleVehicles(
      await before.changes.look(),
      before.vehicles.map(({ view }) => view),
    )
    if (stale === 'all') return { ...before, vehicles: await read({}, now) }
    if (stale.size === 0) return before
    const anew = new Map((await read({ ids: [...stale] }, now)).map((one) => [one.view.vehicleId, one]))
    const vehicles = before.vehicles.flatMap((one) => {
      const { vehicleId } = one.view
      if (!stale.has(vehicleId)) return [one]
      const found = anew.get(vehicleId)
      anew.delete(vehicleId)
      return found === undefined ? [] : [found]
    })
    // Only the database knows the place of a new one.
    return { ...before, vehicles: anew.size === 0 ? vehicles : await read({}, now) }
  }

  async function read(filter: VehicleFilter, now: Date): Promise<KnownVehicle[]> {
    const views = await vehicleViews(db, readers, filter, now)
    return views.map((view) => ({ view, text: JSON.stringify(view) }))
  }
}
