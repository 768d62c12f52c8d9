import { z } from '@hono/zod-openapi'

export const instant = z.iso.datetime().describe('ISO 8601, UTC').openapi({ example: '2026-11-23T19:42:00.000Z' })
export const localDate = z.iso.date().describe('Service day, YYYY-MM-DD').openapi({ example: '2026-11-23' })

/** A page of a list: pass `next` back as `cursor` for the following one. */
export function listOf<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() })
}

/** RFC 9457. */
export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')
