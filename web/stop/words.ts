import type { StopBoard } from '../parts/api-types.ts'
import { m } from '../parts/messages.ts'
import type { BoardLanguage } from './board-options.ts'
import type { BoardRow } from './rows.ts'

const LOCALES: Record<BoardLanguage, string> = { bg: 'bg', uk: 'uk', en: 'en-GB' }

export type ClockText = ReturnType<typeof createClockText>

/** Times of day of the stop, 24 hours, the same in every language; instants are epoch ms. */
export function createClockText(timeZone: string) {
  const of = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...options })
  const minutes = of({ hour: '2-digit', minute: '2-digit' })
  const seconds = of({ hour: '2-digit', minute: '2-digit', second: '2-digit' })
  const date = of({ dateStyle: 'short' })
  return {
    /** 21:42 */
    minutes: (at: number): string => minutes.format(at),
    /** 21:42:07 */
    seconds: (at: number): string => seconds.format(at),
    /** 21:42, or with the day's name when that is not today. */
    from(at: number, now: number, language: BoardLanguage): string {
      if (date.format(at) === date.format(now)) return minutes.format(at)
      const day = new Intl.DateTimeFormat(LOCALES[language], { timeZone, weekday: 'long' })
      return `${day.format(at)} ${minutes.format(at)}`
    },
  }
}

export function destination(row: BoardRow, language: BoardLanguage): string {
  return language === 'en' ? row.headsignLatin : row.headsign
}

export function stopName(board: StopBoard, language: BoardLanguage): string {
  return language === 'en' ? board.nameLatin : board.stop.name
}

/** The word that stands beside a row's sign. */
export function statusWord(row: BoardRow, language: BoardLanguage): string {
  const in_ = { locale: language }
  const n = String(row.differenceMinutes)
  switch (row.status) {
    case 'onTime':
      return m.board_on_time({}, in_)
    case 'late':
      return m.board_late({ n }, in_)
    case 'early':
      return m.board_early({ n }, in_)
    case 'cancelled':
      return m.board_cancelled({}, in_)
    case 'scheduled':
      return m.board_by_timetable({}, in_)
    case 'unknown':
      return m.board_unknown({}, in_)
    case 'departed':
      return m.board_departed({}, in_)
  }
}

/** What passengers must know besides: trips that do not run, or that another bus runs, each in a sentence. */
export function notices(board: StopBoard, language: BoardLanguage): { text: string; spoken: string }[] {
  return board.items.flatMap(({ notice }) => (notice === null ? [] : [notice.translations[language]]))
}

/** The board as a voice reads it. `heardAt` is when the server was last heard, when that is too long ago; null: it is fresh. */
export function spokenBoard(
  board: StopBoard,
  rows: readonly BoardRow[],
  at: { language: BoardLanguage; clock: ClockText; heardAt: number | null; now: number },
): string {
  const { language, clock, heardAt, now } = at
  const in_ = { locale: language }
  const sentences: string[] = [m.board_say_stop({ name: stopName(board, language) }, in_)]
  if (heardAt !== null) sentences.push(m.board_say_old({ time: clock.minutes(heardAt) }, in_))
  for (const row of rows) sentences.push(spokenRow(row, language, clock))
  if (rows.length === 0) {
    sentences.push(`${m.board_empty({}, in_)}.`)
    if (board.next !== null) sentences.push(nextText(board.next, { language, clock, now }))
  }
  for (const notice of notices(board, language)) sentences.push(notice.spoken)
  return sentences.join(' ')
}

/** Which departure comes first when none comes soon. */
export function nextText(
  next: NonNullable<StopBoard['next']>,
  { language, clock, now }: { language: BoardLanguage; clock: ClockText; now: number },
): string {
  const to = (language === 'en' ? next.headsignLatin : next.headsign) ?? ''
  const when = clock.from(Date.parse(next.scheduledAt), now, language)
  return m.board_empty_next({ route: next.route ?? '', to, when }, { locale: language })
}

function spokenRow(row: BoardRow, language: BoardLanguage, clock: ClockText): string {
  const in_ = { locale: language }
  const trip = { route: row.route, to: destination(row, language) }
  const scheduled = clock.minutes(row.scheduledAt)
  if (row.status === 'cancelled') return m.board_say_cancelled({ ...trip, time: scheduled }, in_)
  if (row.status === 'departed') return m.board_say_departed({ ...trip, time: scheduled }, in_)
  if (!row.live) return m.board_say_scheduled({ ...trip, time: scheduled }, in_)
  const coming =
    row.minutes === null
      ? m.board_say_clock({ ...trip, time: clock.minutes(row.at) }, in_)
      : row.minutes === 0
        ? m.board_say_now(trip, in_)
        : m.board_say_minutes({ ...trip, n: String(row.minutes), count: row.minutes }, in_)
  if (row.status !== 'late') return coming
  const late = m.board_say_late({ n: String(row.differenceMinutes), count: row.differenceMinutes }, in_)
  return `${coming} ${late}`
}
