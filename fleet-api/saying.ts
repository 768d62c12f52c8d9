import type { z } from '@hono/zod-openapi'
import { Sentence } from '../domain/sentences/sentence.ts'

/** What a schema's own rule says when it is broken: `z.string().refine(isTimeZone, saying(say('notTimeZone')))`, or in `addIssue`. */
export function saying(sentence: Sentence): { message: string; params: { sentence: Sentence } } {
  return { message: sentence.in('en'), params: { sentence } }
}

/** A text that must match; the pattern stands in the API's document. */
export function matching(schema: z.ZodString, pattern: RegExp, sentence: Sentence): z.ZodString {
  return schema.refine((text) => pattern.test(text), saying(sentence)).openapi({ pattern: pattern.source })
}

export function saidIn(params: Record<string, unknown> | undefined): Sentence | null {
  const said = params?.['sentence']
  return said instanceof Sentence ? said : null
}
