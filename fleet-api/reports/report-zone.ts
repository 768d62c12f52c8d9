import { reportTimeZone } from '../../db/reports/report-time-zone.ts'
import type { Db } from '../../db/database.ts'
import { notFound } from '../errors.ts'

/** The clocks that a report's dates are of: the site's, or of all sites that of the first. */
export async function zoneOf(db: Db, siteId: string | undefined): Promise<string> {
  const zone = await reportTimeZone(db, siteId ?? null)
  if (zone !== null) return zone
  if (siteId !== undefined) throw notFound('site', siteId)
  return 'UTC'
}
