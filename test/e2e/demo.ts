import { setTimeout as sleep } from 'node:timers/promises'
import { startProgram } from './program.ts'

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

/** `npm start -- --demo` as a user starts it, in a process of its own on a free port; resolves when its city answers too. */
export async function startDemo({ args = [], environment = {} }: DemoWishes = {}): Promise<RunningDemo> {
  const program = await startProgram(['--demo', '--port', '0', ...args], environment, (printed) => {
    const url = /Open\s+(http:\S+)/.exec(printed)?.[1]
    const control = /(http:\/\/127\.0\.0\.1:\d+)\/state/.exec(printed)?.[1]
    return url === undefined || control === undefined ? undefined : { url, control }
  })
  const { url, control } = program.facts
  await answers(`${control}/state`)
  return {
    url: url.replace('localhost', '127.0.0.1'),
    printed: program.printed,
    async trouble(fault) {
      const response = await fetch(
        `${control}/faults`,
        fault === null ? { method: 'DELETE' } : { method: 'POST', body: JSON.stringify(fault) },
      )
      if (!response.ok) throw new Error(`${response.status}: ${await response.text()}`)
    },
    close: program.close,
  }
}

/** The city is a program of its own, and may come up after the server that started it. */
async function answers(url: string): Promise<void> {
  const until = Date.now() + 60_000
  for (;;) {
    const answer = await fetch(url).catch((error: unknown) => error)
    if (answer instanceof Response && answer.ok) return
    if (Date.now() > until) throw new Error(`${url} does not answer`, { cause: answer })
    await sleep(100)
  }
}
