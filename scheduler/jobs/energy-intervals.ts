import {
  energyCountedUntil,
  noteEnergyCountedUntil,
  registerHistories,
  siteEnergy,
  storeEnergyIntervals,
  type EnergyInterval,
  type RegisterHistory,
} from '../../db/energy-intervals.ts'
import { readFleet } from '../../db/fleet.ts'
import { raiseMonthlyPeak } from '../../db/peaks.ts'
import { localDate } from '../../domain/service-time.ts'
import { SLOT_MS, slotStart } from '../../domain/slots.ts'
import type { JobContext } from './job.ts'
import { quarterHours } from './quarter-hours.ts'

/** Samples are counted once more for this long after they came: a group commit may end after one that began later. */
const OVERLAP_MS = 60_000

/** Turns new meter samples into energy by the quarter hour, and raises the month's peak of each site. */
export async function countEnergy({ db, now }: JobContext): Promise<void> {
  const at = now()
  const until = (await energyCountedUntil(db)) ?? new Date(0)
  const histories = await registerHistories(db, new Date(until.getTime() - OVERLAP_MS))
  const intervals = histories.flatMap(intervalsOf)
  await storeEnergyIntervals(db, intervals)
  await raisePeaks(db, intervals, at)
  await noteEnergyCountedUntil(db, at)
}

function intervalsOf(history: RegisterHistory): EnergyInterval[] {
  const { stationId, evseId, readings } = history
  const quarters = quarterHours(
    readings.map((reading) => ({ atMs: reading.at.getTime(), registerWh: reading.registerWh })),
  )
  return quarters
    .filter((quarter) => quarter.startMs >= history.from.getTime())
    .map((quarter) => {
      // Whose energy it is: the session of the reading that closes the quarter's last stretch.
      const closing = readings.find((reading) => reading.at.getTime() >= quarter.startMs + SLOT_MS)
      const within = readings.findLast(
        (reading) => reading.at.getTime() > quarter.startMs && reading.at.getTime() < quarter.startMs + SLOT_MS,
      )
      const owner = within ?? closing
      return {
        stationId,
        evseId,
        startAt: new Date(quarter.startMs),
        energyWh: quarter.energyWh,
        sessionNumber: owner?.sessionNumber ?? null,
        vehicleId: owner?.vehicleId ?? null,
        complete: quarter.complete,
      }
    })
}

async function raisePeaks(db: JobContext['db'], intervals: readonly EnergyInterval[], at: Date): Promise<void> {
  const starts = intervals.map((interval) => interval.startAt.getTime())
  if (starts.length === 0) return
  const from = new Date(starts.reduce((least, start) => Math.min(least, start)))
  const sums = await siteEnergy(db, from, slotStart(at))
  for (const [siteId, quarters] of Map.groupBy(sums, (sum) => sum.siteId)) {
    const fleet = await readFleet(db, siteId)
    if (fleet === null) continue
    const baseLoadW = fleet.nodes.reduce((sum, node) => sum + node.baseLoadW, 0)
    const highest = new Map<string, { peakW: number; at: Date }>()
    for (const { startAt, energyWh } of quarters) {
      const month = `${localDate(startAt, fleet.site.timeZone).slice(0, 7)}-01`
      const peakW = Math.round(baseLoadW + (energyWh * 3_600_000) / SLOT_MS)
      if (peakW > (highest.get(month)?.peakW ?? 0)) highest.set(month, { peakW, at: startAt })
    }
    for (const [month, peak] of highest) await raiseMonthlyPeak(db, { siteId, month, ...peak })
  }
}
