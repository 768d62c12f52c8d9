import { sql } from 'kysely'
import type { Db } from '../database.ts'

/** Tariffs of the chargers that everybody may see. */
export async function publicTariffIds(db: Db): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`select distinct coalesce(s.ad_hoc_tariff_id, i.ad_hoc_tariff_id) as id
    from station s join site i on i.id = s.site_id
    where s.registration = 'accepted' and coalesce(s.public, i.public) and coalesce(s.ad_hoc_tariff_id, i.ad_hoc_tariff_id) is not null`.execute(
    db,
  )
  return rows.map((row) => row.id)
}
