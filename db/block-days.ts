import { sql } from 'kysely'
import type { Block } from '../domain/block.ts'
import { joinBlocks } from '../domain/join-blocks.ts'
import { serviceDayStart } from '../domain/service-time.ts'
import type { Db } from './database.ts'

/** A timetable and the zone that its times are in. */
export interface FeedZone {
  id: string
  time_zone: string
}

/**
 * The blocks of whole service days by date, with the vehicles that the timetable itself gives them (TODS); whom they were given to since is not looked at. With `vehicleIds`
 * only blocks that are, or were at some time, to be driven by these. Trips are read once for all dates on which they run.
 */
export async function blocksOfDays(
  db: Db,
  feed: FeedZone,
  dates: readonly string[],
  vehicleIds?: readonly string[],
): Promise<Map<string, Block[]>> {
  const { rows: days } = await sql<{ date: string; service_id: string }>`
    select date, service_id from service_day where feed_id = ${feed.id} and date = any(${[...dates]}::date[])`.execute(
    db,
  )
  const services = [...new Set(days.map((day) => day.service_id))]
  if (services.length === 0) return new Map(dates.map((date) => [date, []]))
  const trips = Map.groupBy(await tripsOf(db, feed.id, services, dates, vehicleIds), (trip) => trip.service_id)
  const rules = await datedRules(db, feed.id, dates)
  const servicesOn = Map.groupBy(days, (day) => day.date)
  return new Map(
    dates.map((date) => {
      const startMs = serviceDayStart(date, feed.time_zone).getTime()
      const running = (servicesOn.get(date) ?? []).flatMap((day) => trips.get(day.service_id) ?? [])
      const dated = running.map((trip) => ({
        date,
        blockId: trip.block_id,
        tripId: trip.id,
        kind: trip.kind,
        route: trip.route,
        headsign: trip.headsign,
        startMs: startMs + trip.start_s * 1000,
        endMs: startMs + trip.end_s * 1000,
        distanceM: trip.distance_m ?? 0,
        startStopId: trip.start_stop_id,
        endStopId: trip.end_stop_id,
        // A rule for one date comes before the rule of the service.
        ruleVehicleId: rules.get(ruleKey(date, trip.service_id, trip.block_id)) ?? trip.rule_vehicle,
      }))
      return [date, joinBlocks(dated)]
    }),
  )
}

interface TripRow {
  service_id: string
  block_id: string
  id: string
  kind: string
  route: string | null
  headsign: string | null
  start_s: number
  end_s: number
  distance_m: number | null
  start_stop_id: string | null
  end_stop_id: string | null
  rule_vehicle: string | null
}

async function tripsOf(
  db: Db,
  feedId: string,
  services: readonly string[],
  dates: readonly string[],
  vehicleIds: readonly string[] | undefined,
): Promise<TripRow[]> {
  const theirs =
    vehicleIds === undefined
      ? sql``
      : sql`and t.block_id in (
          select block_id from block_assignment where date = any(${[...dates]}::date[]) and vehicle_id = any(${[...vehicleIds]}::text[])
          union select block_id from block_vehicle_rule where feed_id = ${feedId} and vehicle_id = any(${[...vehicleIds]}::text[]))`
  const { rows } = await sql<TripRow>`
    select t.service_id, t.block_id, t.id, t.kind, coalesce(r.short_name, r.long_name, r.id) as route, t.headsign,
      t.start_s, t.end_s, t.distance_m, t.start_stop_id, t.end_stop_id, rule.vehicle_id as rule_vehicle
    from trip t
    left join route r on r.feed_id = t.feed_id and r.id = t.route_id
    left join block_vehicle_rule rule on rule.feed_id = t.feed_id and rule.service_id = t.service_id and rule.block_id = t.block_id and rule.date is null
    where t.feed_id = ${feedId} and t.service_id = any(${[...services]}::text[]) and t.block_id is not null ${theirs}`.execute(
    db,
  )
  return rows
}

async function datedRules(db: Db, feedId: string, dates: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ date: string; service_id: string; block_id: string; vehicle_id: string }>`
    select date, service_id, block_id, vehicle_id from block_vehicle_rule
    where feed_id = ${feedId} and date = any(${[...dates]}::date[])`.execute(db)
  return new Map(rows.map((row) => [ruleKey(row.date, row.service_id, row.block_id), row.vehicle_id]))
}

function ruleKey(date: string, serviceId: string, blockId: string): string {
  return JSON.stringify([date, serviceId, blockId])
}
