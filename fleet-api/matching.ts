import type { z } from '@hono/zod-openapi'
import { refusing } from '../domain/sentences/issue-sentence.ts'
import type { Sentence } from '../domain/sentences/sentence.ts'

/** A text that must match, with what is said when it does not; the pattern stands in the API's document. */
export function matching(schema: z.ZodString, pattern: RegExp, said: Sentence): z.ZodString {
  return schema.refine((text) => pattern.test(text), refusing(said)).openapi({ pattern: pattern.source })
}
