import { createRoute, z } from '@hono/zod-openapi'
import { changeWish, takeBackWish } from '../../db/change-wish.ts'
import { listWishes } from '../../db/vehicle-wishes.ts'
import { asJson } from '../as-json.ts'
import type { Api, AppContext } from '../context.ts'
import { numberCursor, page } from '../cursor.ts'
import { ApiError, found, notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { flag, instantInput, listOf, paging, siteId, vehicleId } from '../schemas/common.ts'
import { changedWish, wish, wishChange } from '../schemas/wishes.ts'
import { say } from '../../domain/sentences/sentence.ts'

const list = createRoute({
  method: 'get',
  path: '/api/v1/wishes',
  operationId: 'listWishes',
  tags: ['Plans'],
  summary: 'What people wish of departures, beside what the work asks for',
  description:
    'Newest first; with `standing` only what still counts, with `from` and `to` what counted at some time between.',
  security: SIGNED_IN,
  request: {
    query: z.object({
      siteId: siteId.optional(),
      vehicleId: vehicleId.optional(),
      standing: flag.optional(),
      from: instantInput.optional(),
      to: instantInput.optional(),
      ...paging,
    }),
  },
  responses: { 200: jsonAnswer('Wishes', listOf(wish)), ...problems(400, 401) },
})

const change = createRoute({
  method: 'patch',
  path: '/api/v1/vehicles/{vehicleId}/wish',
  operationId: 'changeWish',
  tags: ['Plans'],
  summary: 'Wish for another need, another departure, or that a vehicle charges now',
  description:
    'Of one departure; what is left out stays as it was wished, null is wished no more. It ends by itself when the vehicle has departed. `chargeNow` goes ahead of price and of vehicles that can wait, never above a limit and never so that another leaves short. Answers with what was wished before, so that it can be taken back. Asks for a new plan.',
  security: SIGNED_IN,
  request: { params: z.object({ vehicleId }), body: jsonBody('What is wished', wishChange) },
  responses: {
    200: jsonAnswer('The wish and the one before', changedWish),
    ...problems(400, 401, 403, 404, 409, 413),
  },
})

const remove = createRoute({
  method: 'delete',
  path: '/api/v1/wishes/{wishId}',
  operationId: 'takeBackWish',
  tags: ['Plans'],
  summary: 'Take a wish back',
  description: 'The plan is made anew without it. Answers with what it was.',
  security: SIGNED_IN,
  request: { params: z.object({ wishId: z.coerce.number().int().min(1).max(2_147_483_647).openapi({ example: 12 }) }) },
  responses: { 200: jsonAnswer('The wish that has ended', wish), ...problems(400, 401, 403, 404) },
})

export function wishRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(list, async (c) => {
    const { cursor, limit, ...filter } = c.req.valid('query')
    const rows = await listWishes(db, { ...filter, before: numberCursor(cursor), limit: limit + 1 })
    return c.json(asJson(page(rows, limit, (row) => [row.wishId])), 200)
  })

  app.openapi(change, async (c) => {
    const { vehicleId } = c.req.valid('param')
    const result = await changeWish(db, vehicleId, c.req.valid('json'), { at: now(), by: c.var.actor?.name ?? null })
    if (result === 'unknownVehicle') throw notFound('vehicle', vehicleId)
    if (result === 'unknownBlock') throw new ApiError('conflict', { detail: say('unknownBlock') })
    if (result === 'departurePassed') throw new ApiError('conflict', { detail: say('departurePassed') })
    return c.json(asJson(result), 200)
  })

  app.openapi(remove, async (c) => {
    const { wishId } = c.req.valid('param')
    const taken = await takeBackWish(db, wishId, now())
    return c.json(asJson(found(taken, 'wish', wishId)), 200)
  })
}
