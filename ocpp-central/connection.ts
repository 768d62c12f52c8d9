import type { Command, CommandOutcome } from '../domain/command.ts'
import type { OcppProtocol, Registration } from '../domain/status.ts'
import { answerCall, liesInTheMessage } from './answer-call.ts'
import { callContext, heardOf } from './call-context.ts'
import { CallError } from './call-error.ts'
import { createCallQueue } from './call-queue.ts'
import { capabilityNames } from './capabilities.ts'
import type { Central } from './central.ts'
import { runCommand } from './commands/commands.ts'
import { errorFrame, parseFrame, resultFrame, type Frame } from './frame.ts'
import { logEntry } from './log-entry.ts'
import { createReplyCache } from './reply-cache.ts'
import { createSessionCache } from './session-cache.ts'

/** The wire under a connection: a WebSocket of whatever platform. */
export interface Transport {
  send(text: string): void
  close(code: number, reason: string): void
}

export interface ConnectionOptions {
  stationId: string
  protocol: OcppProtocol
  /** Names the socket, so that the end of an old one does not touch a newer one of the same station. */
  connectionId: string
  transport: Transport
  /** Resolves when the connection that this one replaces has come to rest. */
  after?: Promise<void>
}

/** One station's conversation over one socket. */
export interface Connection {
  readonly stationId: string
  readonly connectionId: string
  /** Resolves when the station is noted as connected; false when that failed. */
  readonly opened: Promise<boolean>
  /** Takes one text message. Never throws; calls are handled in order, answers to our own calls at once. */
  receive(text: string): void
  /** See StationGateway. */
  send(command: Command): Promise<CommandOutcome>
  /** To be called when the socket has closed, for whatever reason. Resolves when everything is written down. */
  closed(): Promise<void>
}

const LONGEST_MESSAGE = 1_000_000
const MOST_QUEUED = 256
const MOST_BAD_IN_A_ROW = 20

const CLOSE_PROTOCOL_ERROR = 1002
const CLOSE_POLICY = 1008
const CLOSE_TOO_BIG = 1009
const CLOSE_INTERNAL = 1011
const CLOSE_UNRESPONSIVE = 4000

type Call = Extract<Frame, { kind: 'call' }>

/**
 * Starts a conversation. The first thing done is to note the station as connected; messages wait for that. A message whose data could not
 * be stored is not answered and the socket is closed, so that the station sends it again later.
 */
