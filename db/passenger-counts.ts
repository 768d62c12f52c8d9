import { sql } from 'kysely'
import { json, type Db, type Tx } from './database.ts'

/** Who was carried on a line on a service day. null: not counted. */
export interface PassengerCount {
  /** `YYYY-MM-DD`. */
  date: string
  /** As in `drive_day`: the line's short name, else its id. */
  route: string
  boardings: number | null
  passengerKm: number | null
}

/** Stores counts, each in place of the one of the same line and day, and credits them to the vehicles that drove there. */
export function storePassengerCounts(
  db: Db,
  counts: readonly PassengerCount[],
  source: string,
  receivedAt: Date,
): Promise<void> {
  const rows = counts.map((one) => ({
    date: one.date,
    route: one.route,
    boardings: one.boardings,
    passenger_km: one.passengerKm,
  }))
  return db.transaction().execute(async (tx) => {
    await sql`insert into passenger_count (date, route, boardings, passenger_km, source, received_at)
      select date, route, boardings, passenger_km, ${source}::text, ${receivedAt}::timestamptz
      from jsonb_to_recordset(${json(rows)}::jsonb) as r(date date, route text, boardings bigint, passenger_km bigint)
      on conflict (date, route) do update set boardings = excluded.boardings, passenger_km = excluded.passenger_km, source = excluded.source,
        received_at = excluded.received_at`.execute(tx)
    await creditPassengers(tx, rows)
  })
}

/** Shares the passenger kilometres of these lines and days among what was driven there, by distance. */
export async function creditPassengers(tx: Tx, of: readonly { date: string; route: string }[]): Promise<void> {
  const lines = json([...new Map(of.map(({ date, route }) => [`${date} ${route}`, { date, route }])).values()])
  await sql`with line as (select * from jsonb_to_recordset(${lines}::jsonb) as r(date date, route text)),
    share as (select d.date, d.vehicle_id, d.block_id, d.route,
        round(p.passenger_km * d.distance_m::numeric / nullif(sum(d.distance_m) over (partition by d.date, d.route), 0))::bigint as passengers_km
      from line join drive_day d on d.date = line.date and d.route = line.route left join passenger_count p on p.date = line.date and p.route = line.route)
    update drive_day d set passengers_km = share.passengers_km from share
    where d.date = share.date and d.vehicle_id = share.vehicle_id and d.block_id = share.block_id and d.route = share.route
      and d.passengers_km is distinct from share.passengers_km`.execute(tx)
}
