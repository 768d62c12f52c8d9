import type { Db } from '../../db/database.ts'
import { feedAttribution } from '../../db/feed-attribution.ts'
import { liveFeed, liveWord } from '../../db/views/live-feed.ts'
import { nextDeparture, stopCalls } from '../../db/views/stop-calls.ts'
import { stopWithPlatforms, type StopView } from '../../db/views/stops.ts'
import { oldAfterS, UNKNOWN_AFTER_S } from '../../domain/stop-call.ts'
import type { Language } from '../../domain/language.ts'
import { boardRow, inLatin, type BoardRow } from './stop-board.ts'

export interface ArrivalsRequest {
  /** How far ahead, in minutes. */
  minutes: number
  limit: number
  lineId?: string | undefined
  departuresOnly: boolean
  /** Of the notices. */
  language: Language
}

/** A stop's board, as every face of it shows it: JSON, live stream and plain page. */
export interface StopArrivals {
  stop: StopView
  nameLatin: string
  timeZone: string
  live: ReturnType<typeof liveWord>
  items: BoardRow[]
  /** The first departure after `minutes` when nothing is listed. */
  next: Pick<BoardRow, 'scheduledAt' | 'lineId' | 'route' | 'headsign' | 'headsignLatin'> | null
  /** Nothing leaves within a week because lines only end here. */
  endsHere: boolean
  attribution: Awaited<ReturnType<typeof feedAttribution>>
}

/** The board of a stop or station by its id; undefined when there is none. */
export async function readStopArrivals(
  db: Db,
  stopId: string,
  request: ArrivalsRequest,
  { now, speed }: { now: Date; speed: number },
): Promise<StopArrivals | undefined> {
  const found = await stopWithPlatforms(db, stopId)
  if (found === undefined) return undefined
  const { stop, timeZone, platforms } = found
  const at = { feedId: stop.feedId, timeZone, stopIds: platforms.map((one) => one.stopId) }
  const to = new Date(now.getTime() + request.minutes * 60_000)
  const [calls, live, attribution] = await Promise.all([
    stopCalls(db, { ...at, from: now, to, lineId: request.lineId }),
    liveFeed(db, stop.feedId),
    feedAttribution(db, stop.feedId),
  ])
  const stopCodes = new Map(platforms.map((one) => [one.stopId, one.code]))
  const items = calls
    .filter((call) => !request.departuresOnly || !call.terminates)
    .slice(0, request.limit)
    .map((call) => boardRow(call, { now, speed, timeZone, language: request.language, stopCodes }))
  const { next, endsHere } =
    items.length > 0 || request.lineId !== undefined
      ? { next: null, endsHere: false }
      : await nextDeparture(db, { ...at, from: now })
  const silentAfterS = Math.max(UNKNOWN_AFTER_S, oldAfterS(speed))
  return {
    stop,
    nameLatin: inLatin(stop.name, timeZone) ?? '',
    timeZone,
    live: liveWord(live, { now, silentAfterS }),
    items,
    next:
      next === null
        ? null
        : {
            scheduledAt: next.scheduledDepartureAt,
            lineId: next.lineId,
            route: next.route,
            headsign: next.headsign,
            headsignLatin: inLatin(next.headsign, timeZone),
          },
    endsHere,
    attribution,
  }
}
