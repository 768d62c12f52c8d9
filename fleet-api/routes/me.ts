import { createRoute, z } from '@hono/zod-openapi'
import { rolesOf, RULES } from '../access/rules.ts'
import type { AuthHouse } from '../auth/auth-house.ts'
import { MAX_PASSWORD, MIN_PASSWORD } from '../auth/auth-options.ts'
import { openLink } from '../auth/one-time-links.ts'
import type { Api, AppContext } from '../context.ts'
import { ApiError, wrongField } from '../errors.ts'
import { jsonAnswer, jsonBody, OPEN_TO_ALL, problems } from '../route-parts.ts'
import { me } from '../schemas/people.ts'
import { say } from '../../domain/sentences/sentence.ts'

const getMe = createRoute({
  method: 'get',
  path: '/api/v1/me',
  operationId: 'getMe',
  tags: ['People'],
  summary: 'Who you are, and what you may',
  description: 'Open to all: who is not signed in learns how to.',
  security: OPEN_TO_ALL,
  responses: { 200: jsonAnswer('You', me), ...problems(429) },
})

const acceptLink = createRoute({
  method: 'post',
  path: '/api/v1/links/accept',
  operationId: 'acceptLink',
  tags: ['People'],
  summary: 'Open a one-time link',
  description:
    'Makes the first admin with the set-up link, or sets the password of who was invited. The link works once; then sign in. `name` and `email` are for the set-up link.',
  security: OPEN_TO_ALL,
  request: {
    body: jsonBody(
      'The link’s token, and the password that you choose',
      z
        .strictObject({
          token: z.string().min(20).max(100),
          name: z.string().trim().min(1).max(120).optional(),
          email: z.email().max(254).optional(),
          password: z.string().min(MIN_PASSWORD).max(MAX_PASSWORD),
        })
        .openapi('LinkAcceptance', {
          example: {
            token: 'what the link ends with',
            name: 'Мария Иванова',
            email: 'maria@depot.example',
            password: 'four words that nobody guesses',
          },
        }),
    ),
  },
  responses: { 204: { description: 'Done; sign in' }, ...problems(400, 403, 404, 409, 413, 429) },
})

export function meRoutes(app: Api, { db, now, auth: config }: AppContext, auth: AuthHouse): void {
  app.openapi(getMe, (c) => {
    const { kind, role, id, name, vehicleId, siteId } = c.var.caller
    const may = Object.entries(RULES).flatMap(([operationId, rule]) => {
      const roles = rolesOf(rule)
      return roles === 'public' || (role !== null && roles.includes(role)) ? [operationId] : []
    })
    const signIn = { password: true, passkey: true, oidc: (config?.oidc ?? null) !== null }
    return c.json({ kind, role, userId: kind === 'user' ? id : null, name, vehicleId, siteId, may, signIn }, 200)
  })

  app.openapi(acceptLink, async (c) => {
    const { token, ...given } = c.req.valid('json')
    const outcome = await openLink(db, { secret: token, ...given }, auth.hashPassword, now())
    if (outcome === 'badLink') throw new ApiError('not-found', { detail: say('badLink') })
    if (outcome === 'takenEmail') throw new ApiError('conflict', { detail: say('takenEmail') })
    if (outcome === 'needsNameAndEmail') throw wrongField('body', say('needsNameAndEmail'))
    if (outcome === 'weakPassword') throw wrongField('body.password', say('weakPassword'))
    return c.body(null, 204)
  })
}
