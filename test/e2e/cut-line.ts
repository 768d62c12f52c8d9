import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface CutLine {
  url: string
  /** From now on nothing comes through, as in a yard without reception. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

/** A line to a server that can be cut: browsers let service workers past their own offline switch, but nobody past this. */
export async function lineTo(server: string): Promise<CutLine> {
  const { hostname, port } = new URL(server)
  const sockets = new Set<Socket>()
  let whole = true
  const proxy = createServer((inner) => {
    if (!whole) {
      inner.destroy()
      return
    }
    const outer = connect(Number(port), hostname)
    for (const [socket, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(socket)
      socket.on('error', () => other.destroy())
      socket.on('close', () => {
        sockets.delete(socket)
        other.destroy()
      })
      socket.pipe(other)
    }
  })
  proxy.listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    cut() {
      whole = false
      for (const socket of sockets) socket.destroy()
    },
    mend() {
      whole = true
    },
    async close() {
      for (const socket of sockets) socket.destroy()
      proxy.close()
      await once(proxy, 'close')
    },
  }
}
