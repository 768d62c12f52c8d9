import { refreshWorkDays } from '../../db/work-days.ts'
import type { JobContext } from './job.ts'

/** Shares what was charged among the lines and blocks that it was charged for, where something changed. */
export async function shareWork({ db }: Pick<JobContext, 'db'>): Promise<void> {
  await refreshWorkDays(db)
}
