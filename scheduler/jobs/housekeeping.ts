import { forgetConnectionAttempts } from '../../db/connection-attempts.ts'
import { forgetOldAccess } from '../../db/forget-access.ts'
import { forgetFaultPhotos } from '../../db/fault-photos.ts'
import { forgetPlaceReadings } from '../../db/place-readings.ts'
import { forgetForeseen } from '../../db/plan-history.ts'
import { prunePlans } from '../../db/plans.ts'
import { forgetCountedSamples, indexNewSamples } from '../../db/counted-samples.ts'
import { dropPartitionsBefore, ensureMonthPartitions } from '../../db/partitions.ts'
import { refreshStatistics } from '../../db/refresh-statistics.ts'
import type { JobContext } from './job.ts'

const DAY_MS = 24 * 60 * 60_000
/** Plans carry their whole instance, so they are kept only as long as somebody will ask why. What they foresaw is kept beside them, and for longer. */
const PLANS_KEPT_DAYS = 30
/** What plans foresaw for departures and quarter hours: a few rows a day, so that a winter can be compared with the one before. */
const FORESEEN_KEPT_DAYS = 400
/** Every frame of every station: kept long enough to settle a dispute with a maker. */
const FRAMES_KEPT_DAYS = 90
/** What was measured at places: two winters can be compared. */
const READINGS_KEPT_DAYS = 800

/** What meters told, sample by sample: a bill of the year before can be checked. Quarter hours and sums are kept for good. */
const SAMPLES_KEPT_DAYS = 400

/** Stops that were passed: what there is to learn from them has been learned, and complaints come within weeks. */
const PASSAGES_KEPT_DAYS = 60

/** What vehicles told, reading by reading: what is learned from it is learned by then, and its states of charge are kept for good. */
const TELEMETRY_KEPT_DAYS = 90

/** How chargers knocked: long enough for the installer to come again. */
const ATTEMPTS_KEPT_DAYS = 30

/** Photos of faults that are mended: long enough for the workshop's questions. */
const FAULT_PHOTOS_KEPT_DAYS = 90

/** UTC; the depots of the world are not all quiet then, but the look takes seconds. */
const STATISTICS_HOUR = 2

/** Makes room ahead and clears it behind: partitions of the coming months, old plans, old frames; once a day it counts how values are spread. */
export async function keepHouse({ db, now, log }: JobContext): Promise<void> {
  const at = now()
  await ensureMonthPartitions(db, at)
  const plans = await prunePlans(db, new Date(at.getTime() - PLANS_KEPT_DAYS * DAY_MS))
  await forgetForeseen(db, new Date(at.getTime() - FORESEEN_KEPT_DAYS * DAY_MS))
  const partitions = await dropPartitionsBefore(db, 'message_log', new Date(at.getTime() - FRAMES_KEPT_DAYS * DAY_MS))
  await dropPartitionsBefore(db, 'telemetry', new Date(at.getTime() - TELEMETRY_KEPT_DAYS * DAY_MS))
  await dropPartitionsBefore(db, 'stop_passage', new Date(at.getTime() - PASSAGES_KEPT_DAYS * DAY_MS))
  await forgetCountedSamples(db, new Date(at.getTime() - SAMPLES_KEPT_DAYS * DAY_MS), at)
  await indexNewSamples(db)
  await forgetOldAccess(db, at)
  await forgetConnectionAttempts(db, new Date(at.getTime() - ATTEMPTS_KEPT_DAYS * DAY_MS))
  await forgetPlaceReadings(db, new Date(at.getTime() - READINGS_KEPT_DAYS * DAY_MS))
  await forgetFaultPhotos(db, new Date(at.getTime() - FAULT_PHOTOS_KEPT_DAYS * DAY_MS))
  if (at.getUTCHours() === STATISTICS_HOUR) await refreshStatistics(db)
  if (plans > 0 || partitions.length > 0) log.info({ plans, partitions }, 'cleared what is old')
}
