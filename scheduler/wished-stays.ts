import type { StayAssumption } from '../domain/stay-assumption.ts'
import { mergedWishes, type StayWish, type VehicleWish } from '../domain/vehicle-wish.ts'
import type { Stay } from './timetable/visits.ts'

/** A stay with what people wish of it. */
export interface WishedStay extends Stay {
  wish: (Omit<StayWish, 'workNeedSocPercent'> & { workDepartAt: Date }) | null
  /** Why something that is wished cannot be; null: nothing is wrong. */
  wishNote: StayAssumption | null
}

/** Too short to plug in and charge anything. */
const SHORTEST_STAY_MS = 10 * 60_000
/** A departure that was wished for and has passed while the vehicle is still there. */
const LATE_LEAVING_MS = 5 * 60_000

/**
 * The stays of one vehicle, in order of time, with their standing wishes: those for a block at the stay that leaves for it, the others at the first stay.
 * A departure moves only as far as the stay stays one: after its arrival and before the next.
 */
export function wishedStays(stays: readonly Stay[], wishes: readonly VehicleWish[], now: Date): WishedStay[] {
  return stays.map((stay, index) => {
    const own = wishes.filter(({ departure }) =>
      departure === null
        ? index === 0
        : departure.blockId === stay.after?.blockId && departure.date === stay.after.date,
    )
    const wish = mergedWishes(own)
    if (wish === null) return { ...stay, wish: null, wishNote: null }
    // Only what stands at a plug or comes next can be charged now.
    const applied = { ...wish, chargeNow: index === 0 ? wish.chargeNow : null, workDepartAt: stay.departAt }
    if (wish.departAt === null) return { ...stay, wish: applied, wishNote: null }
    const departMs = Math.max(wish.departAt.getTime(), now.getTime() + LATE_LEAVING_MS)
    const next = stays[index + 1]
    if (departMs < stay.arriveAt.getTime() + (stay.here ? 0 : SHORTEST_STAY_MS))
      return { ...stay, wish: applied, wishNote: { kind: 'wishBeforeArrival' } }
    if (next !== undefined && departMs > next.arriveAt.getTime() - SHORTEST_STAY_MS)
      return { ...stay, wish: applied, wishNote: { kind: 'wishAfterNextArrival' } }
    return { ...stay, departAt: new Date(departMs), wish: applied, wishNote: null }
  })
}
