import { pointId, type FleetEvse } from '../../domain/fleet.ts'
import type { StayAssumption } from '../../domain/stay-assumption.ts'
import type { Stay } from './visits.ts'

export type PlacedStay<S extends Stay = Stay> = S & {
  point: FleetEvse
  /** Set when the plug had to be shared or is not the vehicle's own. */
  note: StayAssumption | null
}

export interface PlacedStays<S extends Stay = Stay> {
  /** By vehicle, in order of time; no two on one point overlap. */
  placed: Map<string, PlacedStay<S>[]>
  unplaced: { vehicleId: string; reason: string }[]
}

/** To unplug one vehicle, drive it away, and plug in another. */
const SWAP_MS = 10 * 60_000
const SHORTEST_MS = 15 * 60_000

interface Request<S extends Stay = Stay> {
  stay: S
  home: FleetEvse | null
  energyKwh: number
}

/**
 * Gives every stay a charging point, so that no two overlap there: vehicles at a plug keep it, even one that is out of order, others go to their own bay's, the rest wherever one is
 * free the whole time. Where none is, it charges while a point is free for long enough; else two share: the one that leaves first charges first, and time is
 * split by what each needs, with ten minutes to swap. The work of a stay that finds no place falls to the one after it.
 */
export function placeStays<S extends Stay>(
  requests: readonly Request<S>[],
  evses: readonly FleetEvse[],
): PlacedStays<S> {
  const usable = evses.filter((evse) => evse.usable)
  const taken = new Map<string, (PlacedStay<S> & { energyKwh: number })[]>(evses.map((evse) => [pointId(evse), []]))
  const unplaced: PlacedStays['unplaced'] = []
  const lost = new Set<Stay>()
  const put = (request: Request<S>, point: FleetEvse, note: StayAssumption | null): void => {
    taken.get(pointId(point))?.push({ ...request.stay, point, note, energyKwh: request.energyKwh })
  }
  const isFree = (point: FleetEvse, stay: Stay): boolean =>
    (taken.get(pointId(point)) ?? []).every(
      (other) => other.departAt <= stay.arriveAt || stay.departAt <= other.arriveAt,
    )

  const homes = new Set(requests.flatMap(({ home }) => (home === null ? [] : [pointId(home)])))
  const waiting: Request<S>[] = []
  for (const request of byArrival(requests)) {
    const { home, stay } = request
    if (home?.usable === true && isFree(home, stay)) put(request, home, null)
    else waiting.push(request)
  }
  for (const request of waiting) {
    const { stay, home } = request
    if (stay.here && home !== null && !home.usable && isFree(home, stay)) {
      // It stays in the plan with nothing to draw, so that what it will lack is known.
      put(request, home, { kind: 'pointOutOfOrder', pointId: pointId(home) })
      continue
    }
    if (stay.here && home !== null) {
      // Two vehicles are said to be at one plug; only one can be.
      lost.add(stay)
      unplaced.push({ vehicleId: stay.vehicleId, reason: `another vehicle is at ${pointId(home)} too` })
      continue
    }
    // Spare points first: what is nobody's own will not be wanted by its owner.
    const free = usable
      .filter((point) => isFree(point, stay))
      .sort((a, b) => Number(homes.has(pointId(a))) - Number(homes.has(pointId(b))))
    const other = free[0]
    if (other !== undefined) {
      put(
        request,
        other,
        home === null ? null : { kind: 'otherPoint', homePointId: pointId(home), pointId: pointId(other) },
      )
      continue
    }
    const between = gap(request, usable, taken)
    if (between !== null) {
      put({ ...request, stay: between.stay }, between.point, between.note)
      continue
    }
    const shared = share(request, usable, taken)
    if (shared === null) {
      lost.add(stay)
      unplaced.push({ vehicleId: stay.vehicleId, reason: 'no charging point is free for it' })
    } else put({ ...request, stay: shared.stay }, shared.point, shared.note)
  }
  return { placed: byVehicle(requests, taken, lost), unplaced }
}

/** The longest time that a point is nobody's within the stay, when it is enough to charge at half power; null when there is none such. */
function gap<S extends Stay>(
  request: Request<S>,
  usable: readonly FleetEvse[],
  taken: ReadonlyMap<string, PlacedStay<S>[]>,
): { stay: S; point: FleetEvse; note: StayAssumption } | null {
  const { stay, energyKwh } = request
  const from = stay.arriveAt.getTime()
  const to = stay.departAt.getTime()
  const gaps = usable.flatMap((point) => {
    const others = (taken.get(pointId(point)) ?? []).toSorted((a, b) => a.arriveAt.getTime() - b.arriveAt.getTime())
    const starts = [from, ...others.map((other) => other.departAt.getTime() + SWAP_MS)]
    const ends = [...others.map((other) => other.arriveAt.getTime() - SWAP_MS), to]
    return starts.map((start, i) => {
      const begin = Math.max(from, start)
      const end = Math.min(to, ends[i] ?? to)
      return { point, begin, end, neededMs: (energyKwh / (point.maxPowerW / 2000)) * 3_600_000 }
    })
  })
  const best = gaps
    .filter((one) => one.end - one.begin >= Math.max(SHORTEST_MS, one.neededMs))
    .sort((a, b) => b.end - b.begin - (a.end - a.begin))[0]
  if (best === undefined) return null
  const note: StayAssumption = {
    kind: 'partOfStay',
    pointId: pointId(best.point),
    afterOther: best.begin > from,
    untilOther: best.end < to,
  }
  return { stay: { ...stay, arriveAt: new Date(best.begin), departAt: new Date(best.end) }, point: best.point, note }
}

