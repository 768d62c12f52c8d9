import { createRoute, z } from '@hono/zod-openapi'
import { marketFetchViews } from '../../db/market-fetches.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { decodeCursor, page } from '../cursor.ts'
import { wrongField } from '../errors.ts'
import { jsonAnswer, problems, SIGNED_IN } from '../route-parts.ts'
import { listOf, paging } from '../schemas/common.ts'
import { marketFetch } from '../schemas/markets.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { wordsOf } from '../../domain/sentences/kept-sentence.ts'
import { wordedFor } from '../asked-language.ts'

const listMarketFetches = createRoute({
  method: 'get',
  path: '/api/v1/market-fetches',
  operationId: 'listMarketFetches',
  tags: ['Prices'],
  summary: 'What came of fetching prices, carbon intensities and weather',
  description: 'The last try of each day and series, newest day first, with what the other side said.',
  security: SIGNED_IN,
  request: { query: z.object({ kind: marketFetch.shape.kind.optional(), ...paging }) },
  responses: { 200: jsonAnswer('Tries', listOf(marketFetch)), ...problems(400, 401) },
})

export function marketFetchRoutes(app: Api, { db }: AppContext): void {
  app.openapi(listMarketFetches, async (c) => {
    const { cursor, limit, kind } = c.req.valid('query')
    const rows = await marketFetchViews(db, { kind, after: afterOf(cursor), limit: limit + 1 })
    const { items, next } = page(rows, limit, (row) => [row.date, row.kind, row.series])
    const language = wordedFor(c)
    const told = items.map((row) => ({ ...row, reason: row.reason === null ? null : wordsOf(row.reason, language) }))
    return c.json(asJson({ items: told, next }), 200)
  })
}

function afterOf(cursor: string | undefined): { date: string; kind: string; series: string } | undefined {
  if (cursor === undefined) return undefined
  const [date = '', kind = '', series = ''] = decodeCursor(cursor, ['string', 'string', 'string']).map(String)
  if (!z.iso.date().safeParse(date).success) throw wrongField('query.cursor', say('wrongCursor'))
  return { date, kind, series }
}
