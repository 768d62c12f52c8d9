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

/** A question that is this old has been lost on the way. */
const LOST_MS = 15_000

/**
 * Does something now and every `everyMs` real ms while the page is looked at, but not again before what the task promises has come: on a
 * slow line each question would else be overtaken by the next, and none ever be answered. Returns how to stop: right for an `$effect`,
 * which begins anew only for what it reads itself: what the task reads, a clock for one, does not count.
 */
export function repeat(everyMs: number, task: () => Promise<void> | undefined): () => void {
  let waitsSince: number | null = null
  const run = async (): Promise<void> => {
    waitsSince = performance.now()
    const mine = waitsSince
    await task()
    if (waitsSince === mine) waitsSince = null
  }
  untrack(() => void run())
  const timer = setInterval(() => {
    const waits = waitsSince !== null && performance.now() - waitsSince < LOST_MS
    if (!document.hidden && !waits) void run()
  }, everyMs)
  return () => clearInterval(timer)
}
