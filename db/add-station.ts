import type { Registration } from '../domain/status.ts'
import type { Db } from './database.ts'
import { appendEvent } from './events.ts'
import { hashStationPassword } from './station-password.ts'

export interface NewStation {
  stationId: string
  label: string | null
  registration: Registration
  /** null: it needs none. Only its hash is kept. */
  password: string | null
}

/** Enters a station before it has ever connected, with an event. Where there is one site only it belongs to it, at the grid connection. */
export async function addStation(db: Db, station: NewStation, at: Date): Promise<'added' | 'known'> {
  const passwordHash = station.password === null ? null : await hashStationPassword(station.password)
  return db.transaction().execute(async (tx) => {
    const sites = await tx.selectFrom('site').select('id').limit(2).execute()
    const siteId = sites.length === 1 ? (sites[0]?.id ?? null) : null
    const root = await tx
      .selectFrom('limit_node')
      .select('id')
      .where('site_id', '=', siteId)
      .where('parent_id', 'is', null)
      .executeTakeFirst()
    const added = await tx
      .insertInto('station')
      .values({
        id: station.stationId,
        label: station.label,
        registration: station.registration,
        password_hash: passwordHash,
        site_id: siteId,
        node_id: root?.id ?? null,
      })
      .onConflict((conflict) => conflict.column('id').doNothing())
      .returning('id')
      .executeTakeFirst()
    if (added === undefined) return 'known'
    const details = { registration: station.registration, by: 'hand' }
    await appendEvent(tx, { type: 'stationChanged', at, siteId, stationId: station.stationId, details })
    return 'added'
  })
}
