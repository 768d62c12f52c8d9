import { createRoute } from '@hono/zod-openapi'
import { askForPreview, forgetPreview, previewOutcome } from '../../db/plan-previews.ts'
import { siteExists } from '../../db/views/sites.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { ApiError, notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { planPreview, previewRequest } from '../schemas/plan-preview.ts'
import { say } from '../../domain/sentences/sentence.ts'

const LOOK_AGAIN_MS = 50
const PATIENCE_MS = 20_000

const preview = createRoute({
  method: 'post',
  path: '/api/v1/plans/preview',
  operationId: 'previewPlan',
  tags: ['Plans'],
  summary: 'What the plan would be with changes, without making any',
  description:
    'Plans the site twice in the same moment, without and with the changes, and answers with what differs in cost, peak, energy, carbon and at each departure. Nothing is stored and no charger is told. 409: a change speaks of something that is not there. 429: too much is asked at the same time. 503: nobody plans now.',
  security: SIGNED_IN,
  request: { body: jsonBody('The site and the changes', previewRequest) },
  responses: {
    200: jsonAnswer('Both plans in figures, and the one with the changes', planPreview),
    ...problems(400, 401, 403, 404, 409, 413, 429, 503),
  },
})

export function planPreviewRoutes(app: Api, { db, now, wake }: AppContext): void {
  app.openapi(preview, async (c) => {
    const { siteId, changes } = c.req.valid('json')
    if (!(await siteExists(db, siteId))) throw notFound('site', siteId)
    const previewId = await askForPreview(db, { siteId, changes, at: now() })
    if (previewId === undefined)
      throw new ApiError('too-many-requests', {
        detail: say('previewsBusy'),
        headers: { 'Retry-After': '2' },
      })
    try {
      wake?.('answerPreviews')
      for (let left = PATIENCE_MS; left > 0; left -= LOOK_AGAIN_MS) {
        const outcome = await previewOutcome(db, previewId)
        if (outcome !== undefined && 'error' in outcome) throw new ApiError('conflict', { detail: outcome.error })
        if (outcome !== undefined) return c.json(asJson(outcome.answer), 200)
        await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS))
      }
      throw new ApiError('planner-unavailable')
    } finally {
      await forgetPreview(db, previewId)
    }
  })
}
