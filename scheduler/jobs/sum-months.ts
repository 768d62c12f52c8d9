import { refreshEnergyMonths } from '../../db/energy-months.ts'
import type { JobContext } from './job.ts'

/** Adds up the months that are over, where some day of theirs has changed. */
export async function sumMonths({ db }: Pick<JobContext, 'db'>): Promise<void> {
  await refreshEnergyMonths(db)
}
