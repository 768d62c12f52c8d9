import type { JsonObject } from '../domain/command.ts'
import { callFrame, type Frame } from './frame.ts'

/** What came back for one of our calls. */
export type CallAnswer =
  | { outcome: 'answered'; payload: JsonObject }
  | { outcome: 'refused'; errorCode: string; errorDescription: string; errorDetails: JsonObject }
  | { outcome: 'timeout' }
  | { outcome: 'offline' }

export interface CallQueue {
  call(action: string, payload: JsonObject): Promise<CallAnswer>
  /** Hands over an answer. False when nothing waits for it: it came too late, or to a call of nobody. */
  settle(frame: Extract<Frame, { kind: 'result' | 'error' }>): boolean
  /** Answers everything that waits with `offline`. */
  close(): void
}

const MOST_WAITING = 200
/** A station that leaves so many calls in a row unanswered is asked to connect anew. */
const MOST_TIMEOUTS = 3

interface Call {
  id: string
  action: string
  payload: JsonObject
  resolve(answer: CallAnswer): void
  timer?: ReturnType<typeof setTimeout>
}

/** Our calls to one station over one socket: one at a time (OCPP-J §4.1.1), each with a time limit that starts when it is sent. */
export function createCallQueue(options: {
  timeoutMs: number
  send(text: string, id: string, action: string): void
  /** Called when the station has stopped answering. */
  unresponsive(): void
}): CallQueue {
  const waiting: Call[] = []
  let current: Call | undefined
  let timeouts = 0
  let closed = false

  function sendNext(): void {
    if (current !== undefined) return
    const next = waiting.shift()
    if (next === undefined) return
    current = next
    next.timer = setTimeout(() => timedOut(next), options.timeoutMs)
    options.send(callFrame(next.id, next.action, next.payload), next.id, next.action)
  }

  function timedOut(call: Call): void {
    if (current !== call) return
    timeouts += 1
    finish(call, { outcome: 'timeout' })
    if (timeouts >= MOST_TIMEOUTS) options.unresponsive()
  }

  function finish(call: Call, answer: CallAnswer): void {
    clearTimeout(call.timer)
    current = undefined
    call.resolve(answer)
    if (!closed) sendNext()
  }

  return {
    call(action, payload) {
      if (closed || waiting.length >= MOST_WAITING) return Promise.resolve({ outcome: closed ? 'offline' : 'timeout' })
      return new Promise((resolve) => {
        waiting.push({ id: crypto.randomUUID(), action, payload, resolve })
        sendNext()
      })
    },
    settle(frame) {
      if (current === undefined || frame.id !== current.id) return false
      timeouts = 0
      const answer: CallAnswer =
        frame.kind === 'result'
          ? { outcome: 'answered', payload: frame.payload }
          : {
              outcome: 'refused',
              errorCode: frame.code,
              errorDescription: frame.description,
              errorDetails: frame.details,
            }
      finish(current, answer)
      return true
    },
    close() {
      closed = true
      if (current !== undefined) finish(current, { outcome: 'offline' })
      for (const call of waiting.splice(0)) call.resolve({ outcome: 'offline' })
    },
  }
}
