import { untrack } from 'svelte'
import type { Answer } from './api.ts'

export type Resource<Value> = ReturnType<typeof createResource<Value>>

/** Something that is asked of the API now and again. What is known stays while it is asked for anew, and when that fails; `reason` then says why. */
export function createResource<Value>(load: () => Promise<Answer<Value>>) {
  let value = $state.raw<Value>()
  let reason = $state<string | null>(null)
  let status = $state<number | null>(null)
  let loading = $state(false)
  let turn = 0

  async function reload(): Promise<void> {
    turn += 1
    const mine = turn
    loading = true
    const answer = await load()
    // A later question has been asked meanwhile: its answer counts.
    if (mine !== turn) return
    loading = false
    status = answer.ok ? 200 : answer.status
    reason = answer.ok ? null : answer.reason
    if (answer.ok) value = answer.value
  }

  return {
    get value(): Value | undefined {
      return value
    },
    /** Why the last question failed, in the server's words; null: it did not. */
    get reason(): string | null {
      return reason
    },
    /** HTTP status of the last answer; 0: the server was not reached. */
    get status(): number | null {
      return status
    },
    get loading(): boolean {
      return loading
    },
    reload,
    /** Puts in what an answer to something else has told. */
    put(next: Value): void {
      turn += 1
      value = next
      reason = null
      loading = false
    },
    /** Forgets what is known: it was of something else. */
    clear(): void {
      turn += 1
      value = undefined
      reason = null
      loading = false
    },
  }
}

/**
 * Does something now and every `everyMs` real ms while the page is looked at. Returns how to stop: right for an `$effect`, which
 * begins anew only for what it reads itself: what the task reads, a clock for one, does not count.
 */
export function repeat(everyMs: number, task: () => void): () => void {
  untrack(task)
  const timer = setInterval(() => {
    if (!document.hidden) task()
  }, everyMs)
  return () => clearInterval(timer)
}
