import { endWishes, noteWishDepartures } from '../../db/vehicle-wishes.ts'
import type { Db } from '../../db/database.ts'
import { hasDeparted, type VehicleWish } from '../../domain/vehicle-wish.ts'
import type { PlanningState, SitePlan } from './site-plan.ts'

/** Ends the wishes whose departure is over, and returns those that still count. */
export async function endPastWishes(db: Db, state: PlanningState): Promise<VehicleWish[]> {
  const past = state.wishes.filter((wish) => {
    const block = state.blocks.find(
      (one) => one.blockId === wish.leavesFor?.blockId && one.date === wish.leavesFor.date,
    )
    const atPlug = state.fleet.evses.some((evse) => evse.vehicleId === wish.vehicleId && evse.pluggedIn !== false)
    return hasDeparted(wish, { now: state.at, atPlug, blockStartAt: block?.startAt ?? null })
  })
  await endWishes(
    db,
    past.map(({ wishId }) => ({ wishId, because: 'departed' })),
    state.at,
  )
  return state.wishes.filter((wish) => !past.includes(wish))
}

/** Notes which departures the wishes were planned for, and ends those that only wished for a charge that is there. */
export async function noteWishes(db: Db, state: PlanningState, { instance, context }: SitePlan): Promise<void> {
  const vehicles = new Map(instance.vehicles.map((vehicle) => [vehicle.id, vehicle]))
  const reached = new Set<number>()
  const departures = context.visits.flatMap((about) => {
    const vehicle = vehicles.get(about.vehicleId)
    const visit = vehicle?.visits[about.visit]
    if (vehicle === undefined || visit === undefined || !about.wish) return []
    const { wishIds } = about.wish
    if (
      about.visit === 0 &&
      visit.chargeNowToSoc !== undefined &&
      (visit.usedBeforeKwh ?? 0) === 0 &&
      vehicle.energyKwh >= (Math.min(visit.chargeNowToSoc, vehicle.maxSoc ?? 1) - 0.005) * vehicle.capacityKwh
    )
      for (const wishId of wishIds) reached.add(wishId)
    return wishIds.map((wishId) => ({ wishId, until: new Date(visit.depart), leavesFor: about.leavesFor }))
  })
  await noteWishDepartures(db, departures)
  const onlyNow = state.wishes.filter(
    (wish) => reached.has(wish.wishId) && wish.needSocPercent === null && wish.departAt === null,
  )
  await endWishes(
    db,
    onlyNow.map(({ wishId }) => ({ wishId, because: 'reached' })),
    state.at,
  )
}
