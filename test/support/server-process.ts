import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const NODE_ENTRY = fileURLToPath(new URL('../../runtime/node.ts', import.meta.url))

export interface ServerProcess {
  url: string
  pid: number
  /** What it has written so far. */
  output(): string
  /** Resolves with the exit code, null when a signal ended it. */
  end(signal: NodeJS.Signals): Promise<number | null>
}

/** `npm start` in a process of its own on a free port. Rejects with what it wrote when it ends before it listens. */
export async function spawnServer(
  environment: Record<string, string>,
  args: readonly string[] = [],
): Promise<ServerProcess> {
  const { DATABASE_URL: _database, PORT: _port, ...inherited } = process.env
  const child = spawn(process.execPath, [NODE_ENTRY, '--port', '0', ...args], {
    env: { ...inherited, HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = once(child, 'exit').then(([code]) => code as number | null)
  let output = ''
  const port = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += String(chunk)
        const found = /http:\/\/localhost:(\d+)/.exec(output)?.[1]
        if (found !== undefined) resolve(found)
      })
    }
    // 'close', not 'exit': by then its last words have been read.
    child.once('close', () => reject(new Error(output)))
  })
  return {
    url: `http://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    output: () => output,
    async end(signal) {
      child.kill(signal)
      return exited
    },
  }
}
