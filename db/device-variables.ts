import { sql } from 'kysely'
import type { Db } from './database.ts'

export interface DeviceVariable {
  /** 1.6: the configuration key. 2.0.1: `Component.Variable`, `EVSE#1.Power`, `Connector#1/2.Available`. */
  name: string
  value: string | null
  /** null: not told. */
  readonly: boolean | null
}

/** Remembers what a station told of its configuration. */
export async function storeDeviceVariables(
  db: Db,
  stationId: string,
  variables: readonly DeviceVariable[],
  at: Date,
): Promise<void> {
  const byName = new Map(variables.filter((one) => !isSecretName(one.name)).map((one) => [one.name, one]))
  if (byName.size === 0) return
  const rows = [...byName.values()]
  await sql`insert into device_variable (station_id, name, value, readonly, at)
    select s.id, v.name, v.value, v.readonly, ${at} from unnest(
      ${rows.map((one) => one.name)}::text[], ${rows.map((one) => one.value)}::text[], ${rows.map((one) => one.readonly)}::boolean[])
      as v(name, value, readonly) join station s on s.id = ${stationId}
    on conflict (station_id, name) do update set value = excluded.value, readonly = coalesce(excluded.readonly, device_variable.readonly), at = excluded.at
    where device_variable.value is distinct from excluded.value or device_variable.readonly is distinct from excluded.readonly`.execute(
    db,
  )
}

/** Names whose values are never stored: the station's password under either version's name. */
function isSecretName(name: string): boolean {
  return /AuthorizationKey|Password/i.test(name)
}
