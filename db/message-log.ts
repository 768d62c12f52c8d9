import { sql, type RawBuilder } from 'kysely'
import type { Db } from './database.ts'
import { arrayParameter } from './array-parameter.ts'

/** One frame as it went over a station's socket, secrets taken out. */
export interface LoggedFrame {
  at: Date
  stationId: string
  direction: 'in' | 'out'
  messageType: number | null
  messageId: string | null
  action: string | null
  errorCode: string | null
  frame: string
}

/** The statement that writes frames to the message log, in their order. */
export function framesInsert(frames: readonly LoggedFrame[]): RawBuilder<unknown> {
  return sql`insert into message_log (at, station_id, direction, message_type, message_id, action, error_code, frame)
    select * from unnest(
      ${arrayParameter(frames.map((frame) => frame.at.toISOString()))}::timestamptz[], ${arrayParameter(frames.map((frame) => frame.stationId))}::text[],
      ${arrayParameter(frames.map((frame) => frame.direction))}::text[], ${arrayParameter(frames.map((frame) => frame.messageType))}::smallint[],
      ${arrayParameter(frames.map((frame) => frame.messageId))}::text[], ${arrayParameter(frames.map((frame) => frame.action))}::text[],
      ${arrayParameter(frames.map((frame) => frame.errorCode))}::text[], ${arrayParameter(frames.map((frame) => frame.frame))}::text[])`
}

/** Writes frames to the message log, in one statement. */
export async function insertFrames(db: Db, frames: readonly LoggedFrame[]): Promise<void> {
  if (frames.length > 0) await framesInsert(frames).execute(db)
}
