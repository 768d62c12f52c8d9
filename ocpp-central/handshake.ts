import { isStationPassword } from '../db/station-password.ts'
import type { AttemptOutcome } from '../domain/connection-attempt.ts'
import type { OcppProtocol } from '../domain/status.ts'
import type { Central } from './central.ts'

export interface HandshakeRequest {
  /** The request target as it came: a path, or a full URL as some stations write it. */
  path: string
  /** Names from Sec-WebSocket-Protocol, in the station's order. */
  protocols: readonly string[]
  /** The Authorization header. */
  authorization?: string | undefined
  /** Where it comes from, as far as can be told. */
  address?: string | undefined
}

export type HandshakeDecision =
  | { accept: true; stationId: string; protocol: OcppProtocol }
  | { accept: false; status: 400 | 401 | 404; message: string }

const SUPPORTED: readonly OcppProtocol[] = ['ocpp2.1', 'ocpp2.0.1', 'ocpp1.6']
const LONGEST_ID = 48

/**
 * Decides whether a station may connect, before its WebSocket is opened (OCPP-J 1.6 §3, 2.0.1 part 4 §3). A refusal says what to change at
 * the station. 401 should go out with `WWW-Authenticate: Basic`.
 */
export async function decideHandshake(
  central: Pick<Central, 'arrivals' | 'policy' | 'attempts'>,
  request: HandshakeRequest,
): Promise<HandshakeDecision> {
  const { decision, stationId, outcome, isNew } = await decide(central, request)
  // Those who belong here come and go all day; only what somebody may be waiting for, or has to mend, is written down.
  if (!decision.accept || isNew) {
    const { path, protocols, address = 'unknown' } = request
    central.attempts.note({ stationId: stationId ?? null, address, outcome, path, protocols })
  }
  return decision
}

interface Decided {
  decision: HandshakeDecision
  stationId?: string
  outcome: AttemptOutcome
  /** Nobody has approved it yet. */
  isNew?: boolean
}

async function decide(central: Pick<Central, 'arrivals' | 'policy'>, request: HandshakeRequest): Promise<Decided> {
  const stationId = stationIdOf(request.path)
  if (stationId === undefined) {
    const where =
      'Connect to /ocpp/{stationId}, with an id of up to 48 characters without spaces or control characters.'
    return { outcome: 'wrongPath', decision: refuse(404, where) }
  }
  const refused = (outcome: AttemptOutcome, status: 400 | 401 | 404, message: string): Decided => ({
    stationId,
    outcome,
    decision: refuse(status, message),
  })
  const protocol = request.protocols.map((name) => name.trim()).find((name) => isSupported(name))
  if (protocol === undefined) {
    const outcome = request.protocols.length === 0 ? 'noSubprotocol' : 'unsupportedSubprotocol'
    return refused(outcome, 400, protocolHint(request.protocols))
  }
  const accepted = { stationId, outcome: 'accepted', decision: { accept: true, stationId, protocol } } as const
  const station = await central.arrivals.find(stationId)
  if (station === undefined) {
    if (central.policy !== 'known') return { ...accepted, isNew: true }
    const hint = `Station ${stationId} is not known here. Enter it first, or check the id at the end of the address.`
    return refused('unknownStation', 404, hint)
  }
  if (station.passwordHash !== null) {
    const password = passwordFor(stationId, request.authorization)
    if (password === undefined) {
      const outcome = /^Basic\s/i.test(request.authorization ?? '') ? 'userNameWrong' : 'passwordMissing'
      const hint = `Station ${stationId} must give its password (HTTP Basic, the station id as user name).`
      return refused(outcome, 401, hint)
    }
    if (!(await isStationPassword(station.passwordHash, password))) {
      return refused('passwordWrong', 401, `The password given for station ${stationId} is wrong.`)
    }
  }
  // One that was entered beforehand is waited for until it has first introduced itself.
  return { ...accepted, isNew: station.registration !== 'accepted' || station.lastBootAt === null }
}

/**
 * The station's id: the last part of the path below `ocpp`, decoded. Forgives what stations make of an address: a full URL in the request
 * line, double and trailing slashes, an address entered twice, a query. Undefined when there is none that could be an id.
 */
export function stationIdOf(target: string): string | undefined {
  const path = target.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/[?#].*$/s, '')
  const parts = path.split('/').filter((part) => part !== '')
  const last = parts.at(-1)
  if (parts.length < 2 || last === undefined || !parts.slice(0, -1).some((part) => part.toLowerCase() === 'ocpp')) {
    return undefined
  }
  const id = decode(last)?.trim()
  if (id === undefined || id === '' || id.length > LONGEST_ID) return undefined
  // A colon would end the user name of HTTP Basic only in theory: the id is known, so the rest is the password.
  return /^[^\s/\p{C}]+$/u.test(id) ? id : undefined
}

function refuse(status: 400 | 401 | 404, message: string): HandshakeDecision {
  return { accept: false, status, message }
}

function isSupported(name: string): name is OcppProtocol {
  return (SUPPORTED as readonly string[]).includes(name)
}

function protocolHint(offered: readonly string[]): string {
  const ours = SUPPORTED.join(', ')
  if (offered.length === 0) {
    return `The station named no OCPP version. Set its WebSocket subprotocol (Sec-WebSocket-Protocol) to one of: ${ours}.`
  }
  return `The station offers ${offered.slice(0, 8).join(', ')}; spoken here: ${ours}. Choose one of these in its settings.`
}

/** The password's bytes, which need not be text, when the header is Basic and names this station. */
function passwordFor(stationId: string, authorization: string | undefined): Uint8Array<ArrayBuffer> | undefined {
  const encoded = /^Basic\s+([A-Za-z\d+/=]+)\s*$/i.exec(authorization ?? '')?.[1]
  if (encoded === undefined) return undefined
  const bytes = decodeBase64(encoded)
  const user = new TextEncoder().encode(`${stationId}:`)
  if (bytes === undefined || bytes.length < user.length || user.some((byte, i) => bytes[i] !== byte)) return undefined
  return bytes.slice(user.length)
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> | undefined {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part)
  } catch {
    return undefined
  }
}
