import type { Api, AppContext } from '../context.ts'
import { LANGUAGES, type Language } from '../feeds/passenger-texts.ts'
import { plainBoard, plainMissing } from '../feeds/plain-board.ts'
import { readStopArrivals } from '../feeds/stop-arrivals.ts'

const isLanguage = (text: string | undefined): text is Language => LANGUAGES.some((one) => one === text)

/** `/stop/{id}?plain`: the board for old hardware, written here, without script. Without `?plain` the platform serves the page itself. */
export function plainBoardRoute(app: Api, { db, now, clock }: AppContext): void {
  app.get('/stop/:stopId', async (c) => {
    const stopId = c.req.param('stopId')
    const asked = c.req.query('lang')
    const language = isLanguage(asked) ? asked : preferred(c.req.header('accept-language') ?? '')
    const at = now()
    const request = { minutes: 120, limit: 20, departuresOnly: true, language }
    const board = await readStopArrivals(db, stopId, request, { now: at, speed: clock.speed })
    if (board === undefined) return c.html(plainMissing(stopId, language), 404)
    c.header('Cache-Control', 'public, max-age=5')
    c.header('Vary', 'Accept-Language')
    return c.html(plainBoard(board, language, at))
  })
}

/** The first language of a browser that we speak. */
function preferred(header: string): Language {
  const codes = header
    .split(',')
    .map((one) => {
      const [code = '', quality] = one.trim().split(';q=')
      return { code: code.toLowerCase().split('-')[0], quality: quality === undefined ? 1 : Number(quality) }
    })
    .sort((a, b) => b.quality - a.quality)
  return codes.map((one) => one.code).find(isLanguage) ?? 'en'
}
