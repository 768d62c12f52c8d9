import { say, type Sentence } from './sentences/sentence.ts'

/** Where the server itself may send things that people configured. */
export interface OutboundRules {
  /** Plain HTTP and addresses of private networks are allowed: for a depot whose other systems stand beside this one. */
  allowPrivate: boolean
  /** Plain HTTP to this machine itself is allowed, and to no other private address: for two demos side by side. */
  allowLoopback?: boolean
}

const LONGEST = 2_000
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * Why the server must not send to an address; null: it may. Whoever may enter addresses must not reach
 * with the server's arms what only the server can reach (OWASP: server-side request forgery). It judges the address as written; a
 * public name that leads to a private address is the firewall's to stop.
 */
export function outboundProblem(
  address: string,
  { allowPrivate, allowLoopback = false }: OutboundRules,
): Sentence | null {
  if (address.length > LONGEST) return say('addressTooLong', { n: LONGEST })
  const url = URL.parse(address)
  if (url === null) return say('addressNoUrl')
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return say('addressNotHttps')
  if (url.username !== '' || url.password !== '') return say('addressWithName')
  if (allowPrivate || (allowLoopback && LOOPBACK.has(url.hostname))) return null
  if (url.protocol !== 'https:') return say('addressPlainHttp')
  if (isPrivateHost(url.hostname)) return say('addressPrivate')
  return null
}

function isPrivateHost(hostname: string): boolean {
  const host = hostname.toLowerCase().replace(/\.$/, '')
  if (host.startsWith('[')) return isPrivateIpv6(host.slice(1, -1))
  if (/^\d+\.\d+\.\d+\.\d+$/.test(host)) return isPrivateIpv4(host)
  // A name without a dot is looked up in the machine's own domain.
  return !host.includes('.') || /\.(localhost|local|internal|lan|home\.arpa)$/.test(host)
}

/** The URL parser has already written every form of an IPv4 address with four decimal numbers. */
function isPrivateIpv4(host: string): boolean {
  const [a = 0, b = 0] = host.split('.').map(Number)
  return (
    a === 0 ||
    a === 10 ||
    a === 127 ||
    a >= 224 ||
    (a === 100 && b >= 64 && b < 128) ||
    (a === 169 && b === 254) ||
    (a === 172 && b >= 16 && b < 32) ||
    (a === 192 && (b === 168 || b === 0)) ||
    (a === 198 && (b === 18 || b === 19))
  )
}

/** Only 2000::/3 is public; of that not what wraps an IPv4 address (6to4, Teredo). */
function isPrivateIpv6(host: string): boolean {
  return !/^[23]/.test(host) || /^(2002:|2001:0?:|2001::)/.test(host)
}
