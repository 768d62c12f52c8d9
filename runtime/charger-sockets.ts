import { randomUUID } from 'node:crypto'
import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { noteNoneConnected } from '../db/stations.ts'
import type { StationGateway } from '../domain/ports.ts'
import type { OcppProtocol } from '../domain/status.ts'
import type { Central } from '../ocpp-central/central.ts'
import { openConnection, type Connection } from '../ocpp-central/connection.ts'
import { decideHandshake } from '../ocpp-central/handshake.ts'
import { createTurns } from '../ocpp-central/turns.ts'
import { forwardedAddress } from './client-address.ts'

export interface ChargerSockets {
  gateway: StationGateway
  /** Closes every socket and resolves when everything that was heard is in the database. */
  close(): Promise<void>
}

export interface ChargerSocketOptions {
  /** How often a silent station is pinged, and how long a socket may stay dead, in real milliseconds. */
  pingEveryMs?: number
  deadAfterMs?: number
  /** Proxies in front, each of which adds the address before it to X-Forwarded-For; none when left out. */
  trustedProxies?: number
}

interface Socket {
  stationId: string
  ws: WebSocket
  connection: Connection
  /** Real time of the last sign of life: any message or pong counts, since not every station answers pings. */
  aliveAt: number
  answersPings: boolean
  closed: Promise<void>
}

const LARGEST_MESSAGE = 4_000_000
/** So many stations are let in at once. The others wait at the door, where waiting costs nearly nothing. */
const MOST_ARRIVING = 100
const CLOSE_GOING_AWAY = 1001
const CLOSE_UNSUPPORTED = 1003
const CLOSE_REPLACED = 4001
/** The first byte of a TLS connection: a record of type handshake (RFC 8446 §5.1). */
const TLS_HANDSHAKE = 0x16

