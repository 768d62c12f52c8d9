import type { Block } from '../../domain/block.ts'
import { joinBlocks } from '../../domain/join-blocks.ts'
import { serviceDatesAround, serviceDayStart } from '../../domain/service-time.ts'
import type { Timetable } from '../../domain/timetable.ts'

/**
 * The blocks of a timetable under way at any time in `[from, to)`, ascending by start, with the vehicles that the timetable itself names: what
 * `db/blocks.ts` gives for a stored one. Empty when no trip has a block_id.
 */
export function timetableBlocks(timetable: Timetable, span: { from: Date; to: Date }): Block[] {
  const dates = new Set(serviceDatesAround(span.from, span.to, timetable.timeZone))
  const routes = new Map(
    timetable.routes.map((route) => [route.routeId, route.shortName ?? route.longName ?? route.routeId]),
  )
  const trips = Map.groupBy(timetable.trips, (trip) => trip.serviceId)
  const rules = new Map(
    timetable.vehicleRules.map((rule) => [ruleKey(rule.serviceId, rule.blockId, rule.date), rule.vehicleId]),
  )
  const dated = timetable.serviceDays
    .filter((day) => dates.has(day.date))
    .flatMap(({ serviceId, date }) => {
      const startMs = serviceDayStart(date, timetable.timeZone).getTime()
      return (trips.get(serviceId) ?? []).flatMap((trip) => {
        const { blockId, tripId, kind, headsign, distanceM, startStopId, endStopId } = trip
        if (blockId === null) return []
        const ruleVehicleId =
          rules.get(ruleKey(serviceId, blockId, date)) ?? rules.get(ruleKey(serviceId, blockId, null)) ?? null
        return [
          {
            date,
            blockId,
            tripId,
            kind,
            route: trip.routeId === null ? null : (routes.get(trip.routeId) ?? null),
            headsign,
            startMs: startMs + trip.startS * 1000,
            endMs: startMs + trip.endS * 1000,
            distanceM,
            startStopId,
            endStopId,
            ruleVehicleId,
          },
        ]
      })
    })
  return joinBlocks(dated).filter((block) => block.endAt > span.from && block.startAt < span.to)
}

function ruleKey(serviceId: string, blockId: string, date: string | null): string {
  return `${serviceId}\u{0}${blockId}\u{0}${date ?? ''}`
}