function share<S extends Stay>(
  request: Request<S>,
  usable: readonly FleetEvse[],
  taken: ReadonlyMap<string, (PlacedStay<S> & { energyKwh: number })[]>,
): { stay: S; point: FleetEvse; note: StayAssumption } | null {
  const { stay } = request
  const options = usable.flatMap((point) => {
    const others = taken.get(pointId(point)) ?? []
    const overlapping = others.filter((other) => other.departAt > stay.arriveAt && stay.departAt > other.arriveAt)
    const other = overlapping[0]
    if (overlapping.length !== 1 || other === undefined) return []
    const split = splitTime(request, other)
    return split === null ? [] : [{ point, other, ...split }]
  })
  // The split that leaves both the longest.
  const best = options.sort((a, b) => b.shortestMs - a.shortestMs)[0]
  if (best === undefined) return null
  const { point, other, mine, theirs } = best
  other.arriveAt = theirs.arriveAt
  other.departAt = theirs.departAt
  const [first, second] =
    mine.arriveAt < theirs.arriveAt ? [stay.vehicleId, other.vehicleId] : [other.vehicleId, stay.vehicleId]
  const note: StayAssumption = {
    kind: 'sharedPoint',
    pointId: pointId(point),
    firstVehicleId: first,
    secondVehicleId: second,
  }
  other.note ??= note
  return { stay: { ...stay, ...mine }, point, note }
}

interface Span {
  arriveAt: Date
  departAt: Date
}

function splitTime(
  request: Request,
  other: PlacedStay & { energyKwh: number },
): { mine: Span; theirs: Span; shortestMs: number } | null {
  const { stay, energyKwh } = request
  const mineFirst = !other.here && (stay.here || stay.departAt < other.departAt)
  const [first, second] = mineFirst ? [stay, other] : [other, stay]
  const [firstKwh, secondKwh] = mineFirst ? [energyKwh, other.energyKwh] : [other.energyKwh, energyKwh]
  const begin = first.arriveAt.getTime()
  const end = Math.max(second.departAt.getTime(), first.departAt.getTime())
  const room = end - begin - SWAP_MS
  const share = firstKwh + secondKwh > 0 ? firstKwh / (firstKwh + secondKwh) : 0.5
  // No later than the first one's own departure, and no earlier than the second one comes.
  const cut = Math.min(
    first.departAt.getTime(),
    Math.max(second.arriveAt.getTime() - SWAP_MS, Math.round((begin + room * share) / 60_000) * 60_000),
  )
  const spans = {
    first: { arriveAt: first.arriveAt, departAt: new Date(cut) },
    second: { arriveAt: new Date(Math.max(second.arriveAt.getTime(), cut + SWAP_MS)), departAt: second.departAt },
  }
  const shortestMs = Math.min(
    spans.first.departAt.getTime() - spans.first.arriveAt.getTime(),
    spans.second.departAt.getTime() - spans.second.arriveAt.getTime(),
  )
  if (shortestMs < SHORTEST_MS) return null
  return mineFirst
    ? { mine: spans.first, theirs: spans.second, shortestMs }
    : { mine: spans.second, theirs: spans.first, shortestMs }
}

function byArrival<S extends Stay>(requests: readonly Request<S>[]): Request<S>[] {
  return requests.toSorted(
    (a, b) =>
      Number(b.stay.here) - Number(a.stay.here) ||
      a.stay.arriveAt.getTime() - b.stay.arriveAt.getTime() ||
      (a.stay.vehicleId < b.stay.vehicleId ? -1 : 1),
  )
}

function byVehicle<S extends Stay>(
  requests: readonly Request<S>[],
  taken: ReadonlyMap<string, PlacedStay<S>[]>,
  lost: ReadonlySet<Stay>,
): Map<string, PlacedStay<S>[]> {
  const placed = new Map<string, PlacedStay<S>[]>()
  for (const stay of [...taken.values()].flat())
    placed.set(stay.vehicleId, [...(placed.get(stay.vehicleId) ?? []), stay])
  for (const [vehicleId, stays] of placed) {
    stays.sort((a, b) => a.arriveAt.getTime() - b.arriveAt.getTime())
    // What was driven before a stay without a place has not been charged there.
    for (const gone of requests.filter(({ stay }) => stay.vehicleId === vehicleId && lost.has(stay))) {
      const next = stays.find((stay) => stay.arriveAt >= gone.stay.departAt)
      if (next !== undefined) next.before = [...gone.stay.before, ...next.before]
    }
  }
  return placed
}
