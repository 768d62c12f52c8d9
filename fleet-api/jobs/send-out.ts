import { outboundProblem, type OutboundRules } from '../../domain/outbound-url.ts'

export interface Sent {
  /** null: there was no answer. */
  status: number | null
  /** null: it was taken. Else a sentence for people; of the address it holds the host at most. */
  error: string | null
}

/**
 * Sends something to an address that people configured, once, within `timeoutMs`, and only where the rules let it. Anything but a status of success is an error; the
 * answer's body is not read. A redirect could lead to where the address itself must not, so none is followed.
 */
export async function sendOut(
  address: string,
  makeRequest: () => Request | Promise<Request>,
  { outbound, timeoutMs }: { outbound: OutboundRules; timeoutMs: number },
): Promise<Sent> {
  const problem = outboundProblem(address, outbound)
  if (problem !== null) return { status: null, error: `The address ${problem}.` }
  try {
    const request = await makeRequest()
    const response = await fetch(request, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    await response.body?.cancel()
    return { status: response.status, error: response.ok ? null : `The address answered ${response.status}.` }
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError'
    return {
      status: null,
      error: timedOut ? `No answer within ${timeoutMs / 1000} s.` : `Not reached: ${reasonOf(error)}.`,
    }
  }
}

/** `fetch failed` alone says nothing; its cause does. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return error.cause instanceof Error && error.cause.message !== '' ? error.cause.message : error.message
}
