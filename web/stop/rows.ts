import type { Arrival, StopBoard } from '../parts/api-types.ts'

/**
 * How much of what is shown still holds. `stale`: nothing heard for 90 seconds, so minutes could be wrong and clock times are shown; `gone`: for ten minutes, so that
 * nothing but the timetable holds.
 */
export type Freshness = 'fresh' | 'stale' | 'gone'

export const STALE_AFTER_MS = 90_000
export const GONE_AFTER_MS = 600_000
/** As long the server lists what was cancelled, for those who wait for a late bus. */
const CANCELLED_SHOWN_MS = 600_000
/** From here on a clock time says more than minutes. */
const LONGEST_MINUTES = 30
const MINUTE_MS = 60_000

export type RowStatus = Arrival['status'] | 'departed'

/** One departure as a passenger reads it. Instants are epoch ms. */
export interface BoardRow {
  key: string
  route: string
  color: string | null
  headsign: string
  headsignLatin: string
  /** Minutes to go, 0 for now; null: a clock time is shown. */
  minutes: number | null
  /** The time to reckon with. */
  at: number
  scheduledAt: number
  /** Whether it is told beside the timetable's time: what is late or early. */
  moved: boolean
  status: RowStatus
  /** How late or early, in whole minutes. */
  differenceMinutes: number
  /** Whether the time comes from the bus itself. */
  live: boolean
  /** Of a station's stops: what is written where it leaves. */
  stopCode: string | null
  energy: boolean
  /** The bus was last heard of some minutes ago. */
  old: boolean
}

export function freshnessOf(silentMs: number): Freshness {
  return silentMs >= GONE_AFTER_MS ? 'gone' : silentMs >= STALE_AFTER_MS ? 'stale' : 'fresh'
}

/** The departures to show at `now`, in the order of their time. What is past is left out, however old the board is. */
export function boardRows(board: StopBoard, now: number, freshness: Freshness): BoardRow[] {
  return board.items
    .map((item) => toRow(item, board, now, freshness))
    .filter((row) => isToCome(row, now, freshness))
    .sort((a, b) => a.at - b.at)
}

function toRow(item: Arrival, board: StopBoard, now: number, freshness: Freshness): BoardRow {
  const scheduledAt = Date.parse(item.scheduledAt)
  // After ten minutes of silence no prediction holds any longer, but what was cancelled is not taken back.
  const predicted = freshness === 'gone' || item.predictedAt === null ? null : Date.parse(item.predictedAt)
  const status = statusOf(item, freshness)
  const at = predicted ?? scheduledAt
  const live = predicted !== null && status !== 'departed'
  const minutes = Math.max(0, Math.floor((at - now) / MINUTE_MS))
  return {
    key: `${item.date} ${item.tripId} ${item.stopId}`,
    route: item.route ?? '',
    color: item.routeColor,
    headsign: item.headsign ?? '',
    headsignLatin: item.headsignLatin ?? item.headsign ?? '',
    minutes: live && freshness === 'fresh' && minutes <= LONGEST_MINUTES ? minutes : null,
    at: status === 'departed' ? scheduledAt : at,
    scheduledAt,
    moved: live && (status === 'late' || status === 'early'),
    status,
    differenceMinutes: predicted === null ? 0 : Math.floor(Math.abs(predicted - scheduledAt) / MINUTE_MS),
    live,
    stopCode: item.stopId === board.stop.stopId ? null : item.stopCode,
    energy: item.notice?.reason === 'energy' && item.status === 'cancelled',
    old: live && item.old,
  }
}

function statusOf(item: Arrival, freshness: Freshness): RowStatus {
  if (item.status === 'cancelled') return 'cancelled'
  if (freshness === 'gone') return 'scheduled'
  return item.departed ? 'departed' : item.status
}

function isToCome(row: BoardRow, now: number, freshness: Freshness): boolean {
  if (row.status === 'cancelled') return row.at + CANCELLED_SHOWN_MS > now
  // The server takes a bus off when it has left; without its word half a minute is as long as "now" can last.
  const graceMs = row.live && freshness === 'fresh' ? 2 * MINUTE_MS : MINUTE_MS / 2
  return row.at + graceMs > now
}
