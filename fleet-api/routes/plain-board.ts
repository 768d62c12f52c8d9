import { askedLanguage } from '../asked-language.ts'
import type { Api, AppContext } from '../context.ts'
import { plainBoard, plainMissing } from '../feeds/plain-board.ts'
import { readStopArrivals } from '../feeds/stop-arrivals.ts'

/** `/stop/{id}?plain`: the board for old hardware, written here, without script. Without `?plain` the platform serves the page itself. */
export function plainBoardRoute(app: Api, { db, now, clock }: AppContext): void {
  app.get('/stop/:stopId', async (c) => {
    const stopId = c.req.param('stopId')
    const language = askedLanguage(c)
    const at = now()
    const request = { minutes: 120, limit: 20, departuresOnly: true, language }
    const board = await readStopArrivals(db, stopId, request, { now: at, speed: clock.speed })
    if (board === undefined) return c.html(plainMissing(stopId, language), 404)
    c.header('Cache-Control', 'public, max-age=5')
    c.header('Vary', 'Accept-Language')
    return c.html(plainBoard(board, language, at))
  })
}
