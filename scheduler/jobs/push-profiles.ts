import { siteIds } from '../../db/planning-state.ts'
import type { JobContext } from './job.ts'
import { pushDesired } from './push-desired.ts'
import { wishProfiles } from './wish-profiles.ts'

/** Works out what every station should hold, and sends what it has not confirmed. A site that cannot be worked out keeps what its stations hold. */
export async function pushProfiles(context: JobContext): Promise<void> {
  const reckoned = new Set<string>()
  for (const siteId of await siteIds(context.db)) {
    try {
      for (const stationId of await wishProfiles(context, siteId)) reckoned.add(stationId)
    } catch (error) {
      context.log.error({ siteId, error: String(error) }, 'working out profiles failed')
    }
  }
  await pushDesired(context, reckoned)
}
