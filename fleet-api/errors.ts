import type { Context, ErrorHandler, NotFoundHandler } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { z } from '@hono/zod-openapi'
import type { Log } from '../domain/ports.ts'
import { say, Sentence } from '../domain/sentences/sentence.ts'
import type { SentenceCode } from '../domain/sentences/sentences.ts'
import { wordedFor } from './asked-language.ts'
import type { AppEnv } from './context.ts'
import type { FieldError } from './field-error.ts'
import type { problem } from './schemas/common.ts'

/** Every way in which a request can fail: the one place that knows their statuses. The name is the end of the problem's `type`, and names its title. */
const STATUSES = {
  'invalid-request': 400,
  'signed-out': 401,
  'wrong-key': 401,
  'wrong-credentials': 401,
  'foreign-origin': 403,
  forbidden: 403,
  'not-found': 404,
  conflict: 409,
  'station-offline': 409,
  'body-too-large': 413,
  'command-unsendable': 422,
  'too-many-requests': 429,
  internal: 500,
  'database-unavailable': 503,
  'too-many-listeners': 503,
  'planner-unavailable': 503,
  'station-timeout': 504,
} as const satisfies Record<string, ContentfulStatusCode>

export type ProblemName = keyof typeof STATUSES

interface ProblemDetails {
  detail?: Sentence
  errors?: FieldError[]
  /** What another program said of it, in its own English: for machines. */
  original?: string
  /** Response headers, for example Retry-After. */
  headers?: Record<string, string>
}

/** Thrown by a handler to end the request with a problem. */
export class ApiError extends Error {
  readonly problem: ProblemName
  readonly details: ProblemDetails

  constructor(problem: ProblemName, details: ProblemDetails = {}) {
    super((details.detail ?? titleOf(problem)).in('en'))
    this.name = 'ApiError'
    this.problem = problem
    this.details = details
  }
}

/** A request of which one value cannot be meant. */
export function wrongField(path: string, message: Sentence): ApiError {
  return new ApiError('invalid-request', { errors: [{ path, message }] })
}

/** A kind of thing that is looked for by its id. */
type Thing = SentenceCode extends infer Code ? (Code extends `no_${infer Name}` ? Name : never) : never
type Missing = [thing: Thing, id: string | number] | [sentence: Sentence]

export function notFound(...[what, id]: Missing): ApiError {
  return new ApiError('not-found', { detail: what instanceof Sentence ? what : say(`no_${what}`, { id: id ?? '' }) })
}

/** The value, or a 404 that names what was looked for. */
export function found<T>(value: T | undefined, ...missing: Missing): T {
  if (value === undefined) throw notFound(...missing)
  return value
}

/** An answer in `application/problem+json` (RFC 9457), in the reader's language. */
export function problemResponse(c: Context<AppEnv>, name: ProblemName, details: ProblemDetails = {}): Response {
  const language = wordedFor(c)
  const status = STATUSES[name]
  const title = titleOf(name)
  const { detail, errors, original } = details
  const body: z.infer<typeof problem> = {
    type: `urn:zaryad:problem:${name}`,
    title: title.in(language),
    status,
    ...(detail === undefined ? {} : { detail: detail.in(language) }),
    ...(detail ?? title).plain(),
    ...(errors === undefined
      ? {}
      : { errors: errors.map(({ path, message }) => ({ path, message: message.in(language), ...message.plain() })) }),
    ...(original === undefined ? {} : { original }),
    ...(c.var.requestId === undefined ? {} : { requestId: c.var.requestId }),
  }
  return c.body(JSON.stringify(body), status, {
    'Content-Type': 'application/problem+json',
    ...details.headers,
  })
}

/** Turns whatever a handler threw into a problem; what nobody foresaw is logged with the request's id and told to nobody. */
export function errorHandler(log: Log): ErrorHandler<AppEnv> {
  return (error, c) => {
    if (error instanceof ApiError) return problemResponse(c, error.problem, error.details)
    if (error instanceof HTTPException) return problemResponse(c, problemOf(error.status), refusalOf(error))
    if (isUnstorableValue(error)) {
      log.warn({ requestId: c.var.requestId, method: c.req.method, path: c.req.path, err: error }, 'value refused')
      return problemResponse(c, 'invalid-request', { detail: say('unstorableValue') })
    }
    const unreachable = isConnectionFailure(error)
    log.error({ requestId: c.var.requestId, method: c.req.method, path: c.req.path, err: error }, 'request failed')
    return problemResponse(c, unreachable ? 'database-unavailable' : 'internal')
  }
}

export const notFoundHandler: NotFoundHandler<AppEnv> = (c) =>
  problemResponse(c, 'not-found', { detail: say('leadsNowhere', { method: c.req.method, path: c.req.path }) })

/** What hono itself says of a request that it could not read. */
function refusalOf({ message }: HTTPException): ProblemDetails {
  if (message.startsWith('Malformed JSON')) return { detail: say('malformedJson') }
  if (message.startsWith('Malformed FormData')) return { detail: say('malformedForm') }
  return message === '' ? {} : { original: message }
}

function titleOf(name: ProblemName): Sentence {
  return say(`problem_${name}`)
}

function problemOf(status: number): ProblemName {
  const name = Object.entries(STATUSES).find(([, known]) => known === status)?.[0]
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
