import { fromHex, toHex, utf8 } from '../bytes.ts'

const PREFIX = 'zps_'
const SECRET_BYTES = 32
/** How far a sensor's clock may be off. */
export const SIGNATURE_TOLERANCE_MS = 5 * 60_000

/** A new secret for a source's cameras and sensors. */
export function newPlaceSecret(): string {
  return PREFIX + toHex(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)))
}

/** What goes into `X-Zaryad-Signature`: `sha256=` and the HMAC-SHA256, in hex, of the timestamp as it stands in `X-Zaryad-Timestamp` (seconds since 1970), a point and the body's bytes. */
export async function signPlaceReport(secret: string, timestamp: string, body: string): Promise<string> {
  const signature = await crypto.subtle.sign('HMAC', await keyOf(secret, 'sign'), utf8(`${timestamp}.${body}`))
  return `sha256=${toHex(new Uint8Array(signature))}`
}

/** Whether a signature is this secret's; takes as long for a wrong one as for the right one. */
export async function isSignedBy(
  secret: string,
  { signature, timestamp, body }: { signature: string; timestamp: string; body: string },
): Promise<boolean> {
  const digits = /^sha256=([\da-f]{64})$/i.exec(signature)?.[1]
  if (digits === undefined) return false
  return crypto.subtle.verify('HMAC', await keyOf(secret, 'verify'), fromHex(digits), utf8(`${timestamp}.${body}`))
}

function keyOf(secret: string, use: 'sign' | 'verify') {
  return crypto.subtle.importKey('raw', utf8(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [use])
}
