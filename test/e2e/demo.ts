import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const STARTS_WITHIN_MS = 60_000

export interface RunningDemo {
  url: string
  /** Makes something go wrong in the simulated city, or, without a fault, all well again. */
  trouble(fault: object | null): Promise<void>
  /** Everything that it has printed. */
  printed(): string
  close(): Promise<void>
}

export interface DemoWishes {
  /** More options of the command line. */
  args?: readonly string[]
  environment?: Record<string, string>
}

/** `npm start -- --demo` as a user starts it, in a process of its own on a free port; resolves when it says where it listens. */
export async function startDemo({ args = [], environment = {} }: DemoWishes = {}): Promise<RunningDemo> {
  const child = spawn(process.execPath, ['runtime/node.ts', '--demo', '--port', '0', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
  })
  let printed = ''
  const ready = new Promise<{ url: string; control: string }>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The demo did not start:\n${printed}`)), STARTS_WITHIN_MS)
    const read = (chunk: unknown): void => {
      printed += String(chunk)
      const url = /Open\s+(http:\S+)/.exec(printed)?.[1]
      const control = /(http:\/\/127\.0\.0\.1:\d+)\/state/.exec(printed)?.[1]
      if (url === undefined || control === undefined) return
      clearTimeout(timer)
      resolve({ url: url.replace('localhost', '127.0.0.1'), control })
    }
    child.stdout.on('data', read)
    child.stderr.on('data', read)
    child.once('exit', (code) => reject(new Error(`The demo ended with ${code}:\n${printed}`)))
  })
  const { url, control } = await ready
  return {
    url,
    printed: () => printed,
    async trouble(fault) {
      const response = await fetch(
        `${control}/faults`,
        fault === null ? { method: 'DELETE' } : { method: 'POST', body: JSON.stringify(fault) },
      )
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
    },
    async close() {
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
