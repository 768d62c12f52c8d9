import { Worker } from 'node:worker_threads'
import type { LpOutcome, LpSolver } from '../scheduler/plan/solver.ts'

export interface Ask {
  id: number
  args: Parameters<LpSolver['solve']>
}
export interface Answer {
  id: number
  outcome: LpOutcome
}

/**
 * HiGHS in a thread of its own, so that chargers and pages are answered while a plan is made. The thread starts with the first program;
 * one that dies fails what it was solving, and the next program gets a new one.
 */
export function createSolverThread(): LpSolver & { close(): Promise<void> } {
  const waiting = new Map<number, (outcome: LpOutcome) => void>()
  let thread: Worker | null = null
  let lastId = 0

  function start(): Worker {
    const started = new Worker(new URL('./solver-thread-entry.ts', import.meta.url))
    // What was solving when the process is told to stop does not keep it.
    started.unref()
    started.on('message', ({ id, outcome }: Answer) => {
      waiting.get(id)?.(outcome)
      waiting.delete(id)
    })
    let reason = 'the solver was stopped'
    started.on('error', (error) => {
      reason = `the solver crashed: ${error instanceof Error ? error.message : String(error)}`
    })
    started.on('exit', () => {
      if (thread === started) thread = null
      for (const resolve of waiting.values()) resolve({ status: 'failed', reason })
      waiting.clear()
    })
    return started
  }

  return {
    solve(...args) {
      thread ??= start()
      const ask: Ask = { id: (lastId += 1), args }
      return new Promise((resolve) => {
        waiting.set(ask.id, resolve)
        thread?.postMessage(ask)
      })
    },
    async close() {
      await thread?.terminate()
    },
  }
}
