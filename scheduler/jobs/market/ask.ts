/** An answer that is longer is no answer of these services. */
const MAX_BYTES = 8_000_000
const TIMEOUT_MS = 30_000

export interface OutsideAnswer {
  status: number
  body: string
  /** Seconds from its Retry-After header; null: none that can be read. */
  retryAfterS: number | null
}

/**
 * Asks an outside service once. Redirects are not followed: the address carries a key. Rejects with a sentence that holds neither address nor key; its cause is not for logs.
 */
export async function ask(url: URL): Promise<OutsideAnswer> {
  let response: Response
  try {
    response = await fetch(url, {
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      headers: { accept: 'application/xml, application/json', 'user-agent': 'zaryad' },
    })
  } catch (error) {
    throw new Error(error instanceof Error && error.name === 'TimeoutError' ? 'no answer in time' : 'not reachable', {
      cause: error,
    })
  }
  const retryAfter = Number(response.headers.get('retry-after') ?? Number.NaN)
  return {
    status: response.status,
    body: await readLimited(response),
    retryAfterS: Number.isFinite(retryAfter) && retryAfter >= 0 ? retryAfter : null,
  }
}

async function readLimited(response: Response): Promise<string> {
  if (response.body === null) return ''
  const decoder = new TextDecoder()
  const reader = response.body.getReader()
  let text = ''
  let bytes = 0
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return text + decoder.decode()
      bytes += value.byteLength
      if (bytes > MAX_BYTES) throw new RangeError('the answer is too large')
      text += decoder.decode(value, { stream: true })
    }
  } catch (error) {
    await reader.cancel().catch(() => undefined)
    throw new Error(error instanceof RangeError ? error.message : 'the line broke in the middle of the answer', {
      cause: error,
    })
  }
}
