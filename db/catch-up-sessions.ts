import type { Db } from './database.ts'
import { applyLatestReadings, type LatestReading } from './meter-samples.ts'
import { followRegister } from '../domain/energy/session-energy.ts'

/**
 * Brings open sessions up to the samples that are in the database. Last values may follow their samples by a second (see `Journal`), which a
 * process that was killed did not have; call this at start. Does nothing when nothing is behind.
 */
export async function catchUpSessions(db: Db): Promise<void> {
  const behind = await db
    .selectFrom('charging_session as s')
    .innerJoin('meter_sample as m', 'm.session_number', 's.number')
    .select(['s.number', 's.station_id', 's.evse_id', 's.meter_start_wh', 's.meter_last_wh', 's.energy_wh'])
    .select(['m.at', 'm.register_wh', 'm.power_w', 'm.soc_percent'])
    .where('s.ended_at', 'is', null)
    .where((eb) => eb.or([eb('s.last_sample_at', 'is', null), eb('m.at', '>', eb.ref('s.last_sample_at'))]))
    .orderBy('m.at')
    .execute()

  const latest = new Map<number, LatestReading>()
  for (const row of behind) {
    const before = latest.get(row.number) ?? {
      stationId: row.station_id,
      evseId: row.evse_id,
      sessionNumber: row.number,
      at: row.at,
      meterStartWh: row.meter_start_wh,
      meterLastWh: row.meter_last_wh,
      energyWh: row.energy_wh,
      socPercent: null,
      powerW: null,
      seqNo: null,
    }
    const register = { startWh: before.meterStartWh, lastWh: before.meterLastWh, energyWh: before.energyWh }
    const followed = row.register_wh === null ? register : followRegister(register, row.register_wh)
    latest.set(row.number, {
      ...before,
      at: row.at,
      meterStartWh: followed.startWh,
      meterLastWh: followed.lastWh,
      energyWh: followed.energyWh,
      socPercent: row.soc_percent ?? before.socPercent,
      firstSocPercent: before.firstSocPercent ?? row.soc_percent,
      powerW: row.power_w ?? before.powerW,
    })
  }
  if (latest.size === 0) return
  await db.transaction().execute((tx) => applyLatestReadings(tx, [...latest.values()]))
}
