import type { Vehicle } from '../parts/api-types.ts'
import type { RowView, ShownPlan } from '../parts/timeline/timeline-model.ts'

/** A departure that leaves less than this is tight. */
export const TIGHT_MINUTES = 30

export type Stay = ShownPlan['vehicles'][number]['visits'][number]

/** One vehicle as the plan has it. */
export interface Bus extends RowView {
  vehicle: Vehicle
  label: string
  /** The stay that it stands in or comes to next; null: the plan has none. */
  stay: Stay | null
  /** Its next departure with work. */
  departAt: number | null
  readyAt: number | null
  /** From ready (or now) to departure; null: no departure, or never ready. */
  marginMinutes: number | null
  shortWh: number
  routes: string[]
}

/** The vehicles of a plan, one each, in the order of the live list. `now` is epoch ms. */
export function busesOf(plan: ShownPlan | null, vehicles: Iterable<Vehicle>, now: number): Bus[] {
  const planned = new Map(plan?.vehicles.map((one) => [one.vehicleId, one]) ?? [])
  return [...vehicles].map((vehicle): Bus => {
    const own = planned.get(vehicle.vehicleId)
    const ahead = (own?.visits ?? []).filter((visit) => Date.parse(visit.departAt) > now)
    const leaving = ahead.find((visit) => visit.leavesFor !== null) ?? null
    const departAt = leaving === null ? null : Date.parse(leaving.departAt)
    const readyAt = leaving?.readyAt ? Date.parse(leaving.readyAt) : null
    const block = own?.blocks.find(
      (one) => one.blockId === leaving?.leavesFor?.blockId && one.date === leaving.leavesFor.date,
    )
    return {
      vehicle,
      label: vehicle.label,
      stay: ahead[0] ?? null,
      departAt,
      readyAt,
      marginMinutes:
        departAt === null || readyAt === null ? null : Math.round((departAt - Math.max(readyAt, now)) / 60_000),
      shortWh: leaving?.shortWh ?? 0,
      routes: block?.routes ?? [],
    }
  })
}

export type Sorting = 'margin' | 'departure' | 'name'
export type Grouping = 'none' | 'type' | 'line'

export interface Choice {
  text: string
  /** Only departures that are short or tight. */
  tight: boolean
  sorting: Sorting
  grouping: Grouping
}

export interface BusGroup {
  /** The type's or line's name; null: all in one. */
  name: string | null
  buses: Bus[]
}

/** What is asked for, in groups; the worst first where sorted by margin. Groups are in the order of their names, what belongs to none last. */
export function chosenBuses(buses: readonly Bus[], choice: Choice): BusGroup[] {
  const text = choice.text.trim().toLocaleLowerCase()
  const shown = buses
    .filter((bus) => text === '' || `${bus.label} ${bus.routes.join(' ')}`.toLocaleLowerCase().includes(text))
    .filter((bus) => !choice.tight || isTight(bus))
    .toSorted(ORDERS[choice.sorting])
  if (choice.grouping === 'none') return shown.length === 0 ? [] : [{ name: null, buses: shown }]
  const groups = Map.groupBy(shown, (bus) =>
    choice.grouping === 'type' ? bus.vehicle.typeLabel : bus.routes.join(', '),
  )
  return [...groups]
    .map(([name, own]) => ({ name, buses: own }))
    .toSorted(
      (a, b) =>
        Number(a.name === '') - Number(b.name === '') || a.name.localeCompare(b.name, undefined, { numeric: true }),
    )
}

export function isTight(bus: Bus): boolean {
  if (bus.shortWh > 0) return true
  return bus.marginMinutes !== null && bus.marginMinutes < TIGHT_MINUTES
}

const byName = (a: Bus, b: Bus): number => a.label.localeCompare(b.label, undefined, { numeric: true })
const byDeparture = (a: Bus, b: Bus): number => (a.departAt ?? Infinity) - (b.departAt ?? Infinity)
/** Short before never ready before tight before roomy; without a departure last. */
const rank = (bus: Bus): number =>
  bus.departAt === null ? Infinity : bus.shortWh > 0 ? -1e9 - bus.shortWh : (bus.marginMinutes ?? -1e6)
const ORDERS: Record<Sorting, (a: Bus, b: Bus) => number> = {
  name: byName,
  // Equal infinities differ by NaN, which sorts as equal.
  departure: (a, b) => byDeparture(a, b) || byName(a, b),
  margin: (a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : byName(a, b)),
}
