import { sql, type RawBuilder } from 'kysely'
import { serviceDatesAround, serviceDayStart } from '../../domain/service-time.ts'
import type { CallPrediction } from '../../domain/stop-call.ts'
import type { Db } from '../database.ts'
import { predictedStop, STORED_STOP, type StoredStop } from '../stored-stops.ts'

/** One call at a stop by the timetable, with what is predicted of it. */
export interface StopCall {
  feedId: string
  stopId: string
  /** The service day. */
  date: string
  tripId: string
  sequence: number
  blockId: string | null
  lineId: string | null
  route: string | null
  routeColor: string | null
  headsign: string | null
  directionId: number | null
  scheduledArrivalAt: Date
  scheduledDepartureAt: Date
  /** Nobody can get on: the trip's last stop. */
  terminates: boolean
  /** The trip begins here. */
  originates: boolean
  /** null: nothing but the timetable is known. */
  arrival: CallPrediction | null
  departure: CallPrediction | null
  vehicleLabel: string | null
  /** Why the trip does not run, or another vehicle runs it. */
  reason: string | null
  /** Another vehicle is expected to drive this trip. */
  replaced: boolean
}

/** How late a bus may be and still be on the board. */
const LOOK_BACK_MS = 60 * 60_000
const MOST_CALLS = 1_000
/** Those who wait for a late bus must read that it was cancelled, also when its time has passed. */
const CANCELLED_SHOWN_MS = 10 * 60_000

interface CallRow {
  date: string
  trip_id: string
  sequence: number
  stop_id: string
  arrival_s: number
  departure_s: number
  block_id: string | null
  route_id: string | null
  route: string | null
  color: string | null
  headsign: string | null
  direction_id: number | null
  last_sequence: number
  first_sequence: number
  trip_start_s: number
}

interface PredictionRow {
  date: string
  block_id: string
  position_at: Date | null
  basis: 'live' | 'schedule'
  cancelled_from_trip_id: string | null
  cancelled_trip_ids: string[]
  reason: string | null
  replacement_vehicle_id: string | null
  label: string | null
  replacement_label: string | null
  calls: StoredStop[] | null
  /** Where the first trip of another vehicle begins, in seconds of the service day. */
  replaced_from_s: number | null
}

/**
 * The calls at platforms of one feed that are expected in `[from, to)`, by expected time. Calls whose time has passed are there as long as their bus
 * is expected still to come; those that have passed early are there until their time. Trips without passengers are left out.
 */
export async function stopCalls(
  db: Db,
  at: {
    feedId: string
    timeZone: string
    stopIds: readonly string[]
    from: Date
    to: Date
    lineId?: string | undefined
    directionId?: number | undefined
  },
): Promise<StopCall[]> {
  const { feedId, timeZone, from, to } = at
  const stopIds = [...at.stopIds]
  if (stopIds.length === 0) return []
  const earliest = new Date(from.getTime() - LOOK_BACK_MS)
  const dates = serviceDatesAround(earliest, to, timeZone)
  const starts = new Map(dates.map((date) => [date, serviceDayStart(date, timeZone).getTime()]))
  const seconds = (instant: Date): number[] =>
    dates.map((date) => Math.ceil((instant.getTime() - (starts.get(date) ?? 0)) / 1000))
  // `offset 0` keeps the planner from reading every trip of the feed to find the few of this stop.
  const { rows } = await sql<CallRow>`
    select w.date::text as date, st.trip_id, st.sequence, st.stop_id, coalesce(st.arrival_s, st.departure_s) as arrival_s, st.departure_s,
      t.block_id, t.route_id, coalesce(r.short_name, r.long_name, r.id) as route, r.color, t.headsign, t.direction_id, t.start_s as trip_start_s,
      (select max(x.sequence) from stop_time x where x.feed_id = st.feed_id and x.trip_id = st.trip_id) as last_sequence,
      (select min(x.sequence) from stop_time x where x.feed_id = st.feed_id and x.trip_id = st.trip_id) as first_sequence
    from unnest(${dates}::date[], ${seconds(earliest)}::integer[], ${seconds(to)}::integer[]) as w(date, low, high)
    join stop_time st on st.feed_id = ${feedId} and st.stop_id = any(${stopIds}::text[]) and st.departure_s >= w.low and st.departure_s < w.high
    join lateral (select * from trip x where x.feed_id = st.feed_id and x.id = st.trip_id and x.kind = 'revenue' offset 0) t on true
    join service_day d on d.feed_id = st.feed_id and d.service_id = t.service_id and d.date = w.date
    left join route r on r.feed_id = t.feed_id and r.id = t.route_id
    where ${at.lineId === undefined ? sql`true` : sql`t.route_id = ${at.lineId}`}
      and ${at.directionId === undefined ? sql`true` : sql`t.direction_id = ${at.directionId}`}
    order by w.date, st.departure_s, st.trip_id limit ${MOST_CALLS}`.execute(db)
  const predictions = await predictionsOf(db, feedId, rows, stopIds)
  return rows
    .map((row) => toCall(feedId, row, starts.get(row.date) ?? 0, predictions.get(`${row.date} ${row.block_id}`)))
    .filter((call) => isStillToCome(call, from) && expectedAt(call) < to)
    .sort((a, b) => expectedAt(a).getTime() - expectedAt(b).getTime() || (a.tripId < b.tripId ? -1 : 1))
}

