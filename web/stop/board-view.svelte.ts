import type { StopBoard } from '../parts/api-types.ts'
import { openBoardFeed, type FeedState } from './board-feed.ts'
import { PAPER_REFRESH_S, type BoardOptions } from './board-options.ts'
import { boardRows, freshnessOf, type BoardRow, type Freshness } from './rows.ts'

/** What is to be seen at a moment. Instants are epoch ms by the product's clock. */
export interface BoardMoment {
  board: StopBoard | null
  rows: readonly BoardRow[]
  state: FeedState
  freshness: Freshness
  now: number
  heardAt: number
  /** Real seconds since the page was opened: what languages and notices take turns by. */
  seconds: number
}

/**
 * The board as it is to be drawn: anew with every change and every second. Electronic paper is drawn once a minute, and at once only when it has shown nothing yet, so
 * that it does not flash or wear.
 */
export function createBoardView({ stopId, theme }: BoardOptions) {
  const paper = theme === 'epaper'
  const feed = openBoardFeed(stopId, draw)
  let moment = $state.raw(look())
  let drawnAt = -Infinity
  const timer = setInterval(draw, 1_000)
  draw()

  function look(): BoardMoment {
    const board = feed.board()
    const now = feed.now()
    const freshness = freshnessOf(feed.silentMs())
    return {
      board,
      rows: board === null ? [] : boardRows(board, now, freshness),
      state: feed.state(),
      freshness,
      now,
      heardAt: feed.heardAt(),
      seconds: performance.now() / 1000,
    }
  }

  function draw(): void {
    const at = performance.now()
    const waiting = moment.board === null || moment.state === 'connecting'
    if (paper && !waiting && at - drawnAt < PAPER_REFRESH_S * 1000) return
    drawnAt = at
    moment = look()
  }

  return {
    get moment(): BoardMoment {
      return moment
    },
    close(): void {
      clearInterval(timer)
      feed.close()
    },
  }
}
