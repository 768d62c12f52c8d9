import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import { ApiError, type ProblemName } from '../errors.ts'
import { authSentence } from './auth-sentence.ts'

const PROBLEMS: Record<number, ProblemName> = {
  400: 'invalid-request',
  401: 'wrong-credentials',
  403: 'forbidden',
  404: 'not-found',
  413: 'body-too-large',
  422: 'invalid-request',
  429: 'too-many-requests',
}

/** What it answers 500 although the caller was wrong. */
const CALLERS_FAULT: ReadonlySet<unknown> = new Set(['FAILED_TO_VERIFY_REGISTRATION'])

/** better-auth's answer when it is a good one; its refusals are thrown in the form of ours. What it says in its own English is only for machines. */
export async function passed(answer: Response): Promise<Response> {
  if (answer.status < 400) return answer
  const body: unknown = await answer.json().catch(() => null)
  const { message, code } =
    typeof body === 'object' && body !== null ? (body as { message?: unknown; code?: unknown }) : {}
  const status = CALLERS_FAULT.has(code) ? 400 : answer.status
  const wait = answer.headers.get('x-retry-after')
  const detail = wait === null ? authSentence(code) : waitSentence(wait)
  throw new ApiError(PROBLEMS[status] ?? (status < 500 ? 'invalid-request' : 'internal'), {
    ...(detail === null || status >= 500 ? {} : { detail }),
    ...(typeof message === 'string' && status < 500 ? { original: message } : {}),
    ...(wait === null ? {} : { headers: { 'Retry-After': wait } }),
  })
}

function waitSentence(seconds: string): Sentence {
  return say('tooManyRequests', { seconds })
}
