export const THEMES = ['auto', 'led', 'lcd', 'epaper'] as const
export type BoardTheme = (typeof THEMES)[number]

const LANGUAGES = ['bg', 'uk', 'en'] as const
export type BoardLanguage = (typeof LANGUAGES)[number]

export interface BoardOptions {
  stopId: string
  theme: BoardTheme
  /** In the order that they take turns in; null: the address does not say. */
  languages: readonly BoardLanguage[] | null
  /** How long each language is shown. */
  rotateS: number
}

const USUAL_ROTATE_S = 12
const SHORTEST_ROTATE_S = 4
/** Electronic paper takes a while to draw, and wears: at most once a minute. */
export const PAPER_REFRESH_S = 60

/** What the address of a board asks for: `/stop/1201?theme=led&lang=bg,en&rotate=12`. What cannot be understood is left out. */
export function boardOptions(url: URL): BoardOptions {
  const theme = THEMES.find((one) => one === url.searchParams.get('theme')) ?? 'auto'
  const asked = (url.searchParams.get('lang') ?? '')
    .split(',')
    .flatMap((code) => LANGUAGES.filter((one) => one === code.trim().toLowerCase()))
  const rotate = Number(url.searchParams.get('rotate') ?? USUAL_ROTATE_S)
  const rotateS = Number.isFinite(rotate) && rotate > 0 ? Math.max(SHORTEST_ROTATE_S, rotate) : USUAL_ROTATE_S
  return {
    stopId: decoded(url.pathname.replace(/^\/stop\//, '').replace(/\/$/, '')),
    theme,
    languages: asked.length === 0 ? null : [...new Set(asked)],
    rotateS: theme === 'epaper' ? Math.max(PAPER_REFRESH_S, rotateS) : rotateS,
  }
}

/** The languages of a screen that was not told any: the country's own, by the time that the timetable keeps, and English. */
export function usualLanguages(timeZone: string | null): readonly BoardLanguage[] {
  if (timeZone === 'Europe/Kyiv' || timeZone === 'Europe/Kiev') return ['uk', 'en']
  return ['bg', 'en']
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
