import { createRoute, z } from '@hono/zod-openapi'
import { changeVehicleType } from '../../db/change-vehicle-type.ts'
import { vehicleTypes } from '../../db/vehicle-types.ts'
import type { Api, AppContext } from '../context.ts'
import { found, notFound, wrongField } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { id, listOf } from '../schemas/common.ts'
import { vehicleType, vehicleTypeChange } from '../schemas/vehicle-types.ts'
import { say } from '../../domain/sentences/sentence.ts'

const list = createRoute({
  method: 'get',
  path: '/api/v1/vehicle-types',
  operationId: 'listVehicleTypes',
  tags: ['Vehicles'],
  summary: 'Kinds of vehicles',
  description: 'Battery, power and consumption, by which plans are made. Ordered by id.',
  security: SIGNED_IN,
  responses: { 200: jsonAnswer('Types', listOf(vehicleType)), ...problems(401, 403) },
})

const change = createRoute({
  method: 'patch',
  path: '/api/v1/vehicle-types/{typeId}',
  operationId: 'changeVehicleType',
  tags: ['Vehicles'],
  summary: 'Change what is known of a kind of vehicle',
  description:
    'Sites with such vehicles are planned anew. A later import of a fleet file that names the type replaces it.',
  security: SIGNED_IN,
  request: {
    params: z.object({ typeId: id.openapi({ example: 'midi-22' }) }),
    body: jsonBody('What to change; what is left out stays', vehicleTypeChange),
  },
  responses: { 200: jsonAnswer('The type as it is now', vehicleType), ...problems(400, 401, 403, 404, 413) },
})

export function vehicleTypeRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(list, async (c) => {
    const types = [...(await vehicleTypes(db)).values()].sort((a, b) => (a.typeId < b.typeId ? -1 : 1))
    return c.json({ items: types, next: null }, 200)
  })

  app.openapi(change, async (c) => {
    const { typeId } = c.req.valid('param')
    const given = c.req.valid('json')
    const known = found((await vehicleTypes(db)).get(typeId), 'vehicleType', typeId)
    const { minSocPercent, maxSocPercent } = { ...known, ...given }
    if (minSocPercent >= maxSocPercent) {
      throw wrongField('body.minSocPercent', say('belowMaxSoc'))
    }
    if (!(await changeVehicleType(db, typeId, given, now()))) throw notFound('vehicleType', typeId)
    return c.json(found((await vehicleTypes(db)).get(typeId), 'vehicleType', typeId), 200)
  })
}
