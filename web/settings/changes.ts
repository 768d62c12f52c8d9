import { type Answer, ask } from '../parts/api.ts'
import { m } from '../parts/messages.ts'
import type { Toasts } from '../parts/toasts.svelte.ts'

/** Does one change and says what came of it. Resolves with the answer's value; undefined when it was not done. */
export async function change<Value>(
  toasts: Toasts,
  asked: Parameters<typeof ask<Value>>[0],
  done: { say?: string; undo?: () => void } = {},
): Promise<Answer<Value>> {
  const answer = await ask(asked)
  if (!answer.ok)
    toasts.say(answer.status === 0 ? m.act_unreachable() : m.act_failed({ reason: answer.reason }), { tone: 'act' })
  else toasts.say(done.say ?? m.act_saved(), done.undo === undefined ? {} : { undo: done.undo })
  return answer
}
