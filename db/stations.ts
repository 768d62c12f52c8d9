import { sql } from 'kysely'
import type { Registration } from '../domain/status.ts'
import { json, type Db, type StationCapabilities } from './database.ts'
import { hashStationPassword } from './station-password.ts'

export interface KnownStation {
  registration: Registration
  passwordHash: string | null
  lastBootAt: Date | null
  clockSkewMs: number | null
}

/** Columns of a `KnownStation`. */
export const KNOWN = [
  'registration',
  'password_hash as passwordHash',
  'last_boot_at as lastBootAt',
  'clock_skew_ms as clockSkewMs',
] as const

/** Sets the password that the station must give from its next connection on, or takes it away. Only its hash is kept. */
export async function setStationPassword(db: Db, stationId: string, password: string | null): Promise<void> {
  const hash = password === null ? null : await hashStationPassword(password)
  await db.updateTable('station').set({ password_hash: hash }).where('id', '=', stationId).execute()
}

/** Approves or rejects a station. It hears of it at its next BootNotification; an approved one is heard from its next message on. */
export async function setStationRegistration(db: Db, stationId: string, registration: Registration): Promise<void> {
  await db.updateTable('station').set({ registration }).where('id', '=', stationId).execute()
}

/** Notes at the start of the only server process that no station is connected yet, whatever the last one left behind. */
export async function noteNoneConnected(db: Db, at: Date): Promise<void> {
  await db
    .updateTable('station')
    .set({ connected: false, connection_id: null, disconnected_at: at })
    .where('connected', '=', true)
    .execute()
}

export async function noteFirmwareStatus(db: Db, stationId: string, status: string): Promise<void> {
  await db.updateTable('station').set({ firmware_status: status }).where('id', '=', stationId).execute()
}

/** Adds to what is known of a station's abilities; what is not named stays. */
export async function learnCapabilities(db: Db, stationId: string, learned: StationCapabilities): Promise<void> {
  if (Object.keys(learned).length === 0) return
  await db
    .updateTable('station')
    .set({ capabilities: sql<string>`capabilities || ${json(learned)}::jsonb` })
    .where('id', '=', stationId)
    .where(sql<boolean>`not (capabilities @> ${json(learned)}::jsonb)`)
    .execute()
}

export async function siteOfStation(db: Db, stationId: string): Promise<string | null> {
  const station = await db.selectFrom('station').select('site_id').where('id', '=', stationId).executeTakeFirst()
  return station?.site_id ?? null
}
