import { countEnergy } from './energy-intervals.ts'
import { keepHouse } from './housekeeping.ts'
import type { Job } from './job.ts'
import { pushProfiles } from './push-profiles.ts'
import { replanAll, replanOnRequest } from './replan.ts'
import { watch } from './watch.ts'

export type { Job, JobContext } from './job.ts'

/** Everything that is done again and again, on every platform. Those of every tick run in this order. */
export const jobs: readonly Job[] = [
  { name: 'replanOnRequest', schedule: 'tick', run: replanOnRequest },
  { name: 'pushProfiles', schedule: 'tick', run: pushProfiles },
  { name: 'watch', schedule: { everyMinutes: 1 }, run: watch },
  { name: 'replan', schedule: { everyMinutes: 5 }, run: replanAll },
  { name: 'energyIntervals', schedule: { everyMinutes: 5 }, run: countEnergy },
  { name: 'housekeeping', schedule: { everyMinutes: 60 }, run: keepHouse },
]
