import { outboundProblem, type OutboundRules } from '../../domain/outbound-url.ts'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'

export interface Sent {
  /** null: there was no answer. */
  status: number | null
  /** null: it was taken. Else a sentence for people; of the address it holds the host at most. */
  error: Sentence | null
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
  if (problem !== null) return { status: null, error: problem }
  try {
    const request = await makeRequest()
    const response = await fetch(request, { redirect: 'manual', signal: AbortSignal.timeout(timeoutMs) })
    await response.body?.cancel()
    return { status: response.status, error: response.ok ? null : say('answered', { status: response.status }) }
  } catch (error) {
    const timedOut = error instanceof DOMException && error.name === 'TimeoutError'
    return {
      status: null,
      error: timedOut
        ? say('noAnswerWithin', { seconds: timeoutMs / 1000 })
        : say('notReached', { why: reasonOf(error) }),
    }
  }
}

/** `fetch failed` alone says nothing; its cause does. One that is not among ours stays in its own English. */
function reasonOf(error: unknown): Sentence | string {
  if (!(error instanceof Error)) return say('reach_unknown')
  const cause = error.cause instanceof Error ? error.cause : error
  const code = 'code' in cause ? String(cause.code) : ''
  const known = REASONS.find(([pattern]) => pattern.test(code))
  if (known !== undefined) return say(known[1])
  return cause.message === '' ? error.message : cause.message
}

/** By the codes of sockets and of TLS. */
const REASONS = [
  [/^ECONNREFUSED$/, 'reach_refused'],
  [/^(ENOTFOUND|EAI_AGAIN)$/, 'reach_unknownName'],
  [/^(ECONNRESET|EPIPE|UND_ERR_SOCKET)$/, 'reach_reset'],
  [/^(EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/, 'reach_unreachable'],
  [/^(CERT_|ERR_TLS_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/, 'reach_certificate'],
] as const
