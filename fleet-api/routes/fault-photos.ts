import { createRoute, z } from '@hono/zod-openapi'
import { faultPhoto, keepFaultPhoto } from '../../db/fault-photos.ts'
import { reporterOf } from '../../db/fault-reports.ts'
import { toHex } from '../../domain/bytes.ts'
import type { Api, AppContext } from '../context.ts'
import { ApiError, found, wrongField } from '../errors.ts'
import { imageType } from '../image-type.ts'
import { reporterKeyOf } from '../reporter-key.ts'
import { problems, SIGNED_IN } from '../route-parts.ts'
import { reportId } from '../schemas/drivers.ts'
import { say } from '../../domain/sentences/sentence.ts'

/** Of a photo; `app.ts` ends the request of a larger one before it is read. */
export const MAX_PHOTO_BYTES = 5 * 1024 * 1024
/** The path that takes photos: larger bodies than all others. */
export const PHOTO_PATH = /^\/api\/v1\/fault-reports\/[^/]+\/photo$/

const params = z.object({ reportId })
const image = { schema: z.string().openapi({ format: 'binary' }) }
const images = { 'image/jpeg': image, 'image/png': image, 'image/webp': image }

const putPhoto = createRoute({
  method: 'put',
  path: '/api/v1/fault-reports/{reportId}/photo',
  operationId: 'putFaultPhoto',
  tags: ['Faults'],
  summary: 'Lay a photo beside a report of one’s own',
  description:
    'JPEG, PNG or WebP by its first bytes, whatever the header says, of 5 MB at most. A report has one photo and keeps it; the same again changes nothing. It is stored as it comes: whoever sends it takes out what the camera wrote into it.',
  security: SIGNED_IN,
  request: { params, body: { required: true, description: 'The photo', content: images } },
  responses: { 204: { description: 'Kept' }, ...problems(400, 401, 403, 404, 409, 413) },
})

const getPhoto = createRoute({
  method: 'get',
  path: '/api/v1/fault-reports/{reportId}/photo',
  operationId: 'getFaultPhoto',
  tags: ['Faults'],
  summary: 'The photo of a report',
  description: 'Photos are thrown away 90 days after their report was done.',
  security: SIGNED_IN,
  request: { params },
  responses: { 200: { description: 'The photo', content: images }, ...problems(400, 401, 403, 404) },
})

export function faultPhotoRoutes(app: Api, { db, now }: AppContext): void {
  app.openapi(putPhoto, async (c) => {
    const { reportId: id } = c.req.valid('param')
    const reporter = found(await reporterOf(db, id), 'faultReport', id)
    if (reporter !== reporterKeyOf(c)) throw new ApiError('forbidden', { detail: say('photoByReporter') })
    const bytes = new Uint8Array(await c.req.arrayBuffer())
    if (bytes.byteLength > MAX_PHOTO_BYTES) throw new ApiError('body-too-large')
    const type = imageType(bytes)
    if (type === null) throw wrongField('body', say('notImage'))
    const sha256 = toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))
    if ((await keepFaultPhoto(db, id, { type, sha256, bytes }, now())) === 'differs')
      throw new ApiError('conflict', { detail: say('photoThere') })
    return c.body(null, 204)
  })

  app.openapi(getPhoto, async (c) => {
    const { reportId: id } = c.req.valid('param')
    const { type, bytes } = found(await faultPhoto(db, id), 'photo', id)
    // An image and nothing else, wherever it is opened: nosniff and the policy of the API stand beside it.
    return c.body(new Uint8Array(bytes), 200, {
      'Content-Type': type,
      'Content-Disposition': `inline; filename="fault-${id}.${type.slice('image/'.length)}"`,
      'Cache-Control': 'private, max-age=3600',
    })
  })
}
