import type { StoredInstance, StoredResult } from '../../../domain/stored-plan.ts'
import type { PlannedSlot } from './session-power.ts'

/** How long a profile outlives its sending, at most: hours of plan, and three rounds of planning more. */
const LIFE_MS = 4 * 60 * 60_000 + 15 * 60_000
/** A vehicle that plugs in a little before the plan has it follows the plan. */
const EARLY_MS = 60_000

export interface VisitSlots {
  startAt: Date
  slotSeconds: number
  slots: PlannedSlot[]
}

/**
 * The plan's slots from the one that holds `now` on, for the vehicle that is plugged in at `point` now: through the plan's next hours, but not beyond its departure
 * or the plan's end. A vehicle that nobody has named is the one that the plan takes it for. Null when the plan has no visit of this vehicle here and now:
 * then the fail-safe holds until the next plan.
 */
export function visitSlots(
  plan: { instance: StoredInstance; result: StoredResult },
  at: { vehicleId: string | null; point: string; now: Date },
): VisitSlots | null {
  const { instance, result } = plan
  const now = at.now.getTime()
  const vehicles = new Map(instance.vehicles.map((vehicle) => [vehicle.id, vehicle]))
  const planned = result.visits.find((one) => {
    if (one.point !== at.point || (at.vehicleId !== null && one.vehicle !== at.vehicleId)) return false
    const stay = vehicles.get(one.vehicle)?.visits[one.visit]
    return stay !== undefined && Date.parse(stay.arrive) <= now + EARLY_MS && now < Date.parse(stay.depart)
  })
  const window = planned === undefined ? undefined : vehicles.get(planned.vehicle)?.visits[planned.visit]
  if (planned === undefined || window === undefined) return null

  const startMs = Date.parse(instance.start)
  const slotMs = instance.slotMinutes * 60_000
  const first = Math.floor((now - startMs) / slotMs)
  const endMs = Math.min(now + LIFE_MS, Date.parse(window.depart), startMs + instance.slots * slotMs)
  const last = Math.ceil((endMs - startMs) / slotMs)
  if (first < 0 || last <= first) return null
  const slots: PlannedSlot[] = []
  for (let slot = first; slot < last; slot += 1) {
    const from = Math.max(startMs + slot * slotMs, Date.parse(window.arrive))
    const to = Math.min(startMs + (slot + 1) * slotMs, Date.parse(window.depart))
    slots.push({ meanW: (planned.kw[slot] ?? 0) * 1000, coverage: Math.max(0, (to - from) / slotMs) })
  }
  return { startAt: new Date(startMs + first * slotMs), slotSeconds: slotMs / 1000, slots }
}