/** Takes the WebSocket upgrades on `/ocpp/…` of an HTTP server; the newest socket of a station is the one that counts. */
export function attachChargerSockets(
  server: Server,
  central: Central,
  options: ChargerSocketOptions = {},
): ChargerSockets {
  const { pingEveryMs = 60_000 } = options
  // A station that never answered a ping still sends its heartbeats.
  const silentMs = Math.max(options.deadAfterMs ?? pingEveryMs * 2.5, central.heartbeatSeconds * 2500)
  const deadAfterMs = options.deadAfterMs ?? pingEveryMs * 2.5
  const chosen = new WeakMap<IncomingMessage, OcppProtocol>()
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: LARGEST_MESSAGE,
    perMessageDeflate: false,
    handleProtocols: (_offered, request) => chosen.get(request) ?? false,
  })
  const sockets = new Map<string, Socket>()
  const closing = new Set<Promise<void>>()
  const door = createTurns(MOST_ARRIVING)
  let isClosing = false
  const ready = noteNoneConnected(central.db, central.now())
  ready.catch((error: unknown) => central.log.error({ error }, 'could not mark stations as not connected'))

  async function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    const decision = await decideHandshake(central, {
      path: request.url ?? '',
      protocols: (request.headers['sec-websocket-protocol'] ?? '').split(',').filter((name) => name.trim() !== ''),
      authorization: request.headers.authorization,
      address: addressOf(request),
    })
    if (!decision.accept) {
      central.log.warn({ path: request.url, status: decision.status }, `station refused: ${decision.message}`)
      refuse(stream, decision.status, decision.message)
      return
    }
    await ready
    if (isClosing || stream.destroyed) {
      stream.destroy()
      return
    }
    chosen.set(request, decision.protocol)
    const noted = Promise.withResolvers<unknown>()
    stream.once('close', noted.resolve)
    webSockets.handleUpgrade(request, stream, head, (ws) => {
      noted.resolve(open(ws, decision.stationId, decision.protocol).opened)
    })
    await noted.promise
    // Behind what the stations before it have to say, so that no more come in than are served.
    await central.turns.inTurn(async () => undefined)
  }

  function open(ws: WebSocket, stationId: string, protocol: OcppProtocol): Connection {
    const before = sockets.get(stationId)
    const connection = openConnection(central, {
      stationId,
      protocol,
      connectionId: randomUUID(),
      transport: {
        send: (text) => ws.send(text),
        close: (code, reason) => ws.close(code, reason),
      },
      ...(before === undefined ? {} : { after: before.closed }),
    })
    const gone = Promise.withResolvers<void>()
    const socket: Socket = {
      stationId,
      ws,
      connection,
      aliveAt: performance.now(),
      answersPings: false,
      closed: gone.promise,
    }
    sockets.set(stationId, socket)
    closing.add(gone.promise)
    void gone.promise.finally(() => closing.delete(gone.promise))

    ws.on('message', (data, isBinary) => {
      socket.aliveAt = performance.now()
      if (isBinary) ws.close(CLOSE_UNSUPPORTED, 'OCPP messages are text, not binary')
      else connection.receive(String(data))
    })
    ws.on('pong', () => {
      socket.aliveAt = performance.now()
      socket.answersPings = true
    })
    ws.on('error', (error) => central.log.warn({ stationId, error: error.message }, 'socket error'))
    ws.on('close', () => end(socket, gone.resolve))
    if (before !== undefined) retire(before)
    return connection
  }

  function end(socket: Socket, resolve: () => void): void {
    if (sockets.get(socket.stationId) === socket) sockets.delete(socket.stationId)
    socket.connection
      .closed()
      .catch((error: unknown) => central.log.error({ stationId: socket.stationId, error }, 'could not note the end'))
      .finally(resolve)
  }

  /** The old socket is most likely dead, so nobody waits for it to say goodbye. */
  function retire(socket: Socket): void {
    socket.ws.close(CLOSE_REPLACED, 'replaced by a newer connection')
    setTimeout(() => socket.ws.terminate(), 1000).unref()
  }

  const keepalive = setInterval(() => {
    const now = performance.now()
    for (const { ws, aliveAt, answersPings } of sockets.values()) {
      const silent = now - aliveAt
      if (silent > (answersPings ? deadAfterMs : silentMs)) ws.terminate()
      else if (silent >= pingEveryMs / 2 && ws.readyState === ws.OPEN) ws.ping()
    }
  }, pingEveryMs)
  keepalive.unref()

  const addressOf = (request: IncomingMessage): string => {
    const header = request.headers['x-forwarded-for']
    const forwarded = forwardedAddress(
      typeof header === 'string' ? header : header?.join(','),
      options.trustedProxies ?? 0,
    )
    return forwarded ?? request.socket.remoteAddress ?? 'unknown'
  }

  /** Node's own answer, and a note when what came was TLS: the charger was given wss:// for a port that speaks ws://. */
  const onClientError = (error: Error & { rawPacket?: Buffer; bytesParsed?: number }, stream: Duplex): void => {
    if (error.bytesParsed === 0 && error.rawPacket?.[0] === TLS_HANDSHAKE) {
      const address =
        'remoteAddress' in stream && typeof stream.remoteAddress === 'string' ? stream.remoteAddress : 'unknown'
      central.attempts.note({ stationId: null, address, outcome: 'tlsOnPlainPort', path: '', protocols: [] })
    }
    if (stream.writable) stream.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n')
    else stream.destroy()
  }
  server.on('clientError', onClientError)

  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    stream.on('error', () => stream.destroy())
    const enter = async (): Promise<void> => {
      // It may have given up while it waited.
      if (!stream.destroyed) await upgrade(request, stream, head)
    }
    door.inTurn(enter).catch((error: unknown) => {
      central.log.error({ error }, 'handshake failed')
      refuse(stream, 503, 'The database is not available, try again.')
    })
  }
  server.on('upgrade', onUpgrade)

  return {
    gateway: {
      send(stationId, command) {
        const socket = sockets.get(stationId)
        return socket === undefined ? Promise.resolve({ outcome: 'offline' }) : socket.connection.send(command)
      },
    },
    async close() {
      isClosing = true
      clearInterval(keepalive)
      server.off('upgrade', onUpgrade)
      server.off('clientError', onClientError)
      await ready.catch(() => undefined)
      for (const { ws } of sockets.values()) {
        ws.close(CLOSE_GOING_AWAY, 'the server stops')
        setTimeout(() => ws.terminate(), 500).unref()
      }
      await Promise.all(closing)
      await central.attempts.flush()
      await central.journal.flush()
    },
  }
}

const REASON: Record<number, string> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  404: 'Not Found',
  503: 'Service Unavailable',
}

function refuse(stream: Duplex, status: number, message: string): void {
  const body = `${message}\n`
  stream.end(
    [
      `HTTP/1.1 ${status} ${REASON[status] ?? ''}`,
      'Content-Type: text/plain; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      ...(status === 401 ? ['WWW-Authenticate: Basic realm="OCPP"'] : []),
      '',
      body,
    ].join('\r\n'),
  )
}
