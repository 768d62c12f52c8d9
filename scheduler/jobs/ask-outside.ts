import { say, type Sentence } from '../../domain/sentences/sentence.ts'

/** Why an outside service gave no answer. */
export type OutsideProblem = 'unreachable' | 'late' | 'brokenOff' | 'tooLarge'

/** There was no answer. The message holds neither address nor key; the cause is not for logs. */
export class OutsideError extends Error {
  readonly problem: OutsideProblem
  readonly sentence: Sentence

  constructor(problem: OutsideProblem, options?: ErrorOptions) {
    const sentence = say(`outside_${problem}`)
    super(sentence.in('en'), options)
    this.name = 'OutsideError'
    this.problem = problem
    this.sentence = sentence
  }
}

export interface OutsideQuestion {
  accept: string
  /** Value of the Authorization header; null: none. */
  authorization?: string | null
  /** For the whole answer, body included. */
  timeoutMs: number
  maxBytes: number
}

export interface OutsideAnswer {
  status: number
  bytes: Uint8Array
  /** Seconds from its Retry-After header; null: none that can be read. */
  retryAfterS: number | null
}

/** Asks an outside service once, with limits on time and size. Redirects are not followed: the question may carry a key. Rejects with OutsideError. */
export async function askOutside(
  url: string | URL,
  { accept, authorization = null, timeoutMs, maxBytes }: OutsideQuestion,
): Promise<OutsideAnswer> {
  const headers = { accept, 'user-agent': 'zaryad', ...(authorization === null ? {} : { authorization }) }
  let response: Response
  try {
    response = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs), headers })
  } catch (error) {
    throw new OutsideError(isTimeout(error) ? 'late' : 'unreachable', { cause: error })
  }
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  return {
    status: response.status,
    bytes: await readLimited(response, maxBytes),
    retryAfterS: Number.isFinite(retryAfter) && retryAfter >= 0 ? retryAfter : null,
  }
}

async function readLimited(response: Response, maxBytes: number): Promise<Uint8Array> {
  const reader = response.body?.getReader()
  if (reader === undefined) return new Uint8Array()
  const parts: Uint8Array[] = []
  let length = 0
  for (;;) {
    const { value } = await reader.read().catch((error: unknown) => {
      throw new OutsideError(isTimeout(error) ? 'late' : 'brokenOff', { cause: error })
    })
    if (value === undefined) break
    length += value.byteLength
    if (length > maxBytes) {
      await reader.cancel().catch(() => undefined)
      throw new OutsideError('tooLarge')
    }
    parts.push(value)
  }
  const whole = new Uint8Array(length)
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.byteLength
  }
  return whole
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && error.name === 'TimeoutError'
}
