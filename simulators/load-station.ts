import { WebSocket } from 'ws'
import type { JsonObject } from '../domain/command.ts'

const CONNECT_TIMEOUT_MS = 30_000
const CALL_TIMEOUT_MS = 30_000

/** A refusal, a timeout or a broken line, named for the list of errors. */
export class LoadError extends Error {}

/** The least that is a station to a central system: frames over a bare socket, one call at a time. A thousand of them fit in one process. */
export class LoadStation {
  readonly #socket: WebSocket
  #waiting: {
    id: string
    resolve(response: JsonObject): void
    reject(error: Error): void
    timer: NodeJS.Timeout
  } | null = null
  #lastId = 0

  private constructor(socket: WebSocket) {
    this.#socket = socket
    socket.on('message', (data) => this.#receive(String(data)))
    socket.on('close', (code) => this.#fail(new LoadError(`closed by the server (${code})`)))
    socket.on('error', () => socket.terminate())
  }

  static open(url: string, stationId: string, protocol: string): Promise<LoadStation> {
    return new Promise((resolve, reject) => {
      const socket = new WebSocket(`${url}/${encodeURIComponent(stationId)}`, [protocol], {
        perMessageDeflate: false,
        handshakeTimeout: CONNECT_TIMEOUT_MS,
      })
      socket.once('open', () => resolve(new LoadStation(socket)))
      socket.once('error', (error) => reject(new LoadError(`not connected: ${error.message || 'refused'}`)))
    })
  }

  get open(): boolean {
    return this.#socket.readyState === WebSocket.OPEN
  }

  /** Rejects with `LoadError` for a CALLERROR, after 30 s of silence, or when the line goes. */
  call(action: string, payload: JsonObject): Promise<JsonObject> {
    if (this.#waiting !== null) throw new Error('one call at a time')
    return new Promise((resolve, reject) => {
      if (!this.open) {
        reject(new LoadError('the line is down'))
        return
      }
      this.#lastId += 1
      const id = String(this.#lastId)
      const timer = setTimeout(() => this.#fail(new LoadError(`${action}: no answer in 30 s`)), CALL_TIMEOUT_MS)
      this.#waiting = { id, resolve, reject, timer }
      this.#socket.send(JSON.stringify([2, id, action, payload]))
    })
  }

  close(): void {
    this.#socket.close(1000)
  }

  #receive(text: string): void {
    const frame: unknown = JSON.parse(text)
    if (!Array.isArray(frame)) return
    const [type, id, ...rest] = frame as unknown[]
    // What a central system asks of its stations is answered too, if shortly: silence would stall it.
    if (type === 2) this.#socket.send(JSON.stringify([4, id, 'NotSupported', 'load station', {}]))
    else if (this.#waiting?.id === id && type === 3) this.#settle()?.resolve(rest[0] as JsonObject)
    else if (this.#waiting?.id === id && type === 4) this.#fail(new LoadError(`CALLERROR ${String(rest[0])}`))
  }

  #settle() {
    const waiting = this.#waiting
    this.#waiting = null
    if (waiting !== null) clearTimeout(waiting.timer)
    return waiting
  }

  #fail(error: Error): void {
    this.#settle()?.reject(error)
  }
}
