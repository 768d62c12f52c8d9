import { observedSessions, powerBuckets, storeLearnedBattery, vehiclesToLearn } from '../../db/battery-learning.ts'
import { learnCapacity } from '../../domain/energy/learn-battery.ts'
import { seenPower } from '../../domain/energy/seen-power.ts'
import type { JobContext } from './job.ts'

const DAY_MS = 24 * 60 * 60_000
/** A battery ages by a percent or two in half a year, which is less than the doubt. */
const LOOK_BACK_MS = 180 * DAY_MS
/** Two thousand vehicles are through within a day. */
const MOST_A_RUN = 100

/** Learns each battery anew once a day from its charging sessions, some every hour. */
export async function learnBatteries({ db, now, log }: JobContext): Promise<void> {
  const at = now()
  // A little less than a day, so that the hour of a vehicle does not wander.
  const due = await vehiclesToLearn(db, new Date(at.getTime() - DAY_MS + 30 * 60_000), MOST_A_RUN)
  let told = 0
  for (const { vehicleId, nominalWh } of due) {
    const sessions = await observedSessions(db, vehicleId, new Date(at.getTime() - LOOK_BACK_MS))
    const capacity = learnCapacity(sessions, nominalWh)
    await storeLearnedBattery(db, vehicleId, capacity, seenPower(await powerBuckets(db, vehicleId)), at)
    if (capacity.usableWh !== null) told += 1
  }
  if (due.length > 0) log.info({ vehicles: due.length, told }, 'looked at batteries')
}
