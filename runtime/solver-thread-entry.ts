import { parentPort } from 'node:worker_threads'
import { createHighsSolver } from '../scheduler/plan/solver.ts'
import type { Answer, Ask } from './solver-thread.ts'

/** What runs inside the thread of `createSolverThread`. */
const solver = createHighsSolver()
parentPort?.on('message', ({ id, args }: Ask) => {
  void solver.solve(...args).then((outcome) => parentPort?.postMessage({ id, outcome } satisfies Answer))
})