const HOUR_MS = 3_600_000

export interface ComingDeparture {
  /** null: none within a week. */
  next: StopCall | null
  /** Within that week buses come, but none leaves: lines end here. */
  endsHere: boolean
}

/** The first departure that the timetable has at these platforms from an instant on, as far as a week ahead. */
export async function nextDeparture(
  db: Db,
  at: { feedId: string; timeZone: string; stopIds: readonly string[]; from: Date },
): Promise<ComingDeparture> {
  let arrives = false
  // Nearly always it is in the next day and a half; a week would read every call of it.
  for (const [first, last] of [
    [0, 36],
    [36, 168],
  ] as const) {
    const from = new Date(at.from.getTime() + first * HOUR_MS)
    const calls = await stopCalls(db, { ...at, from, to: new Date(at.from.getTime() + last * HOUR_MS) })
    const next = calls.find((call) => !call.terminates && call.departure?.cancelled !== true)
    if (next !== undefined) return { next, endsHere: false }
    arrives ||= calls.some((call) => call.terminates)
  }
  return { next: null, endsHere: arrives }
}

async function predictionsOf(
  db: Db,
  feedId: string,
  rows: readonly CallRow[],
  stopIds: string[],
): Promise<Map<string, PredictionRow>> {
  const blocks = new Map(
    rows.flatMap(({ date, block_id: blockId }) =>
      blockId === null ? [] : [[`${date} ${blockId}`, { date, blockId }] as const],
    ),
  )
  if (blocks.size === 0) return new Map()
  const keys = [...blocks.values()]
  const found = await sql<PredictionRow>`
    select p.date::text as date, p.block_id, p.position_at, p.basis, p.cancelled_from_trip_id, p.cancelled_trip_ids, p.reason,
      p.replacement_vehicle_id, v.label, n.label as replacement_label, t.start_s as replaced_from_s,
      (select jsonb_agg(e) from jsonb_array_elements(p.stops) e where e ->> ${at('stopId')} = any(${stopIds}::text[])) as calls
    from unnest(${keys.map((one) => one.date)}::date[], ${keys.map((one) => one.blockId)}::text[]) as w(date, block_id)
    join block_prediction p on p.date = w.date and p.block_id = w.block_id and p.feed_id = ${feedId}
    left join vehicle v on v.id = p.vehicle_id
    left join vehicle n on n.id = p.replacement_vehicle_id
    left join trip t on t.feed_id = p.feed_id and t.id = p.cancelled_from_trip_id`.execute(db)
  return new Map(found.rows.map((row) => [`${row.date} ${row.block_id}`, row]))
}

function toCall(feedId: string, row: CallRow, startMs: number, prediction: PredictionRow | undefined): StopCall {
  const stored = prediction?.calls?.find(
    (one) => one[STORED_STOP.tripId] === row.trip_id && one[STORED_STOP.sequence] === row.sequence,
  )
  const call = stored === undefined ? undefined : predictedStop(stored)
  const scheduledArrivalAt = new Date(startMs + row.arrival_s * 1000)
  const scheduledDepartureAt = new Date(startMs + row.departure_s * 1000)
  const { replacement_vehicle_id: replacement = null, replaced_from_s: replacedFromS = null } = prediction ?? {}
  const replaced = replacement !== null && replacedFromS !== null && row.trip_start_s >= replacedFromS
  const cancelled = call?.cancelled === true || (prediction?.cancelled_trip_ids.includes(row.trip_id) ?? false)
  const told = (expected: Date | undefined, scheduledAt: Date): CallPrediction | null =>
    prediction === undefined || (call === undefined && !cancelled)
      ? null
      : {
          asOf: prediction.position_at,
          expectedAt: expected ?? scheduledAt,
          uncertaintySeconds: call?.uncertaintyS ?? 0,
          // What another vehicle will do is not known from where this one is.
          basis: prediction.basis === 'schedule' || replaced ? 'schedule' : (call?.basis ?? 'schedule'),
          cancelled,
          passed: call?.passed ?? false,
        }
  return {
    feedId,
    stopId: row.stop_id,
    date: row.date,
    tripId: row.trip_id,
    sequence: row.sequence,
    blockId: row.block_id,
    lineId: row.route_id,
    route: row.route,
    routeColor: row.color,
    headsign: row.headsign,
    directionId: row.direction_id,
    scheduledArrivalAt,
    scheduledDepartureAt,
    terminates: row.sequence === row.last_sequence,
    originates: row.sequence === row.first_sequence,
    arrival: told(call?.arrivalAt, scheduledArrivalAt),
    departure: told(call?.departureAt, scheduledDepartureAt),
    vehicleLabel: (replaced ? prediction?.replacement_label : prediction?.label) ?? null,
    reason: cancelled || replaced ? (prediction?.reason ?? null) : null,
    replaced,
  }
}

