import { sql } from 'kysely'
import type { ChargingProfile } from '../domain/charging-profile.ts'
import { json, type Db } from './database.ts'
import { reviveProfile } from './desired-state.ts'

/** A profile that a station holds, or may hold because its answer never came. */
export interface HeldProfileRow {
  stationId: string
  evseId: number
  item: string
  version: number
  profile: ChargingProfile
  sentAt: Date
  confirmed: boolean
  confirmedAt: Date | null
  readback: string | null
  readbackAt: Date | null
}

export interface SentProfile {
  stationId: string
  evseId: number
  item: string
  version: number
  profile: ChargingProfile
  lapsesAt: Date | null
  at: Date
}

/** Notes that a profile is about to be sent. Must be committed before it leaves, so that a crash cannot forget what a station may hold. */
export async function noteProfileSent(db: Db, sent: SentProfile): Promise<void> {
  await db
    .insertInto('held_profile')
    .values({
      station_id: sent.stationId,
      evse_id: sent.evseId,
      item: sent.item,
      version: sent.version,
      profile: json(sent.profile),
      sent_at: sent.at,
      lapses_at: sent.lapsesAt,
    })
    .onConflict((conflict) =>
      conflict.columns(['station_id', 'item', 'version']).doUpdateSet({
        profile: json(sent.profile),
        sent_at: sent.at,
        lapses_at: sent.lapsesAt,
        readback: null,
        readback_at: null,
      }),
    )
    .execute()
}

/** The station took it: it has replaced every other profile of the same item, in place. */
export async function noteProfileHeld(
  db: Db,
  held: { stationId: string; item: string; version: number; at: Date },
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('held_profile')
      .set({ confirmed_at: held.at })
      .where('station_id', '=', held.stationId)
      .where('item', '=', held.item)
      .where('version', '=', held.version)
      .execute()
    await tx
      .deleteFrom('held_profile')
      .where('station_id', '=', held.stationId)
      .where('item', '=', held.item)
      .where('version', '<>', held.version)
      .execute()
  })
}

/** The station refused it, or it never left: what it held before is what it holds. */
export async function noteProfileNotHeld(
  db: Db,
  refused: { stationId: string; item: string; version: number },
): Promise<void> {
  await db
    .deleteFrom('held_profile')
    .where('station_id', '=', refused.stationId)
    .where('item', '=', refused.item)
    .where('version', '=', refused.version)
    .where('confirmed_at', 'is', null)
    .execute()
}

/** What GetCompositeSchedule said of the profile that the station confirmed last. */
export async function noteProfileReadback(
  db: Db,
  read: { stationId: string; item: string; version: number; readback: string; at: Date },
): Promise<void> {
  await db
    .updateTable('held_profile')
    .set({ readback: read.readback, readback_at: read.at })
    .where('station_id', '=', read.stationId)
    .where('item', '=', read.item)
    .where('version', '=', read.version)
    .execute()
}

/** Everything that the stations of a site may hold, oldest version first. */
export async function heldProfiles(db: Db, siteId: string): Promise<HeldProfileRow[]> {
  const rows = await db
    .selectFrom('held_profile')
    .innerJoin('station', 'station.id', 'held_profile.station_id')
    .where('station.site_id', '=', siteId)
    .selectAll('held_profile')
    .orderBy('held_profile.station_id')
    .orderBy('item')
    .orderBy('version')
    .execute()
  return rows.map((row) => ({
    stationId: row.station_id,
    evseId: row.evse_id,
    item: row.item,
    version: row.version,
    profile: reviveProfile(row.profile),
    sentAt: row.sent_at,
    confirmed: row.confirmed_at !== null,
    confirmedAt: row.confirmed_at,
    readback: row.readback,
    readbackAt: row.readback_at,
  }))
}

/** Forgets profiles that have lapsed, and TxProfiles whose transaction is over: a station drops them with it (OCPP 1.6 §3.13.1, 2.0.1 K01.FR.09). */
export async function forgetEndedProfiles(db: Db, now: Date): Promise<void> {
  await sql`delete from held_profile where lapses_at <= ${now}
    or (profile->>'purpose' = 'tx' and not exists (
      select 1 from charging_session s where s.station_id = held_profile.station_id and s.ended_at is null
        and s.transaction_id = held_profile.profile->>'transactionId'))`.execute(db)
}
