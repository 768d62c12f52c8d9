import { createRoute, z } from '@hono/zod-openapi'
import { setCookie } from 'hono/cookie'
import { vehicleAtBay } from '../../db/vehicle-at-bay.ts'
import { vehicleExists } from '../../db/views/vehicles.ts'
import { LINK_COOKIE, LINK_SESSION_SECONDS, readDriverLink, signDriverLink } from '../access/driver-link.ts'
import type { AuthHouse } from '../auth/auth-house.ts'
import type { Api, AppContext } from '../context.ts'
import { ApiError, notFound } from '../errors.ts'
import { isHttps } from '../http-facts.ts'
import { jsonAnswer, jsonBody, OPEN_TO_ALL, problems, SIGNED_IN } from '../route-parts.ts'
import { id, instant, siteId, vehicleId } from '../schemas/common.ts'

const postLink = createRoute({
  method: 'post',
  path: '/api/v1/driver-links',
  operationId: 'makeDriverLink',
  tags: ['People'],
  summary: 'Make a driver’s link',
  description:
    'A signed link, for a QR code on a bay or in a vehicle: whoever opens it is a driver of that vehicle, or of the one that stands at the bay, for a shift. It cannot be taken back before it is over, short of a new AUTH_SECRET.',
  security: SIGNED_IN,
  request: {
    body: jsonBody(
      'The vehicle or the bay',
      z
        .strictObject({
          vehicleId: vehicleId.nullable().default(null),
          bay: z.strictObject({ siteId, bayId: id }).nullable().default(null),
          expiresInHours: z
            .int()
            .min(1)
            .max(24 * 400)
            .default(24 * 30),
        })
        .refine((link) => (link.vehicleId === null) !== (link.bay === null), 'either a vehicle or a bay')
        .openapi('DriverLinkRequest', { example: { vehicleId: 'bus-1', bay: null, expiresInHours: 720 } }),
    ),
  },
  responses: {
    201: jsonAnswer(
      'The link',
      z.object({ link: z.string(), token: z.string(), expiresAt: instant }).openapi('DriverLink', {
        example: {
          link: 'https://depot.example/driver#1797968520.WyJidXMtMSJd.c2ln…',
          token: '1797968520.WyJidXMtMSJd.c2ln…',
          expiresAt: '2026-12-23T19:42:00.000Z',
        },
      }),
    ),
    ...problems(400, 401, 403, 404, 413),
  },
})

const openLink = createRoute({
  method: 'post',
  path: '/api/v1/driver-links/open',
  operationId: 'openDriverLink',
  tags: ['People'],
  summary: 'Open a driver’s link',
  description: 'Answers with an httpOnly cookie that is good for 16 hours, and no longer than the link.',
  security: OPEN_TO_ALL,
  request: {
    body: jsonBody(
      'The link’s token',
      z.strictObject({ token: z.string().min(20).max(800) }).openapi({ example: { token: 'what the link ends with' } }),
    ),
  },
  responses: {
    200: jsonAnswer(
      'The vehicle',
      z
        .object({ vehicleId: z.string(), expiresAt: instant })
        .openapi('DriverSession', { example: { vehicleId: 'bus-1', expiresAt: '2026-11-24T11:42:00.000Z' } }),
    ),
    ...problems(400, 403, 404, 409, 413, 429),
  },
})

export function driverLinkRoutes(app: Api, { db, now }: AppContext, auth: AuthHouse): void {
  app.openapi(postLink, async (c) => {
    const { vehicleId, bay, expiresInHours } = c.req.valid('json')
    if (vehicleId !== null && !(await vehicleExists(db, vehicleId))) throw notFound(`vehicle ${vehicleId}`)
    if (bay !== null && (await vehicleAtBay(db, bay)) === 'unknownBay') throw notFound(`bay ${bay.bayId}`)
    const expiresAt = new Date(now().getTime() + expiresInHours * 3_600_000)
    const label = vehicleId ?? `bay ${bay?.bayId}`
    const token = await signDriverLink(await auth.secret(), 'link', { vehicleId, bay, label }, expiresAt)
    c.set('auditNote', { link: label, expiresAt: expiresAt.toISOString() })
    return c.json({ link: `${auth.origin(c)}/driver#${token}`, token, expiresAt: expiresAt.toISOString() }, 201)
  })

  app.openapi(openLink, async (c) => {
    const secret = await auth.secret()
    const { token } = c.req.valid('json')
    const link = await readDriverLink(secret, 'link', token, now())
    if (link === null) throw new ApiError('not-found', { detail: 'This link is not one of ours, or it is over.' })
    const vehicleId = link.bay === null ? link.vehicleId : await vehicleAtBay(db, link.bay)
    if (vehicleId === null || vehicleId === 'unknownBay')
      throw new ApiError('conflict', { detail: 'No vehicle is known to stand at this bay.' })
    const seconds = Math.min(LINK_SESSION_SECONDS, Math.floor((link.expiresAt.getTime() - now().getTime()) / 1000))
    const expiresAt = new Date(now().getTime() + seconds * 1000)
    setCookie(c, LINK_COOKIE, await signDriverLink(secret, 'session', { ...link, vehicleId }, expiresAt), {
      httpOnly: true,
      sameSite: 'Strict',
      secure: isHttps(c),
      path: '/',
      maxAge: seconds,
    })
    c.set('auditNote', { link: link.label, vehicleId })
    return c.json({ vehicleId, expiresAt: expiresAt.toISOString() }, 200)
  })
}
