import { type Answer, ask } from '../parts/api.ts'
import { m } from '../parts/messages.ts'
import type { Toasts } from '../parts/toasts.svelte.ts'

interface Done {
  say?: string
  undo?: () => void
}

/** Does one change and says what came of it. Resolves with the answer. */
export function change<Value>(
  toasts: Toasts,
  asked: Parameters<typeof ask<Value>>[0],
  done: Done = {},
): Promise<Answer<Value>> {
  return tell(toasts, ask(asked), done)
}

/** Says what came of a change that was asked for in another way. */
export async function tell<Value>(toasts: Toasts, asked: Promise<Answer<Value>>, done: Done): Promise<Answer<Value>> {
  const answer = await asked
  if (!answer.ok)
    toasts.say(answer.status === 0 ? m.act_unreachable() : m.act_failed({ reason: answer.reason }), { tone: 'act' })
  else toasts.say(done.say ?? m.act_saved(), done.undo === undefined ? {} : { undo: done.undo })
  return answer
}
