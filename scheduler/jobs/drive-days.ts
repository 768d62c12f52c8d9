import { blocksBetween } from '../../db/blocks.ts'
import { blockReadings, storeDriveDays, type DrivenBlock } from '../../db/drive-days.ts'
import { inUseSince } from '../../db/in-use-since.ts'
import { driveByLine, drivenEnergyWh } from '../../domain/energy/drive-by-line.ts'
import type { JobContext } from './job.ts'

/** Telemetry and registers come late after a dead spot or an outage: blocks are looked at again for so long. */
const LOOKED_AT_MS = 48 * 3_600_000
/** Until then the vehicle may not have told of its state of charge. */
const SETTLED_MS = 15 * 60_000
const BLOCKS_AT_ONCE = 500

/** Keeps what was driven for each block that is over, by vehicle and line: distance, time, energy, temperature. */
export async function keepDriveDays({ db, now }: Pick<JobContext, 'db' | 'now'>): Promise<void> {
  const at = now()
  const to = new Date(at.getTime() - SETTLED_MS)
  const blocks = await blocksBetween(db, { from: new Date(at.getTime() - LOOKED_AT_MS), to })
  const since = await inUseSince(db)
  const driven = blocks.filter(
    (block): block is DrivenBlock =>
      block.vehicleId !== null && block.endAt <= to && (since === null || block.startAt >= since),
  )
  for (let i = 0; i < driven.length; i += BLOCKS_AT_ONCE) {
    const portion = driven.slice(i, i + BLOCKS_AT_ONCE)
    const readings = await blockReadings(db, portion)
    const drives = portion.map((block, n) => {
      const known = readings[n]
      const energyWh = known === undefined ? null : drivenEnergyWh(known)
      return { block, temperatureC: known?.temperatureC ?? null, lines: driveByLine(block, energyWh) }
    })
    await storeDriveDays(db, drives)
  }
}
