const HIDE_CURSOR_MS = 4_000
const NEW_VERSION_MS = 300_000

/** Hides the cursor when nobody has moved it for a while. Returns how to stop. */
export function hideIdleCursor(root: HTMLElement): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined
  const moved = (): void => {
    delete root.dataset.idle
    clearTimeout(timer)
    timer = setTimeout(() => {
      root.dataset.idle = 'true'
    }, HIDE_CURSOR_MS)
  }
  addEventListener('pointermove', moved)
  addEventListener('keydown', moved)
  moved()
  return () => {
    clearTimeout(timer)
    delete root.dataset.idle
    removeEventListener('pointermove', moved)
    removeEventListener('keydown', moved)
  }
}

/** Keeps the screen on, where the browser can; it lets go whenever the page is hidden, so it is asked again. Returns how to stop. */
export function keepScreenOn(): () => void {
  let lock: WakeLockSentinel | null = null
  let wanted = true
  const ask = async (): Promise<void> => {
    if (!wanted || document.visibilityState !== 'visible' || !('wakeLock' in navigator)) return
    try {
      lock = await navigator.wakeLock.request('screen')
    } catch {
      // A low battery or a policy forbids it: the screen then follows the system's own settings.
      lock = null
    }
  }
  const visible = (): void => void ask()
  document.addEventListener('visibilitychange', visible)
  void ask()
  return () => {
    wanted = false
    document.removeEventListener('visibilitychange', visible)
    void lock?.release()
  }
}

/** Loads the page anew when the server has another version of it: a screen at a stop is never reloaded by hand. Returns how to stop. */
export function followVersion(): () => void {
  const scriptOf = (html: Document): string => html.querySelector('script[type=module][src]')?.getAttribute('src') ?? ''
  const ours = scriptOf(document)
  const look = async (): Promise<void> => {
    try {
      const answer = await fetch(location.href, { cache: 'no-cache' })
      if (!answer.ok) return
      const theirs = scriptOf(new DOMParser().parseFromString(await answer.text(), 'text/html'))
      if (theirs !== '' && theirs !== ours) location.reload()
    } catch {
      // No network: what is shown goes on, and the next look comes.
    }
  }
  const timer = setInterval(() => void look(), NEW_VERSION_MS)
  return () => clearInterval(timer)
}
