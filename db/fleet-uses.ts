import { sql } from 'kysely'
import { say, type Sentence } from '../domain/sentences/sentence.ts'
import type { SentenceCode } from '../domain/sentences/sentences.ts'
import type { Tx } from './database.ts'

/** What knows of a thing, as its sentence is called. */
type Use = SentenceCode extends infer Code ? (Code extends `use_${infer Name}` ? Name : never) : never

/** Which of these vehicles something knows of by now, and what: they cannot go without a part of the history. */
export async function usedVehicles(tx: Tx, ids: readonly string[]): Promise<Map<string, Sentence[]>> {
  const { rows } = await sql<{ id: string; uses: (Use | null)[] }>`
    select v.id, array[
      case when exists (select from charging_session c where c.vehicle_id = v.id) then 'sessions' end,
      case when v.telemetry_at is not null or exists (select from telemetry t where t.vehicle_id = v.id) then 'telemetry' end,
      case when v.soc_at is not null or exists (select from vehicle_soc s where s.vehicle_id = v.id) then 'soc' end,
      case when exists (select from drive_day d where d.vehicle_id = v.id) then 'driving' end,
      case when exists (select from evse e where e.vehicle_id = v.id) then 'plug' end,
      case when exists (select from vehicle_wish w where w.vehicle_id = v.id) then 'wishes' end,
      case when exists (select from block_assignment b where b.vehicle_id = v.id and b.source = 'manual') then 'blocks' end,
      case when exists (select from driver_link l where l.vehicle_id = v.id) then 'driverLinks' end,
      case when exists (select from fault_report f where f.vehicle_id = v.id) then 'faults' end,
      case when exists (select from auth_user u where u.vehicle_id = v.id) then 'driver' end,
      case when exists (select from token k where k.vehicle_id = v.id) then 'cards' end
    ] as uses from vehicle v where v.id = any(${ids}::text[])`.execute(tx)
  return told(rows)
}

/** Which of these stations have talked to us, or have a history. */
export async function usedStations(tx: Tx, ids: readonly string[]): Promise<Map<string, Sentence[]>> {
  const { rows } = await sql<{ id: string; uses: (Use | null)[] }>`
    select s.id, array[
      case when exists (select from charging_session c where c.station_id = s.id) then 'sessions' end,
      case when exists (select from meter_sample m where m.station_id = s.id) then 'meterReadings' end,
      case when s.first_seen_at is not null or s.last_message_at is not null then 'connected' end,
      case when s.password_hash is not null then 'password' end,
      case when exists (select from fault_report f where f.station_id = s.id) then 'faults' end
    ] as uses from station s where s.id = any(${ids}::text[])`.execute(tx)
  return told(rows)
}

/** Which of these sites still have something that refers to them. */
export async function usedSites(tx: Tx, ids: readonly string[]): Promise<Map<string, Sentence[]>> {
  const { rows } = await sql<{ id: string; uses: (Use | null)[] }>`
    select s.id, array[
      case when exists (select from station c where c.site_id = s.id) then 'stations' end,
      case when exists (select from vehicle v where v.site_id = s.id) then 'vehicles' end,
      case when exists (select from energy_quarter e where e.site_id = s.id) then 'energy' end,
      case when exists (select from site_tariff t where t.site_id = s.id) then 'tariffs' end,
      case when exists (select from carbon_factor f where f.site_id = s.id) then 'carbonFactors' end,
      case when exists (select from webhook w where w.site_id = s.id) then 'webhooks' end,
      case when exists (select from driver_link l where l.site_id = s.id) then 'driverLinks' end,
      case when exists (select from fault_report f where f.site_id = s.id) then 'faults' end,
      case when exists (select from auth_user u where u.site_id = s.id) then 'people' end
    ] as uses from site s where s.id = any(${ids}::text[])`.execute(tx)
  return told(rows)
}

function told(rows: readonly { id: string; uses: (Use | null)[] }[]): Map<string, Sentence[]> {
  return new Map(
    rows.flatMap(({ id, uses }) => {
      const known = uses.filter((use) => use !== null).map((use) => say(`use_${use}`))
      return known.length === 0 ? [] : [[id, known] as const]
    }),
  )
}
