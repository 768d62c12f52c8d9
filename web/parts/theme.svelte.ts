export type Theme = 'auto' | 'light' | 'dark'

const KEY = 'zaryad.theme'

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'light' || value === 'dark' ? value : 'auto'
  } catch {
    return 'auto'
  }
}

/** The reader's choice of light or dark; `auto` follows the system. Kept in this browser. */
export function createTheme(root: HTMLElement) {
  let theme = $state<Theme>(stored())
  const apply = (): void => {
    if (theme === 'auto') delete root.dataset.theme
    else root.dataset.theme = theme
  }
  apply()
  return {
    get value(): Theme {
      return theme
    },
    set(next: Theme): void {
      theme = next
      apply()
      try {
        if (next === 'auto') localStorage.removeItem(KEY)
        else localStorage.setItem(KEY, next)
      } catch {
        // Storage may be forbidden; the choice then lasts as long as the page.
      }
    },
  }
}
