import type { z } from '@hono/zod-openapi'
import { expect } from 'vitest'
import { createApp } from '../../fleet-api/app.ts'
import { startLoop, type Loop, type LoopOptions } from '../support/loop.ts'

/** A depot with its jobs and chargers, and the API over the same database and clock. */
export interface LoopApi extends Loop {
  get(path: string): Promise<Response>
  send(method: string, path: string, body?: unknown): Promise<Response>
  /** Runs something until `done`, as the server's every second does. */
  ticking<T>(done: Promise<T>, ...jobs: string[]): Promise<T>
}

const KEY = 'a-key-for-tests'

export async function startLoopApi(options: Partial<LoopOptions> = {}): Promise<LoopApi> {
  const loop = await startLoop({
    at: '2026-11-23T20:05:00Z',
    blocks: [
      { id: 'B1', vehicle: 'bus-1', date: '2026-11-24', from: '05:40', to: '18:00', km: 150 },
      { id: 'B2', vehicle: 'bus-2', date: '2026-11-24', from: '06:10', to: '18:30', km: 150 },
    ],
    ...options,
  })
  const quiet = (): undefined => undefined
  const app = createApp({
    db: loop.db,
    gateway: { send: () => Promise.resolve({ outcome: 'offline' }) },
    now: () => loop.now(),
    log: {
      debug: quiet,
      info: quiet,
      warn: quiet,
      error: (fields) => void process.stderr.write(`${String(fields)}\n`),
    },
    access: { adminKey: KEY, open: false },
    clock: { speed: 1, demo: false },
    outbound: { allowPrivate: true },
    version: '0.0.0-test',
  })
  const headers = { Authorization: `Bearer ${KEY}` }
  return {
    ...loop,
    get: async (path) => app.request(path, { headers }),
    send: async (method, path, body) =>
      app.request(path, {
        method,
        headers: { ...headers, ...(body === undefined ? {} : { 'Content-Type': 'application/json' }) },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async ticking(done, ...jobs) {
      const running = { over: false }
      const watched = done.finally(() => (running.over = true))
      while (!running.over) {
        await loop.run(...jobs)
        await Promise.race([watched, new Promise((resolve) => setTimeout(resolve, 20))])
      }
      return watched
    },
  }
}

/** An answer's body as its schema has it. */
export async function told<Schema extends z.ZodType>(
  answer: Response | Promise<Response>,
  schema: Schema,
): Promise<z.output<Schema>> {
  const response = await answer
  const text = await response.text()
  expect(`${response.status} ${text.slice(0, 400)}`).toMatch(/^200 /)
  return schema.parse(JSON.parse(text))
}
