/** Why a wish no longer counts. `reached`: it had the charge that was wished for now. */
export type WishEnd = 'departed' | 'reached' | 'takenBack' | 'replaced'

/** What a person wishes of one vehicle's departure, beside what its work asks for. */
export interface VehicleWish {
  wishId: number
  siteId: string
  vehicleId: string
  /** The block that it leaves for; null: its next departure, whatever for. */
  departure: { date: string; blockId: string } | null
  /** null: what its work needs. */
  needSocPercent: number | null
  /** null: as its work begins. */
  departAt: Date | null
  /** Ahead of price, never above a limit; `untilSocPercent` null: until it has what it needs. */
  chargeNow: { untilSocPercent: number | null } | null
  madeAt: Date
  madeBy: string | null
  /** The departure, as last planned: then it ends by itself. */
  until: Date
  /** What it leaves for, as last planned. */
  leavesFor: { date: string; blockId: string } | null
  endedAt: Date | null
  endedBecause: WishEnd | null
}

/** What all standing wishes for one stay come to, and what its work alone would ask for. */
export interface StayWish {
  wishIds: number[]
  needSocPercent: number | null
  departAt: Date | null
  chargeNow: { untilSocPercent: number | null } | null
  workNeedSocPercent: number
  workDepartAt: Date
}

/** A vehicle that is still at its plug so long after it should have left has left without our hearing of it, or what was wished is of no use. */
const GRACE_MS = 60 * 60_000

/** Whether the departure that a wish was for is over. `blockStartAt`: of what it leaves for; null: not known. */
export function hasDeparted(
  wish: Pick<VehicleWish, 'departAt' | 'until'>,
  { now, atPlug, blockStartAt }: { now: Date; atPlug: boolean; blockStartAt: Date | null },
): boolean {
  const dueMs = (wish.departAt ?? blockStartAt ?? wish.until).getTime()
  return now.getTime() >= dueMs + (atPlug ? GRACE_MS : 0)
}

/** The wishes for one stay as one, the younger before the older; null: there is none. */
export function mergedWishes(
  wishes: readonly VehicleWish[],
): Pick<StayWish, 'wishIds' | 'needSocPercent' | 'departAt' | 'chargeNow'> | null {
  if (wishes.length === 0) return null
  const young = wishes.toSorted((a, b) => b.madeAt.getTime() - a.madeAt.getTime() || b.wishId - a.wishId)
  return {
    wishIds: young.map((wish) => wish.wishId),
    needSocPercent: young.find((wish) => wish.needSocPercent !== null)?.needSocPercent ?? null,
    departAt: young.find((wish) => wish.departAt !== null)?.departAt ?? null,
    chargeNow: young.find((wish) => wish.chargeNow !== null)?.chargeNow ?? null,
  }
}
