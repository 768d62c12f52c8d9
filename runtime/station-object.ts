import { DurableObject } from 'cloudflare:workers'
import type { Command, CommandOutcome } from '../domain/command.ts'
import type { Central } from '../ocpp-central/central.ts'
import { openConnection, type Connection } from '../ocpp-central/connection.ts'
import { openHyperdrive } from './worker-database.ts'
import { IDENTITY_HEADER, workerCentral, type SocketIdentity, type WorkerEnvironment } from './worker-environment.ts'

const CLOSE_REPLACED = 1008

/**
 * One charging station on Cloudflare: it keeps the station's socket, also while it sleeps between messages, and passes commands to it.
 * The handshake has been decided before a request gets here (see `worker.ts`).
 */
export class StationObject extends DurableObject<WorkerEnvironment> {
  readonly #central: Central
  readonly #connections = new Map<WebSocket, Connection>()

  constructor(state: DurableObjectState, environment: WorkerEnvironment) {
    super(state, environment)
    this.#central = workerCentral(environment, openHyperdrive(environment.DATABASE.connectionString))
  }

  override async fetch(request: Request): Promise<Response> {
    const identity = JSON.parse(decodeURIComponent(request.headers.get(IDENTITY_HEADER) ?? '')) as SocketIdentity
    const { 0: client, 1: socket } = new WebSocketPair()
    const replaced = this.ctx.getWebSockets()
    this.ctx.acceptWebSocket(socket)
    socket.serializeAttachment(identity)
    const after = Promise.all(replaced.map((old) => this.#replace(old)))
    this.#connectionOf(
      socket,
      after.then(() => undefined),
    )
    return new Response(null, {
      status: 101,
      webSocket: client,
      headers: { 'sec-websocket-protocol': identity.protocol },
    })
  }

  override webSocketMessage(socket: WebSocket, message: string | ArrayBuffer): void {
    const text = typeof message === 'string' ? message : new TextDecoder().decode(message)
    this.#connectionOf(socket)?.receive(text)
  }

  override async webSocketClose(socket: WebSocket): Promise<void> {
    // The platform leaves it to us to answer the station's goodbye.
    socket.close()
    await this.#end(socket)
  }

  override async webSocketError(socket: WebSocket): Promise<void> {
    await this.#end(socket)
  }

  /** Called by the scheduler and the API from other objects and requests: resolves with the station's own answer. */
  async send(command: Command): Promise<CommandOutcome> {
    const socket = this.ctx.getWebSockets().find((one) => one.readyState === WebSocket.OPEN && identityOf(one) !== null)
    const connection = socket === undefined ? null : this.#connectionOf(socket)
    return connection === null ? { outcome: 'offline' } : connection.send(command)
  }

  async #end(socket: WebSocket): Promise<void> {
    const connection = this.#connectionOf(socket)
    this.#connections.delete(socket)
    await connection?.closed()
  }

  /** The newest socket wins; whatever still comes from the old one is nobody's. */
  async #replace(old: WebSocket): Promise<void> {
    const connection = this.#connectionOf(old)
    old.serializeAttachment(null)
    this.#connections.delete(old)
    old.close(CLOSE_REPLACED, 'replaced by a newer connection')
    await connection?.closed()
  }

  /** The conversation over a socket; after a sleep it goes on from what the socket carries. null: the socket was replaced. */
  #connectionOf(socket: WebSocket, after?: Promise<void>): Connection | null {
    const identity = identityOf(socket)
    if (identity === null) return null
    const standing = this.#connections.get(socket)
    if (standing !== undefined) return standing
    const connection = openConnection(this.#central, {
      ...identity,
      transport: {
        send: (text) => socket.send(text),
        close: (code, reason) => socket.close(code, reason),
      },
      ...(after === undefined ? {} : { after }),
    })
    this.#connections.set(socket, connection)
    return connection
  }
}

function identityOf(socket: WebSocket): SocketIdentity | null {
  return socket.deserializeAttachment() as SocketIdentity | null
}
