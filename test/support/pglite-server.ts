import { once } from 'node:events'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import type { PGlite } from '@electric-sql/pglite'
import { PGLiteSocketHandler, type PGLiteSocketHandlerOptions } from '@electric-sql/pglite-socket'

const QUERY = 'Q'.charCodeAt(0)
const SYNC = 'S'.charCodeAt(0)
/** The first message of a connection has no type; its first byte is the top of its length. */
const STARTUP = 0

/**
 * PGlite on a TCP port for several PostgreSQL clients at once. PGlite is one session, so the clients take turns: one that has begun an
 * exchange (parse, bind, execute … sync) or a transaction keeps its turn to the end of it, like behind a pooler.
 */
export async function servePglite(pglite: PGlite, port = 0): Promise<{ url: string; close(): Promise<void> }> {
  const turns = createTurns()

  /** A client's messages in the order in which they came, even when they came in several pieces. */
  const lastOf = new Map<number, Promise<unknown>>()

  async function execute(client: number, message: Uint8Array, onData: (data: Uint8Array) => void): Promise<number> {
    await turns.take(client)
    let size = 0
    await pglite.runExclusive(() =>
      pglite.execProtocolRawStream(message, {
        onRawData(data) {
          size += data.length
          onData(data)
        },
      }),
    )
    if (endsExchange(message) && !pglite.isInTransaction()) turns.give(client)
    return size
  }

  const queue = {
    enqueue(client: number, message: Uint8Array, onData: (data: Uint8Array) => void): Promise<number> {
      const before = lastOf.get(client) ?? Promise.resolve()
      const done = before.then(() => execute(client, message, onData))
      lastOf.set(
        client,
        done.catch(() => undefined),
      )
      return done
    },
    clearQueueForHandler(client: number): void {
      lastOf.delete(client)
      turns.leave(client)
    },
    async clearTransactionIfNeeded(client: number): Promise<void> {
      if (!turns.has(client)) return
      if (pglite.isInTransaction()) await pglite.exec('rollback')
      turns.give(client)
    },
    getQueueLength: () => 0,
  }

  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket))
    // The handler asks its queue for no more than is written above.
    const queryQueue = queue as unknown as PGLiteSocketHandlerOptions['queryQueue']
    void new PGLiteSocketHandler({ queryQueue, closeOnDetach: true }).attach(socket)
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: got } = server.address() as AddressInfo
  return {
    url: `postgres://postgres@127.0.0.1:${got}/postgres`,
    async close() {
      for (const socket of sockets) socket.destroy()
      server.close()
      await once(server, 'close')
    },
  }
}

function endsExchange(message: Uint8Array): boolean {
  return message[0] === QUERY || message[0] === SYNC || message[0] === STARTUP
}

function createTurns() {
  let owner: number | null = null
  let waiting: { client: number; go: () => void }[] = []

  function next(): void {
    const first = waiting.shift()
    owner = first?.client ?? null
    first?.go()
  }

  return {
    has: (client: number) => owner === client,
    take(client: number): Promise<void> {
      if (owner === null || owner === client) {
        owner = client
        return Promise.resolve()
      }
      return new Promise((go) => waiting.push({ client, go }))
    },
    give(client: number): void {
      if (owner === client) next()
    },
    leave(client: number): void {
      waiting = waiting.filter((one) => one.client !== client)
    },
  }
}
