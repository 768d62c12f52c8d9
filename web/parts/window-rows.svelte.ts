/** Height of a row in px; rows that say so in their style and no more than fits. */
const ROW_PX = 58
/** Below so many rows all are drawn, and the page scrolls by itself. */
const FROM_ROWS = 80
const BEYOND = 8

/**
 * Draws of a long table only the rows that are looked at, with room above and below for the others. Put `attach` on the element that scrolls, slice the rows from
 * `first` to `last`, and fill `above` and `below` px with empty rows.
 */
export function createWindow(count: () => number) {
  let top = $state(0)
  let height = $state(800)
  const on = $derived(count() > FROM_ROWS)
  const first = $derived(on ? Math.max(0, Math.min(Math.floor(top / ROW_PX) - BEYOND, count() - 1)) : 0)
  const last = $derived(on ? Math.min(count(), Math.ceil((top + height) / ROW_PX) + BEYOND) : count())
  return {
    get on(): boolean {
      return on
    },
    get first(): number {
      return first
    },
    get last(): number {
      return last
    },
    get above(): number {
      return first * ROW_PX
    },
    get below(): number {
      return (count() - last) * ROW_PX
    },
    attach(element: HTMLElement): () => void {
      const read = (): void => {
        top = element.scrollTop
      }
      const size = new ResizeObserver(() => {
        height = element.clientHeight
      })
      element.addEventListener('scroll', read, { passive: true })
      size.observe(element)
      return () => {
        element.removeEventListener('scroll', read)
        size.disconnect()
      }
    },
  }
}
