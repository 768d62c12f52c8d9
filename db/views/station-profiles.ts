import type { ChargingProfile } from '../../domain/charging-profile.ts'
import type { CommandOutcome, CommandType } from '../../domain/command.ts'
import type { Db } from '../database.ts'
import { reviveCommand, reviveProfile } from '../desired-state.ts'

/** Something that a station should do or hold, and how far that has come. */
export interface WantedItem {
  item: string
  type: CommandType
  version: number
  wantedAt: Date
  confirmed: boolean
  confirmedVersion: number | null
  confirmedAt: Date | null
  /** Tries of this version that failed. */
  attempts: number
  attemptedAt: Date | null
  retryAt: Date | null
  outcome: CommandOutcome | null
  evseId: number | null
  profile: ChargingProfile | null
}

/** A profile that a station holds, or may hold because its answer never came. */
export interface HeldItem {
  item: string
  evseId: number
  version: number
  profile: ChargingProfile
  sentAt: Date
  confirmedAt: Date | null
  lapsesAt: Date | null
  /** What GetCompositeSchedule said of it. */
  readback: string | null
  readbackAt: Date | null
}

/** What is wanted of a station, and what it holds, both by item. */
export async function stationProfiles(db: Db, stationId: string): Promise<{ wanted: WantedItem[]; held: HeldItem[] }> {
  const wanted = await db
    .selectFrom('desired_state')
    .selectAll()
    .where('station_id', '=', stationId)
    .orderBy('item')
    .execute()
  const held = await db
    .selectFrom('held_profile')
    .selectAll()
    .where('station_id', '=', stationId)
    .orderBy('item')
    .orderBy('version')
    .execute()
  return {
    wanted: wanted.map((row) => {
      const command = reviveCommand(row.wanted)
      return {
        item: row.item,
        type: command.type,
        version: Number(row.version),
        wantedAt: row.wanted_at,
        confirmed: row.confirmed_version === row.version,
        confirmedVersion: row.confirmed_version === null ? null : Number(row.confirmed_version),
        confirmedAt: row.confirmed_at,
        attempts: row.attempts,
        attemptedAt: row.attempted_at,
        retryAt: row.retry_at,
        outcome: row.outcome,
        evseId: 'evseId' in command ? (command.evseId ?? null) : null,
        profile: command.type === 'setChargingProfile' ? command.profile : null,
      }
    }),
    held: held.map((row) => ({
      item: row.item,
      evseId: row.evse_id,
      version: Number(row.version),
      profile: reviveProfile(row.profile),
      sentAt: row.sent_at,
      confirmedAt: row.confirmed_at,
      lapsesAt: row.lapses_at,
      readback: row.readback,
      readbackAt: row.readback_at,
    })),
  }
}