/** When passengers should reckon with it: its departure, or at the trip's end its arrival. */
export function expectedAt(call: StopCall): Date {
  const scheduledAt = call.terminates ? call.scheduledArrivalAt : call.scheduledDepartureAt
  const prediction = call.terminates ? call.arrival : call.departure
  if (prediction === null || prediction.cancelled || prediction.basis === 'schedule') return scheduledAt
  return prediction.expectedAt
}

function isStillToCome(call: StopCall, now: Date): boolean {
  const scheduledAt = call.terminates ? call.scheduledArrivalAt : call.scheduledDepartureAt
  // A bus that left early is shown until its time, so that nobody waits for it.
  if (scheduledAt >= now) return true
  if (call.departure?.cancelled === true) return scheduledAt.getTime() + CANCELLED_SHOWN_MS > now.getTime()
  return call.departure?.passed !== true && expectedAt(call) >= now
}

/** A later call of a trip. */
export interface OnwardCall {
  stopId: string
  stopName: string
  sequence: number
  scheduledArrivalAt: Date
  scheduledDepartureAt: Date
  expectedArrivalAt: Date | null
  expectedDepartureAt: Date | null
}

/** The calls that follow each of these, by `date tripId`; expected times where its block is predicted from live data. */
export async function onwardCalls(
  db: Db,
  { feedId, timeZone }: { feedId: string; timeZone: string },
  calls: readonly StopCall[],
): Promise<Map<string, OnwardCall[]>> {
  const { rows } = await sql<{
    date: string
    trip_id: string
    sequence: number
    stop_id: string
    name: string
    arrival_s: number
    departure_s: number
    told: StoredStop | null
  }>`
    select w.date::text as date, st.trip_id, st.sequence, st.stop_id, s.name, coalesce(st.arrival_s, st.departure_s) as arrival_s, st.departure_s,
      (select e from jsonb_array_elements(p.stops) e where e ->> ${at('tripId')} = st.trip_id and (e ->> ${at('sequence')})::integer = st.sequence limit 1) as told
    from unnest(${calls.map((call) => call.date)}::date[], ${calls.map((call) => call.tripId)}::text[], ${calls.map((call) => call.sequence)}::integer[],
      ${calls.map((call) => call.blockId)}::text[]) as w(date, trip_id, sequence, block_id)
    join stop_time st on st.feed_id = ${feedId} and st.trip_id = w.trip_id and st.sequence > w.sequence
    join stop s on s.feed_id = st.feed_id and s.id = st.stop_id
    left join block_prediction p on p.date = w.date and p.block_id = w.block_id and p.feed_id = ${feedId} and p.basis = 'live'
    order by st.trip_id, st.sequence`.execute(db)
  const starts = new Map(rows.map(({ date }) => [date, serviceDayStart(date, timeZone).getTime()]))
  const onward = rows.map((row) => {
    const startMs = starts.get(row.date) ?? 0
    const call = row.told === null ? null : predictedStop(row.told)
    const told = call === null || call.cancelled || call.basis === 'schedule' ? null : call
    return {
      key: `${row.date} ${row.trip_id}`,
      call: {
        stopId: row.stop_id,
        stopName: row.name,
        sequence: row.sequence,
        scheduledArrivalAt: new Date(startMs + row.arrival_s * 1000),
        scheduledDepartureAt: new Date(startMs + row.departure_s * 1000),
        expectedArrivalAt: told?.arrivalAt ?? null,
        expectedDepartureAt: told?.departureAt ?? null,
      },
    }
  })
  return new Map([...Map.groupBy(onward, (one) => one.key)].map(([key, group]) => [key, group.map((one) => one.call)]))
}

/** Where in a stored call something stands, for `->>`. */
function at(name: keyof typeof STORED_STOP): RawBuilder<unknown> {
  return sql.lit(STORED_STOP[name])
}
