import { prunePlans } from '../../db/plans.ts'
import { dropPartitionsBefore, ensureMonthPartitions } from '../../db/partitions.ts'
import type { JobContext } from './job.ts'

const DAY_MS = 24 * 60 * 60_000
/** Plans carry their whole instance, so they are kept only as long as somebody will ask why. */
const PLANS_KEPT_DAYS = 30
/** Every frame of every station: kept long enough to settle a dispute with a maker. */
const FRAMES_KEPT_DAYS = 90

/** Makes room ahead and clears it behind: partitions of the coming months, old plans, old frames. */
export async function keepHouse({ db, now, log }: JobContext): Promise<void> {
  const at = now()
  await ensureMonthPartitions(db, at)
  const plans = await prunePlans(db, new Date(at.getTime() - PLANS_KEPT_DAYS * DAY_MS))
  const partitions = await dropPartitionsBefore(db, 'message_log', new Date(at.getTime() - FRAMES_KEPT_DAYS * DAY_MS))
  if (plans > 0 || partitions.length > 0) log.info({ plans, partitions }, 'cleared what is old')
}
