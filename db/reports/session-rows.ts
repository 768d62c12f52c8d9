import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** One charging session as its station told it. */
export interface SessionPart {
  sessionNumber: number
  /** The number of the first part; its own when it stands alone. */
  groupNumber: number
  siteId: string
  stationId: string
  evseId: number
  vehicleId: string | null
  idToken: string | null
  startedAt: Date
  endedAt: Date | null
  meterStartWh: number | null
  meterStopWh: number | null
  energyWh: number | null
  batteryWh: number | null
  /** Usable capacity of the vehicle's battery. */
  usableWh: number | null
  socStartPercent: number | null
  socEndPercent: number | null
  stopReason: string | null
  resets: number
  breaks: number
  orphan: boolean
  presumedEnded: boolean
  /** Of what has a price; null: nothing has. */
  costMicroEur: number | null
  uncostedWh: number
  carbonG: number | null
  uncarbonedWh: number
}

interface Row {
  number: number
  group_number: number
  site_id: string
  station_id: string
  evse_id: number
  vehicle_id: string | null
  id_token: string | null
  started_at: Date
  ended_at: Date | null
  meter_start_wh: number | null
  meter_stop_wh: number | null
  energy_wh: number | null
  battery_wh: number | null
  usable_wh: number | null
  soc_start_percent: number | null
  soc_percent: number | null
  stop_reason: string | null
  resets: number | null
  breaks: number | null
  orphan: boolean
  flags: Record<string, unknown>
  cost: number | null
  uncosted_wh: number | null
  carbon_g: number | null
  uncarboned_wh: number | null
}

export interface SessionSpan {
  from: Date
  to: Date
  siteId: string | null
  vehicleId: string | null
  stationId: string | null
}

/**
 * The sessions whose first part began within `[from, to)`, all parts of each, oldest first by first part; `after` is the first part's start and number after which to go on,
 * `most` counts whole sessions. Cost and carbon are those of their quarter hours.
 */
export async function sessionParts(
  db: Db,
  span: SessionSpan,
  most: number,
  after: { startedAt: Date; sessionNumber: number } | null = null,
): Promise<SessionPart[]> {
  const { rows } = await sql<Row>`
    with head as materialized (
      select s.number, s.started_at from charging_session s join station on station.id = s.station_id
        left join session_energy e on e.session_number = s.number
      where s.started_at >= ${span.from}::timestamptz and s.started_at < ${span.to}::timestamptz and station.site_id is not null
        and e.continues_number is null
        and (${span.siteId}::text is null or station.site_id = ${span.siteId}::text)
        and (${span.vehicleId}::text is null or s.vehicle_id = ${span.vehicleId}::text)
        and (${span.stationId}::text is null or s.station_id = ${span.stationId}::text)
        and (${after?.startedAt ?? null}::timestamptz is null or (s.started_at, s.number) > (${after?.startedAt ?? null}::timestamptz, ${after?.sessionNumber ?? null}::int))
      order by s.started_at, s.number limit ${sql.lit(most)}),
    part as materialized (
      select head.started_at as head_at, head.number as group_number, head.number from head
      union all
      select head.started_at, head.number, e.session_number from head join session_energy e on e.group_number = head.number and e.session_number <> head.number),
    cost as (
      select p.number, sum(i.energy_wh * (q.energy_price_micro_eur_per_kwh + coalesce(q.network_price_micro_eur_per_kwh, 0))::float8 / 1000) as cost,
        sum(i.energy_wh) filter (where q.energy_price_micro_eur_per_kwh is null) as uncosted_wh,
        sum(i.energy_wh * q.carbon_g_per_kwh::float8 / 1000) as carbon_g,
        sum(i.energy_wh) filter (where q.carbon_g_per_kwh is null) as uncarboned_wh
      from part p join charging_session s on s.number = p.number join station on station.id = s.station_id
        join energy_interval i on i.session_number = p.number and i.start_at >= s.started_at - interval '1 day'
          and i.start_at <= coalesce(s.ended_at, 'infinity') and i.session_number > 0
          -- Said once more without the session, so that months before are not looked into.
          and i.start_at >= ${span.from}::timestamptz - interval '1 day'
        left join energy_quarter q on q.site_id = station.site_id and q.start_at = i.start_at
      group by p.number)
    select s.number, p.group_number, station.site_id, s.station_id, s.evse_id, s.vehicle_id, s.id_token, s.started_at, s.ended_at, s.meter_start_wh,
      coalesce(s.meter_stop_wh, e.last_wh, s.meter_last_wh) as meter_stop_wh, coalesce(e.energy_wh, s.energy_wh) as energy_wh, e.battery_wh,
      coalesce(b.usable_wh, t.battery_capacity_wh) as usable_wh,
      s.soc_start_percent, s.soc_percent, s.stop_reason, e.resets, e.breaks, s.orphan, s.flags, cost.cost, cost.uncosted_wh, cost.carbon_g, cost.uncarboned_wh
    from part p join charging_session s on s.number = p.number join station on station.id = s.station_id
      left join session_energy e on e.session_number = s.number left join cost on cost.number = s.number
      left join vehicle v on v.id = s.vehicle_id left join vehicle_type t on t.id = v.type_id left join vehicle_battery b on b.vehicle_id = v.id
    order by p.head_at, p.group_number, s.started_at, s.number`.execute(db)
  return rows.map(partOf)
}

function partOf(row: Row): SessionPart {
  return {
    sessionNumber: row.number,
    groupNumber: row.group_number,
    siteId: row.site_id,
    stationId: row.station_id,
    evseId: row.evse_id,
    vehicleId: row.vehicle_id,
    idToken: row.id_token,
    startedAt: row.started_at,
    endedAt: row.ended_at,
    meterStartWh: wholeOrNull(row.meter_start_wh),
    meterStopWh: wholeOrNull(row.meter_stop_wh),
    energyWh: wholeOrNull(row.energy_wh),
    batteryWh: wholeOrNull(row.battery_wh),
    usableWh: wholeOrNull(row.usable_wh),
    socStartPercent: row.soc_start_percent,
    socEndPercent: row.soc_percent,
    stopReason: row.stop_reason,
    resets: row.resets ?? 0,
    breaks: row.breaks ?? 0,
    orphan: row.orphan,
    presumedEnded: row.flags['presumedEnd'] === true,
    costMicroEur: wholeOrNull(row.cost),
    uncostedWh: Number(row.uncosted_wh ?? 0),
    carbonG: wholeOrNull(row.carbon_g),
    uncarbonedWh: Number(row.uncarboned_wh ?? 0),
  }
}

function wholeOrNull(value: number | null): number | null {
  return value === null ? null : Math.round(Number(value))
}
