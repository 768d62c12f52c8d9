import type { z } from '@hono/zod-openapi'
import { problem } from './schemas/common.ts'

/** Routes that need a key, a session, or an open demo; who may call them stands in `access/rules.ts`. */
export const SIGNED_IN: Record<string, string[]>[] = [{ key: [] }, { user: [] }, { session: [] }]
/** Routes that are open to all. */
export const OPEN_TO_ALL: Record<string, string[]>[] = [{}]

/** Headers of a stream of Server-Sent Events. */
export const EVENT_STREAM = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  // nginx would otherwise keep events until its buffer is full.
  'X-Accel-Buffering': 'no',
}

const DESCRIPTIONS = {
  400: 'The parameters or the body do not have the right form; `errors` says where.',
  401: 'No key, no session, or not the right one.',
  403: 'The caller does not have the right, or a cookie’s request came from another site’s page.',
  404: 'There is no such thing.',
  409: 'The present state does not allow it.',
  413: 'The body is too large.',
  422: 'The station’s OCPP version has no such command, or the payload does not fit its schema: nothing was sent.',
  429: 'Too many attempts; `Retry-After` says when to come back.',
  503: 'Not able to answer now.',
  504: 'The station was asked and did not answer in time.',
} as const
type ProblemStatus = keyof typeof DESCRIPTIONS

interface ProblemAnswer {
  description: string
  content: { 'application/problem+json': { schema: typeof problem } }
}

/** Documented problem+json answers. */
export function problems<Status extends ProblemStatus>(...statuses: Status[]): Record<Status, ProblemAnswer> {
  const answers: Partial<Record<ProblemStatus, ProblemAnswer>> = {}
  for (const status of statuses)
    answers[status] = {
      description: DESCRIPTIONS[status],
      content: { 'application/problem+json': { schema: problem } },
    }
  return answers as Record<Status, ProblemAnswer>
}

export function jsonAnswer<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { description, content: { 'application/json': { schema } } }
}

/** A body that must be there: without `required` a request without a Content-Type would go through unchecked. */
export function jsonBody<Schema extends z.ZodType>(description: string, schema: Schema) {
  return { required: true, description, content: { 'application/json': { schema } } }
}
