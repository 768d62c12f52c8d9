import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const STARTS_WITHIN_MS = 60_000

export interface Program<Facts> {
  /** What was read from its words. */
  facts: Facts
  /** Everything that it has printed. */
  printed(): string
  close(): Promise<void>
}

/** `npm start` as a user starts it, in a process of its own; resolves when `read` finds in what it printed what it looks for. */
export async function startProgram<Facts>(
  args: readonly string[],
  environment: Readonly<Record<string, string>>,
  read: (printed: string) => Facts | undefined,
): Promise<Program<Facts>> {
  const child = spawn(process.execPath, ['runtime/node.ts', ...args], {
    cwd: ROOT,
    env: { ...process.env, ...environment },
  })
  let printed = ''
  const facts = await new Promise<Facts>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`It did not start:\n${printed}`)), STARTS_WITHIN_MS)
    const look = (chunk: unknown): void => {
      printed += String(chunk)
      const found = read(printed)
      if (found === undefined) return
      clearTimeout(timer)
      resolve(found)
    }
    child.stdout.on('data', look)
    child.stderr.on('data', look)
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`It ended with ${code}:\n${printed}`))
    })
  })
  return {
    facts,
    printed: () => printed,
    async close() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}
