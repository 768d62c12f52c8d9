import { keepSavingDays } from '../../db/saving-days.ts'
import type { JobContext } from './job.ts'

/** Keeps what plans saved, before the plans themselves are forgotten. */
export async function keepSavings({ db, now }: Pick<JobContext, 'db' | 'now'>): Promise<void> {
  await keepSavingDays(db, now())
}
