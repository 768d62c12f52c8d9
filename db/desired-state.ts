import { sql } from 'kysely'
import type { ChargingProfile } from '../domain/charging-profile.ts'
import type { Command, CommandOutcome } from '../domain/command.ts'
import { json, type Db } from './database.ts'

export interface DesiredState {
  stationId: string
  item: string
  version: number
  wanted: Command
  /** Tries of this version that failed. */
  attempts: number
}

const RETRY_FIRST_MS = 5000
const RETRY_LONGEST_MS = 600_000

/** Says what a station should do about `item`. The version rises, and it will be sent, only when that differs from what was wanted. */
export async function wantState(
  db: Db,
  want: { stationId: string; item: string; wanted: Command; at: Date },
): Promise<void> {
  await db
    .insertInto('desired_state')
    .values({ station_id: want.stationId, item: want.item, wanted: json(want.wanted), wanted_at: want.at })
    .onConflict((conflict) =>
      conflict
        .columns(['station_id', 'item'])
        .doUpdateSet({
          version: sql`desired_state.version + 1`,
          wanted: (eb) => eb.ref('excluded.wanted'),
          wanted_at: want.at,
          attempts: 0,
          retry_at: null,
        })
        .where(sql<boolean>`desired_state.wanted is distinct from excluded.wanted`),
    )
    .execute()
}

/** Forgets that anything was wanted of a station about `item`. */
export async function forgetState(db: Db, stationId: string, item: string): Promise<void> {
  await db.deleteFrom('desired_state').where('station_id', '=', stationId).where('item', '=', item).execute()
}

/** What connected, accepted stations have not confirmed and what is due to be sent, oldest first. */
export async function openDesiredStates(db: Db, now: Date, limit = 500): Promise<DesiredState[]> {
  const rows = await db
    .selectFrom('desired_state')
    .innerJoin('station', 'station.id', 'desired_state.station_id')
    .select(['station_id', 'item', 'version', 'wanted', 'attempts'])
    .where('station.connected', '=', true)
    .where('station.registration', '=', 'accepted')
    .where(sql<boolean>`confirmed_version is distinct from version`)
    .where((eb) => eb.or([eb('retry_at', 'is', null), eb('retry_at', '<=', now)]))
    .orderBy('wanted_at')
    .limit(limit)
    .execute()
  return rows.map((row) => ({
    stationId: row.station_id,
    item: row.item,
    version: row.version,
    wanted: reviveCommand(row.wanted),
    attempts: row.attempts,
  }))
}

/** Notes what came of sending one version. What was not accepted is tried again, after 5 s, 10 s, … up to 10 minutes. */
export async function noteDesiredOutcome(
  db: Db,
  sent: { stationId: string; item: string; version: number; outcome: CommandOutcome; at: Date },
): Promise<void> {
  const { stationId, item, version, outcome, at } = sent
  const accepted = outcome.outcome === 'answered' && outcome.accepted
  const row = db.updateTable('desired_state').where('station_id', '=', stationId).where('item', '=', item)
  if (accepted) {
    await row
      .set({
        confirmed_version: version,
        confirmed_at: at,
        attempted_at: at,
        attempts: 0,
        retry_at: null,
        outcome: json(outcome),
      })
      .execute()
    return
  }
  // A station that was not there has refused nothing: it is asked again as soon as it is back.
  if (outcome.outcome === 'offline') return
  await row
    .where('version', '=', version)
    .set({
      attempts: sql`attempts + 1`,
      attempted_at: at,
      retry_at: sql`${at}::timestamptz + make_interval(secs => least(${RETRY_LONGEST_MS / 1000}, ${RETRY_FIRST_MS / 1000} * power(2, least(attempts, 20))))`,
      outcome: json(outcome),
    })
    .execute()
}

/** Notes that a station has forgotten everything it was told, so that everything is sent again. */
export async function stateLost(db: Db, ...stationIds: string[]): Promise<void> {
  await db
    .updateTable('desired_state')
    .set({ confirmed_version: null, attempts: 0, retry_at: null })
    .where(sql<boolean>`station_id = any(${stationIds}::text[])`)
    .execute()
}

/** A command as it was before it was JSON: its instants are Dates again. */
export function reviveCommand(command: Command): Command {
  if (command.type === 'setChargingProfile') return { ...command, profile: reviveProfile(command.profile) }
  if (command.type === 'remoteStart' && command.profile !== undefined) {
    return { ...command, profile: reviveProfile(command.profile) }
  }
  return command
}

/** A profile as it was before it was JSON: its instants are Dates again. */
export function reviveProfile(profile: ChargingProfile): ChargingProfile {
  const { validFrom, validTo, schedule } = profile
  return {
    ...profile,
    ...(validFrom === undefined ? {} : { validFrom: new Date(validFrom) }),
    ...(validTo === undefined ? {} : { validTo: new Date(validTo) }),
    schedule: { ...schedule, ...(schedule.startAt === undefined ? {} : { startAt: new Date(schedule.startAt) }) },
  }
}
