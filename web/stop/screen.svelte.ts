/** A screen at a stop, as opposed to a phone in a hand or a zoomed page: wide and high enough for rows that are read from afar. */
const SCREEN = '(min-width: 760px) and (min-height: 440px)'
const FEWEST_ROWS = 5
const MOST_ROWS = 8
/** Of the height, what head and foot leave to the rows. */
const ROWS_SHARE = 0.68

/** Whether the board is shown as on a screen, and how many rows fit there. */
export function createScreen() {
  const media = matchMedia(SCREEN)
  let isScreen = $state(media.matches)
  let height = $state(innerHeight)
  media.addEventListener('change', () => {
    isScreen = media.matches
  })
  addEventListener('resize', () => {
    height = innerHeight
  })
  return {
    get isScreen(): boolean {
      return isScreen
    },
    get rows(): number {
      const shortest = Math.max(76, height * 0.085)
      return Math.min(MOST_ROWS, Math.max(FEWEST_ROWS, Math.floor((height * ROWS_SHARE) / shortest)))
    },
  }
}
