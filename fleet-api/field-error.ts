import type { z } from '@hono/zod-openapi'
import { issueSentence } from '../domain/sentences/issue-sentence.ts'
import { say, type Sentence } from '../domain/sentences/sentence.ts'

/** What is wrong with one value of a request. */
export interface FieldError {
  path: string
  message: Sentence
}

type Issue = z.core.$ZodIssue

/** Where hono found what it checked. */
export type Target = 'json' | 'query' | 'param' | 'header' | 'form' | 'cookie'

/** What zod found wrong with a part of a request, as a problem's details. `given` is what was checked: issues do not say what they met. */
export function invalidRequest(
  target: Target,
  issues: readonly Issue[],
  given: unknown,
): { detail: Sentence; errors: FieldError[] } {
  const base = target === 'json' ? 'body' : target
  return {
    detail: say('wrongForm', { part: say(`part_${target}`) }),
    errors: fieldErrors(base, issues, given),
  }
}

export function fieldErrors(base: string, issues: readonly Issue[], given: unknown): FieldError[] {
  return issues.map((issue) => ({
    path: [base, ...issue.path.map(String)].join('.'),
    message: issueSentence(issue, given),
  }))
}
