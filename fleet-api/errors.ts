import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from '@hono/zod-openapi'
import type { Log } from '../domain/ports.ts'
import type { AppEnv } from './context.ts'
import type { problem } from './schemas/common.ts'

/** Every way in which a request can fail: the one place that knows statuses and titles. The name is the end of the problem's `type`. */
const PROBLEMS = {
  'invalid-request': { status: 400, title: 'The request is not valid' },
  'signed-out': { status: 401, title: 'A key or a session is needed' },
  'wrong-key': { status: 401, title: 'The key is not right' },
  'wrong-credentials': { status: 401, title: 'The e-mail address, the password or the passkey is not right' },
  'foreign-origin': { status: 403, title: 'A session cookie changes things only from its own pages' },
  forbidden: { status: 403, title: 'This needs a right that you do not have' },
  'not-found': { status: 404, title: 'There is no such thing' },
  conflict: { status: 409, title: 'The present state does not allow it' },
  'station-offline': { status: 409, title: 'The station is not connected' },
  'body-too-large': { status: 413, title: 'The body is too large' },
  'command-unsendable': { status: 422, title: 'The command cannot be sent to this station' },
  'too-many-requests': { status: 429, title: 'Too many attempts' },
  internal: { status: 500, title: 'Something went wrong on our side' },
  'database-unavailable': { status: 503, title: 'The database does not answer' },
  'too-many-listeners': { status: 503, title: 'Too many live streams are open' },
  'planner-unavailable': {
    status: 503,
    title: 'Nobody has planned within the time that one waits; the server’s jobs may stand still',
  },
  'station-timeout': { status: 504, title: 'The station did not answer in time' },
} as const satisfies Record<string, { status: ContentfulStatusCode; title: string }>

export type ProblemName = keyof typeof PROBLEMS

interface ProblemDetails {
  detail?: string
  errors?: { path: string; message: string }[]
  /** Response headers, for example Retry-After. */
  headers?: Record<string, string>
}

/** Thrown by a handler to end the request with a problem. */
export class ApiError extends Error {
  readonly problem: ProblemName
  readonly details: ProblemDetails

  constructor(problem: ProblemName, details: ProblemDetails = {}) {
    super(details.detail ?? PROBLEMS[problem].title)
    this.name = 'ApiError'
    this.problem = problem
    this.details = details
  }
}

export function notFound(what: string): ApiError {
  return new ApiError('not-found', { detail: `There is no ${what}.` })
}

/** The value, or a 404 that names what was looked for. */
export function found<T>(value: T | undefined, what: string): T {
  if (value === undefined) throw notFound(what)
  return value
}

/** An answer in `application/problem+json` (RFC 9457). */
export function problemResponse(c: Context<AppEnv>, name: ProblemName, details: ProblemDetails = {}): Response {
  const { status, title } = PROBLEMS[name]
  const body: z.infer<typeof problem> = {
    type: `urn:zaryad:problem:${name}`,
    title,
    status,
    ...(details.detail === undefined ? {} : { detail: details.detail }),
    ...(details.errors === undefined ? {} : { errors: details.errors }),
    ...(c.var.requestId === undefined ? {} : { requestId: c.var.requestId }),
  }
  return c.body(JSON.stringify(body), status, { 'Content-Type': 'application/problem+json', ...details.headers })
}

/** What zod found wrong, as a list of paths and sentences. */
export function invalidRequest(
  target: string,
  issues: readonly { path: PropertyKey[]; message: string }[],
): ProblemDetails {
  return {
    detail: `The ${target === 'json' ? 'body' : target} does not have the right form.`,
    errors: issues.map((issue) => ({
      path: [target === 'json' ? 'body' : target, ...issue.path.map(String)].join('.'),
      message: issue.message,
    })),
  }
}

/** Turns whatever a handler threw into a problem; what nobody foresaw is logged with the request's id and told to nobody. */
export function errorHandler(log: Log): ErrorHandler<AppEnv> {
  return (error, c) => {
    if (error instanceof ApiError) return problemResponse(c, error.problem, error.details)
    if (error instanceof HTTPException) return problemResponse(c, problemOf(error.status), { detail: error.message })
    if (isUnstorableValue(error)) {
      log.warn({ requestId: c.var.requestId, method: c.req.method, path: c.req.path, err: error }, 'value refused')
      return problemResponse(c, 'invalid-request', {
        detail: 'A value does not fit what it is compared with or stored in.',
      })
    }
    const unreachable = isConnectionFailure(error)
    log.error({ requestId: c.var.requestId, method: c.req.method, path: c.req.path, err: error }, 'request failed')
    return problemResponse(c, unreachable ? 'database-unavailable' : 'internal')
  }
}

export const notFoundHandler: NotFoundHandler<AppEnv> = (c) =>
  problemResponse(c, 'not-found', { detail: `${c.req.method} ${c.req.path} leads nowhere.` })

function problemOf(status: number): ProblemName {
  const name = Object.entries(PROBLEMS).find(([, known]) => known.status === status)?.[0]
  if (name !== undefined) return name as ProblemName
  return status < 500 ? 'invalid-request' : 'internal'
}

/** PostgreSQL's class 22 but for a division by zero: NUL in a text, a number or an instant beyond its column. The caller's, wherever it slipped through. */
function isUnstorableValue(error: Error): boolean {
  return 'code' in error && /^22(?!012)/.test(String(error.code))
}

/** PostgreSQL's classes of broken connections and timeouts (08, 57), of full disks and memories (53), read-only or closed databases (25006, 55000), the sockets' own codes, and what `pg` says in words alone. */
function isConnectionFailure(error: Error): boolean {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : ''
  if (/^(08|25006|53|55000|57|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN)/.test(code)) return true
  return /^(Connection terminated|timeout exceeded when trying to connect)/.test(error.message)
}
