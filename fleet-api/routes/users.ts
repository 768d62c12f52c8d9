import { createRoute, z } from '@hono/zod-openapi'
import { addUser, changeUser, removeUser, users } from '../../db/users.ts'
import { asJson } from '../as-json.ts'
import type { AuthHouse } from '../auth/auth-house.ts'
import { INVITE_DAYS, linkAddress, makeInvitation } from '../auth/one-time-links.ts'
import type { Api, AppContext } from '../context.ts'
import { page, stringCursor } from '../cursor.ts'
import { ApiError, found, notFound } from '../errors.ts'
import { jsonAnswer, jsonBody, problems, SIGNED_IN } from '../route-parts.ts'
import { leftOut } from '../../domain/left-out.ts'
import { id, listOf, paging, siteId, vehicleId } from '../schemas/common.ts'
import { invitation, role, user } from '../schemas/people.ts'
import { say } from '../../domain/sentences/sentence.ts'

const params = z.object({ userId: id.openapi({ example: '7c1d9a52-6a0e-4f43-9d0a-5a2f0e9c1b11' }) })
const name = z.string().trim().min(1).max(120).openapi({ example: 'Мария Иванова' })

const listUsers = createRoute({
  method: 'get',
  path: '/api/v1/users',
  operationId: 'listUsers',
  tags: ['People'],
  summary: 'People who may sign in',
  description: 'Ordered by user id.',
  security: SIGNED_IN,
  request: { query: z.object(paging) },
  responses: { 200: jsonAnswer('Users', listOf(user)), ...problems(400, 401, 403) },
})

const inviteUser = createRoute({
  method: 'post',
  path: '/api/v1/users',
  operationId: 'inviteUser',
  tags: ['People'],
  summary: 'Invite somebody',
  description: `Makes a user and a link that works once within ${INVITE_DAYS} days. Hand the link over yourself: the server sends no mail. With an identity provider set up the person may also sign on there with the same address.`,
  security: SIGNED_IN,
  request: {
    body: jsonBody(
      'Who, and what they may',
      z
        .strictObject({
          name,
          email: z.email().max(254),
          role,
          siteId: siteId.nullable().default(null),
          vehicleId: vehicleId.nullable().default(null).describe('The vehicle that a driver drives.'),
        })
        .openapi('UserInvitation', {
          example: {
            name: 'Мария Иванова',
            email: 'maria@depot.example',
            role: 'manager',
            siteId: null,
            vehicleId: null,
          },
        }),
    ),
  },
  responses: { 201: jsonAnswer('The user and the link', invitation), ...problems(400, 401, 403, 409, 413) },
})

const patchUser = createRoute({
  method: 'patch',
  path: '/api/v1/users/{userId}',
  operationId: 'changeUser',
  tags: ['People'],
  summary: 'Change what somebody may',
  description:
    'Whoever gets another role or is disabled is signed out everywhere. The last admin can be neither disabled nor given another role.',
  security: SIGNED_IN,
  request: {
    params,
    body: jsonBody(
      'What to change; what is left out stays',
      z
        .strictObject({
          name: leftOut(name),
          role: leftOut(role),
          siteId: leftOut(siteId.nullable()),
          vehicleId: leftOut(vehicleId.nullable()),
          disabled: leftOut(z.boolean()),
        })
        .openapi('UserChange', { example: { role: 'driver', vehicleId: 'bus-1' } }),
    ),
  },
  responses: { 200: jsonAnswer('The user as it is now', user), ...problems(400, 401, 403, 404, 409, 413) },
})

const renewInvitation = createRoute({
  method: 'post',
  path: '/api/v1/users/{userId}/link',
  operationId: 'renewInvitation',
  tags: ['People'],
  summary: 'A new link to choose a password with',
  description: 'For who has lost the password or let the invitation lapse. Earlier links stop working.',
  security: SIGNED_IN,
  request: { params },
  responses: { 200: jsonAnswer('The user and the link', invitation), ...problems(400, 401, 403, 404) },
})

const deleteUser = createRoute({
  method: 'delete',
  path: '/api/v1/users/{userId}',
  operationId: 'removeUser',
  tags: ['People'],
  summary: 'Remove somebody',
  description: 'With their sessions, passkeys and API keys. What they did stays in the audit log.',
  security: SIGNED_IN,
  request: { params },
  responses: { 204: { description: 'Removed' }, ...problems(400, 401, 403, 404, 409) },
})

const DAY_MS = 86_400_000

/** People: who they are and what they may. */
export function userRoutes(app: Api, { db, now }: AppContext, auth: AuthHouse): void {
  const one = async (userId: string) => found((await users(db, { userId }))[0], 'user', userId)

  async function invite(userId: string, origin: string) {
    const at = now()
    const link = linkAddress(origin, await makeInvitation(db, userId, at))
    return asJson({ user: await one(userId), link, expiresAt: new Date(at.getTime() + INVITE_DAYS * DAY_MS) })
  }

  app.openapi(listUsers, async (c) => {
    const { cursor, limit } = c.req.valid('query')
    const rows = await users(db, { after: stringCursor(cursor), limit: limit + 1 })
    return c.json(asJson(page(rows, limit, (row) => [row.userId])), 200)
  })

  app.openapi(inviteUser, async (c) => {
    const userId = crypto.randomUUID()
    refuse(await addUser(db, { userId, ...c.req.valid('json'), at: now() }))
    return c.json(await invite(userId, auth.origin(c)), 201)
  })

  app.openapi(patchUser, async (c) => {
    const { userId } = c.req.valid('param')
    const outcome = await changeUser(db, userId, c.req.valid('json'), now())
    if (outcome === 'unknownUser') throw notFound('user', userId)
    refuse(outcome)
    return c.json(asJson(await one(userId)), 200)
  })

  app.openapi(renewInvitation, async (c) => {
    const { userId } = c.req.valid('param')
    await one(userId)
    return c.json(await invite(userId, auth.origin(c)), 200)
  })

  app.openapi(deleteUser, async (c) => {
    const { userId } = c.req.valid('param')
    const outcome = await removeUser(db, userId)
    if (outcome === 'unknownUser') throw notFound('user', userId)
    refuse(outcome)
    return c.body(null, 204)
  })
}

function refuse(outcome: string): void {
  if (outcome === 'takenEmail') throw new ApiError('conflict', { detail: say('takenEmail') })
  if (outcome === 'lastAdmin') throw new ApiError('conflict', { detail: say('lastAdmin') })
  if (outcome === 'unknownSite') throw new ApiError('conflict', { detail: say('unknownSite') })
  if (outcome === 'unknownVehicle') throw new ApiError('conflict', { detail: say('unknownVehicle') })
}
