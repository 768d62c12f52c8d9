import { createRoute, z } from '@hono/zod-openapi'
import { setCookie } from 'hono/cookie'
import { driverLinks, keepDriverLink, revokeDriverLink, type DriverLinkEntry } from '../../db/driver-links.ts'
import { bayLabel } from '../../db/views/bays.ts'
import { vehicleAtBay } from '../../db/vehicle-at-bay.ts'
import { vehicleLabel } from '../../db/views/vehicles.ts'
import {
  LINK_COOKIE,
  LINK_SESSION_SECONDS,
  openedLink,
  signDriverLink,
  signDriverSession,
} from '../access/driver-link.ts'
import { randomId } from '../access/sign.ts'
import { asJson } from '../as-json.ts'
import type { AuthHouse } from '../auth/auth-house.ts'
import type { Api, AppContext } from '../context.ts'
import { page, stringCursor } from '../cursor.ts'
import { ApiError, found, notFound } from '../errors.ts'
import { isHttps } from '../http-facts.ts'
import { jsonAnswer, jsonBody, OPEN_TO_ALL, problems, SIGNED_IN } from '../route-parts.ts'
import { flag, id, instant, listOf, paging } from '../schemas/common.ts'
import { driverLink, driverLinkRequest } from '../schemas/drivers.ts'
import { say } from '../../domain/sentences/sentence.ts'

const listLinks = createRoute({
  method: 'get',
  path: '/api/v1/driver-links',
  operationId: 'listDriverLinks',
  tags: ['People'],
  summary: 'Drivers’ links',
  description: 'Ordered by link id, each with its address, so that a QR code can be printed again.',
  security: SIGNED_IN,
  request: {
    query: z.object({ usable: flag.default(false).describe('Only those that still open something.'), ...paging }),
  },
  responses: { 200: jsonAnswer('Links', listOf(driverLink)), ...problems(400, 401, 403) },
})

const postLink = createRoute({
  method: 'post',
  path: '/api/v1/driver-links',
  operationId: 'makeDriverLink',
  tags: ['People'],
  summary: 'Make a driver’s link',
  description:
    'A signed link, for a QR code on a bay or in a vehicle: whoever opens it is a driver of that vehicle, or of the one that stands at the bay, for a shift. It holds until its end, or until it is revoked.',
  security: SIGNED_IN,
  request: { body: jsonBody('The vehicle or the bay', driverLinkRequest) },
  responses: {
    201: jsonAnswer(
      'The link',
      z.object({ linkId: z.string(), link: z.string(), token: z.string(), expiresAt: instant }).openapi('DriverLink', {
        example: {
          linkId: 'q2nZ7dP0aR4kT8wX',
          link: 'https://depot.example/driver#1797968520.cTJuWjdk.c2ln…',
          token: '1797968520.cTJuWjdk.c2ln…',
          expiresAt: '2026-12-23T19:42:00.000Z',
        },
      }),
    ),
    ...problems(400, 401, 403, 404, 413),
  },
})

const deleteLink = createRoute({
  method: 'delete',
  path: '/api/v1/driver-links/{linkId}',
  operationId: 'revokeDriverLink',
  tags: ['People'],
  summary: 'Revoke a driver’s link',
  description: 'At once, with every shift that it has opened. It stays in the list, as revoked.',
  security: SIGNED_IN,
  request: { params: z.object({ linkId: id.openapi({ example: 'q2nZ7dP0aR4kT8wX' }) }) },
  responses: { 204: { description: 'Revoked' }, ...problems(400, 401, 403, 404) },
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
  app.openapi(listLinks, async (c) => {
    const { usable, cursor, limit } = c.req.valid('query')
    const at = now()
    const usableAt = usable ? at : undefined
    const rows = await driverLinks(db, { after: stringCursor(cursor), usableAt, limit: limit + 1 })
    const { items, next } = page(rows, limit, (row) => [row.linkId])
    const secret = await auth.secret()
    const addressOf = async (link: DriverLinkEntry): Promise<string | null> =>
      link.revokedAt !== null || link.expiresAt <= at
        ? null
        : `${auth.origin(c)}/driver#${await signDriverLink(secret, link)}`
    const told = await Promise.all(items.map(async (link) => ({ ...link, link: await addressOf(link) })))
    return c.json(asJson({ items: told, next }), 200)
  })

  app.openapi(postLink, async (c) => {
    const { vehicleId, bay, label, expiresInHours } = c.req.valid('json')
    const own =
      vehicleId !== null
        ? found(await vehicleLabel(db, vehicleId), 'vehicle', vehicleId)
        : bay !== null
          ? found(await bayLabel(db, bay), 'bay', bay.bayId)
          : ''
    const createdAt = now()
    // Whole seconds, as they stand in the signature.
    const expiresAt = new Date((Math.floor(createdAt.getTime() / 1000) + expiresInHours * 3_600) * 1000)
    const madeBy = c.var.caller.name ?? c.var.caller.kind
    const link = { linkId: randomId(), label: label ?? own, vehicleId, bay, madeBy, createdAt, expiresAt }
    await keepDriverLink(db, link)
    const token = await signDriverLink(await auth.secret(), link)
    const { linkId } = link
    return c.json({ linkId, link: `${auth.origin(c)}/driver#${token}`, token, expiresAt: expiresAt.toISOString() }, 201)
  })

  app.openapi(deleteLink, async (c) => {
    const { linkId } = c.req.valid('param')
    if (!(await revokeDriverLink(db, linkId, now()))) throw notFound('driverLink', linkId)
    return c.body(null, 204)
  })

  app.openapi(openLink, async (c) => {
    const secret = await auth.secret()
    const link = await openedLink(db, secret, c.req.valid('json').token, now())
    if (link === null) throw new ApiError('not-found', { detail: say('linkOver') })
    const { linkId, label, bay } = link
    const vehicleId = bay === null ? link.vehicleId : await vehicleAtBay(db, bay)
    if (vehicleId === null || vehicleId === 'unknownBay') throw new ApiError('conflict', { detail: say('emptyBay') })
    if ((await vehicleLabel(db, vehicleId)) === undefined)
      throw new ApiError('conflict', { detail: say('vehicleGone') })
    const seconds = Math.min(LINK_SESSION_SECONDS, Math.floor((link.expiresAt.getTime() - now().getTime()) / 1000))
    const expiresAt = new Date(now().getTime() + seconds * 1000)
    setCookie(c, LINK_COOKIE, await signDriverSession(secret, { linkId, vehicleId }, expiresAt), {
      httpOnly: true,
      sameSite: 'Strict',
      secure: isHttps(c),
      path: '/',
      maxAge: seconds,
    })
    c.set('auditNote', { link: label, linkId, vehicleId })
    return c.json({ vehicleId, expiresAt: expiresAt.toISOString() }, 200)
  })
}
