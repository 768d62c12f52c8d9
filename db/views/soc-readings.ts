import { sql } from 'kysely'
import type { Db } from '../database.ts'

/**
 * A vehicle's states of charge as they were read, oldest first; one for each instant, the vehicle's own word before a person's. What was
 * remembered at the time, and every sample of its sessions: a station that was cut off sends many at once.
 */
export async function socReadings(
  db: Db,
  filter: { vehicleId: string; from: Date; to?: Date | undefined; after?: Date | undefined; limit: number },
): Promise<{ at: Date; socPercent: number; source: string }[]> {
  const { vehicleId, from } = filter
  const span = (at: string) => sql`${sql.ref(at)} >= ${from}
      ${filter.to === undefined ? sql`` : sql`and ${sql.ref(at)} < ${filter.to}`}
      ${filter.after === undefined ? sql`` : sql`and ${sql.ref(at)} > ${filter.after}`}`
  const { rows } = await sql<{ at: Date; socPercent: number; source: string }>`
    select distinct on (at) at, soc_percent as "socPercent", source from (
      select v.at, v.soc_percent, v.source from vehicle_soc v where v.vehicle_id = ${vehicleId} and ${span('v.at')}
      union all
      select m.at, m.soc_percent, 'ocpp' from charging_session s join meter_sample m on m.session_number = s.number
      where s.vehicle_id = ${vehicleId} and (s.ended_at is null or s.last_sample_at >= ${from})
        and m.soc_percent is not null and ${span('m.at')}) as each_reading
    order by at, source desc limit ${filter.limit}`.execute(db)
  return rows
}
