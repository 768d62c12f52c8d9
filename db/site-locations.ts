import type { Db } from './database.ts'

/** Where each site lies, ascending by id. */
export function siteLocations(db: Db): Promise<{ siteId: string; latitude: number; longitude: number }[]> {
  return db.selectFrom('site').select(['id as siteId', 'latitude', 'longitude']).orderBy('id').execute()
}