export function openConnection(central: Central, options: ConnectionOptions): Connection {
  const { db, journal, arrivals, log } = central
  const { stationId, protocol, connectionId, transport } = options
  const sessions = createSessionCache(db, stationId)
  const replies = createReplyCache()
  const asked = new Set<string>()
  const queue: { frame: Call; text: string; receivedAt: Date }[] = []
  let draining: Promise<void> | undefined
  const state = {
    closed: false,
    badInARow: 0,
    registration: 'pending' as Registration,
    neverBooted: false,
    skewMs: null as number | null,
  }

  const calls = createCallQueue({
    timeoutMs: central.callTimeoutMs,
    send(text, id, action) {
      keepFrame('out', { kind: 'call', id, action }, text)
      transport.send(text)
    },
    unresponsive() {
      log.warn({ stationId }, 'station answers no calls, closing its connection')
      transport.close(CLOSE_UNRESPONSIVE, 'no answer to calls')
    },
  })

  /** Frames that nobody's answer waits for. */
  function keepFrame(direction: 'in' | 'out', frame: Parameters<typeof logEntry>[1]['frame'], text: string): void {
    const at = central.now()
    const heard = direction === 'in' ? [{ stationId, at }] : []
    journal
      .write({ frames: [logEntry(stationId, { direction, frame, text, at })], heard })
      .catch((error: unknown) => log.error({ stationId, error }, 'could not write to the message log'))
  }

  async function open(): Promise<void> {
    await options.after
    const station = await arrivals.connected({
      stationId,
      connectionId,
      protocol,
      at: central.now(),
      enterUnknown: central.policy === 'open',
    })
    state.registration = station?.registration ?? 'pending'
    state.neverBooted = station === undefined || station.lastBootAt === null
    state.skewMs = station?.clockSkewMs ?? null
  }
  const opened = open().then(
    () => true,
    (error: unknown) => {
      log.error({ stationId, error }, 'could not note the connection')
      transport.close(CLOSE_INTERNAL, 'database not available')
      return false
    },
  )

  const lasting = {
    db,
    arrivals,
    now: central.now,
    policy: central.policy,
    heartbeatSeconds: central.heartbeatSeconds,
    stationId,
    protocol,
    connectionId,
    sessions,
    wasAskedFor: (action: string) => asked.has(action),
    registration: (decided: Registration) => void (state.registration = decided),
  }

  async function drain(): Promise<void> {
    if (!(await opened)) return
    for (let next = queue.shift(); next !== undefined && !state.closed; next = queue.shift()) {
      try {
        await handle(next.frame, next.text, next.receivedAt)
      } catch (error) {
        log.error({ stationId, action: next.frame.action, error }, 'message not stored, closing the connection')
        transport.close(CLOSE_INTERNAL, 'not stored, send again')
        queue.length = 0
      }
    }
    draining = undefined
  }

  async function handle(frame: Call, text: string, receivedAt: Date): Promise<void> {
    const { context, gathered } = callContext(lasting, { receivedAt, quirks: frame.quirks, skewMs: state.skewMs })
    const spoken = (answer: string, code: string | null) => {
      const answered = { kind: code === null ? 'result' : 'error', id: frame.id, action: frame.action } as const
      return [
        logEntry(stationId, { direction: 'in', frame, text, at: receivedAt }),
        logEntry(stationId, {
          direction: 'out',
          frame: { ...answered, errorCode: code },
          text: answer,
          at: central.now(),
        }),
      ]
    }
    let reply = replies.find(frame.id, text)
    let errorCode: string | null = null
    if (reply === undefined) {
      const answer = await answerCall(context, frame, { mayPass, log, turns: central.turns })
      if (answer instanceof CallError) {
        errorCode = answer.code
        reply = errorFrame(protocol, frame.id, answer)
      } else {
        reply = resultFrame(frame.id, answer)
      }
    } else {
      context.quirk('resentMessage')
    }
    const heard = [heardOf(stationId, receivedAt, gathered)]
    const { samples, latest, settle } = gathered
    try {
      await journal.write({ frames: spoken(reply, errorCode), samples, latest, heard, settle })
    } catch (error) {
      if (!liesInTheMessage(error)) throw error
      // Closing the connection would have the station send it again, for ever.
      log.error({ stationId, action: frame.action, error }, 'samples could not be stored')
      const refusal = new CallError('InternalError', 'the message could not be stored')
      errorCode = refusal.code
      reply = errorFrame(protocol, frame.id, refusal)
      await journal.write({ frames: spoken(reply, errorCode), heard })
    }
    if (state.closed) return
    transport.send(reply)
    if (errorCode === null) replies.keep(frame.id, text, reply)
    state.skewMs = gathered.clockSkewMs ?? state.skewMs
    followUp(frame.action)
  }

  /** Stations that are not accepted may say who they are, and what they were asked for (1.6 §4.2, 2.0.1 B02, B03). */
  async function mayPass(action: string): Promise<boolean> {
    if (action === 'BootNotification' || state.registration === 'accepted') return true
    state.registration = (await arrivals.find(stationId))?.registration ?? 'pending'
    if (state.registration === 'accepted') return true
    return state.registration === 'pending' && (asked.has(action) || action === 'NotifyReport')
  }

  function followUp(action: string): void {
    if (action === 'BootNotification') {
      const restarted = !asked.delete('BootNotification')
      state.neverBooted = false
      if (state.registration === 'accepted' && restarted) {
        sendUnasked({ type: 'getVariables', names: capabilityNames(protocol) })
      }
    } else if (state.neverBooted) {
      state.neverBooted = false
      sendUnasked({ type: 'trigger', message: 'BootNotification' })
    }
  }

  async function send(command: Command): Promise<CommandOutcome> {
    if (state.closed) return { outcome: 'offline' }
    // Before it is sent: what was asked for may come as fast as the answer.
    if (command.type === 'trigger') asked.add(command.message)
    const outcome = await runCommand({ db, now: central.now, stationId, protocol, call: calls.call }, command)
    const refused = outcome.outcome !== 'answered' || !outcome.accepted
    if (command.type === 'trigger' && refused) asked.delete(command.message)
    return outcome
  }

  /** Sends what the connection itself wants to know. */
  function sendUnasked(command: Command): void {
    send(command).catch((error: unknown) => log.error({ stationId, error }, `${command.type} failed`))
  }

  function rejectFrame(reason: string, reply: string | undefined, text: string): void {
    keepFrame('in', { kind: 'bad' }, text)
    log.warn({ stationId, reason }, 'not an OCPP message')
    state.badInARow += 1
    if (state.badInARow > MOST_BAD_IN_A_ROW) {
      transport.close(CLOSE_PROTOCOL_ERROR, 'too many messages that are not OCPP')
    } else if (reply !== undefined) {
      keepFrame('out', { kind: 'error' }, reply)
      transport.send(reply)
    }
  }

  return {
    stationId,
    connectionId,
    opened,
    send,
    receive(raw) {
      // Some stations end their messages with a NUL or begin them with a byte order mark.
      const text = raw.replaceAll(/^\uFEFF|\0/g, '')
      if (state.closed || text.trim() === '') return
      if (text.length > LONGEST_MESSAGE) {
        transport.close(CLOSE_TOO_BIG, `a message may have ${LONGEST_MESSAGE} characters`)
        return
      }
      const frame = parseFrame(protocol, text)
      if (frame.kind === 'bad') {
        rejectFrame(frame.reason, frame.reply, text)
        return
      }
      state.badInARow = 0
      if (frame.kind === 'call') {
        if (queue.length >= MOST_QUEUED) {
          transport.close(CLOSE_POLICY, 'too many messages at once')
          return
        }
        queue.push({ frame, text, receivedAt: central.now() })
        draining ??= drain()
        return
      }
      keepFrame('in', frame, text)
      if (frame.kind === 'ignored') log.info({ stationId, reason: frame.reason }, 'message ignored')
      else if (!calls.settle(frame)) log.info({ stationId, messageId: frame.id }, 'answer to no open call, discarded')
    },
    async closed() {
      if (state.closed) return
      state.closed = true
      queue.length = 0
      calls.close()
      await opened
      await draining
      await arrivals.disconnected({ stationId, connectionId, at: central.now() })
    },
  }
}
