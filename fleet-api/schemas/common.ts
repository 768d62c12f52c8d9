import { z } from '@hono/zod-openapi'

export const instant = z.iso.datetime().describe('ISO 8601, UTC').openapi({ example: '2026-11-23T19:42:00.000Z' })
export const localDate = z.iso.date().describe('Service day, YYYY-MM-DD').openapi({ example: '2026-11-23' })

/** A page of a list: pass `next` back as `cursor` for the following one. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

const code = z.string().describe('Says the same in every language, for programs.')
const values = z.record(z.string(), z.unknown()).describe('What stands in the sentence: ids, numbers, other sentences.')

/** RFC 9457. Its words are in the language of `Accept-Language` or `?lang=`: English, Bulgarian or Ukrainian. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    code: code.describe('What `detail`, or else `title`, says, the same in every language.'),
    values,
    errors: z.array(z.object({ path: z.string(), message: z.string(), code, values })).optional(),
    original: z.string().optional().describe('What a library said of it, in its own English.'),
    /** Also in the X-Request-Id header and in the server's log. */
    requestId: z.string().optional(),
  })
  .openapi('Problem', {
    example: {
      type: 'urn:zaryad:problem:not-found',
      title: 'There is no such thing',
      status: 404,
      detail: 'There is no station CP9.',
      code: 'no_station',
      values: { id: 'CP9' },
      requestId: '0f7c3b1e-6c1e-4f0e-9f5e-2b6f7a1d9c44',
    },
  })

/** An instant that a caller gives; any offset, read as a Date. */
export const instantInput = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .openapi({
    type: 'string',
    format: 'date-time',
    description: 'ISO 8601 with offset',
    example: '2026-11-23T19:42:00Z',
  })

/** An instant that a caller gives, or null. Written out, because `nullable()` does not reach what `instantInput` says of itself. */
export const instantOrNullInput = z.iso
  .datetime({ offset: true })
  .nullable()
  .transform((text) => (text === null ? null : new Date(text)))
  .openapi({
    type: ['string', 'null'],
    format: 'date-time',
    description: 'ISO 8601 with offset, or null',
    example: '2026-11-23T19:42:00Z',
  })

export const id = z.string().min(1).max(64)
/** A station's identity as in its OCPP address. */
export const stationId = z.string().min(1).max(128).openapi({ example: 'CP1' })
export const vehicleId = id.openapi({ example: 'bus-1' })
export const siteId = id.openapi({ example: 'depot' })

/** Position and size of a page. */
export const paging = {
  cursor: z.string().max(400).optional().describe('`next` of the page before; the first page when left out.'),
  limit: z.coerce.number().int().min(1).max(500).default(100).describe('Items a page.'),
}

/** `true` or `false` in a query. */
export const flag = z.stringbool({ truthy: ['true', '1'], falsy: ['false', '0'] }).openapi({
  type: 'boolean',
  example: true,
})

/** A named schema, or null. What `nullable()` makes of a reference in an OpenAPI document allows no null. */
export function orNull<Schema extends z.ZodType>(schema: Schema): z.ZodUnion<[Schema, z.ZodNull]> {
  return z.union([schema, z.null()])
}
