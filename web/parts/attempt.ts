import type { Answer } from './api.ts'
import { m } from './messages.ts'
import type { Toasts } from './toasts.svelte.ts'

export type Attempt = ReturnType<typeof createAttempt>

/** Waits for an answer of the API; `done` is told of a good one, the reader of any other. Resolves with whether it was done. */
export function createAttempt(toasts: Toasts) {
  return async <Value>(asked: Promise<Answer<Value>>, done: (value: Value) => void): Promise<boolean> => {
    const answer = await asked
    if (answer.ok) done(answer.value)
    else
      toasts.say(answer.status === 0 ? m.act_unreachable() : m.act_failed({ reason: answer.reason }), { tone: 'act' })
    return answer.ok
  }
}
