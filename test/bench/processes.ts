import { fork, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import pg from 'pg'

const LOCAL_SERVER = 'postgres://root@127.0.0.1:5432/postgres'

export interface Usage {
  rssBytes: number
  cpuSeconds: number
}

/** A server under measurement, in a process of its own. */
export interface MeasuredServer {
  name: string
  port: number
  usage(): Promise<Usage>
  end(): Promise<void>
}

/** Starts a file of this folder that tells its port and answers `usage` and `end`. */
export async function startMeasured(name: string, file: string, args: readonly string[]): Promise<MeasuredServer> {
  const child = startProcess(file, args)
  const { port } = await answerOf<{ port: number }>(child, 'port')
  return {
    name,
    port,
    async usage() {
      const answer = answerOf<{ usage: Usage }>(child, 'usage')
      child.send('usage')
      return (await answer).usage
    },
    async end() {
      if (child.exitCode !== null) return
      const ended = once(child, 'exit')
      child.send('end')
      await ended
    },
  }
}

export function startProcess(file: string, args: readonly string[]): ChildProcess {
  return fork(fileURLToPath(new URL(file, import.meta.url)), [...args], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
}

function answerOf<Answer extends object>(child: ChildProcess, key: string): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const failed = (): void => reject(new Error('a process of the bench ended early'))
    const take = (told: object): void => {
      if (!(key in told)) return
      child.off('message', take)
      child.off('exit', failed)
      resolve(told as Answer)
    }
    child.on('message', take)
    child.once('exit', failed)
  })
}

/** A PostgreSQL to measure on: the one that the environment names, else the machine's own when it answers; null: none. */
export async function findPostgres(): Promise<string | null> {
  const named = process.env['TEST_DATABASE_URL'] ?? process.env['DATABASE_URL']
  if (named !== undefined && named !== '') return named
  const client = new pg.Client({ connectionString: LOCAL_SERVER, connectionTimeoutMillis: 1000 })
  try {
    await client.connect()
    await client.end()
    return LOCAL_SERVER
  } catch {
    return null
  }
}
