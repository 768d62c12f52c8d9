import { fromHex, toHex, utf8 } from '../domain/bytes.ts'

/** PBKDF2 rounds. A station's key is random, unlike a person's password, and ten thousand stations may reconnect in one minute. */
const ITERATIONS = 10_000

/** A hash to keep in place of a station's Basic-auth password: `pbkdf2-sha256$rounds$salt$hash`. */
export async function hashStationPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const hash = await derive(utf8(password), salt, ITERATIONS)
  return `pbkdf2-sha256$${ITERATIONS}$${toHex(salt)}$${toHex(hash)}`
}

/**
 * Whether these bytes are the password. A key that was configured as hexadecimal (1.6 AuthorizationKey) arrives as the bytes that it
 * stands for, so those are also tried as their hexadecimal text.
 */
export async function isStationPassword(stored: string, given: Uint8Array<ArrayBuffer>): Promise<boolean> {
  if (await matches(stored, given)) return true
  if (given.length < 8 || given.length > 20) return false
  const hex = toHex(given)
  return (await matches(stored, utf8(hex))) || (await matches(stored, utf8(hex.toUpperCase())))
}

async function matches(stored: string, given: Uint8Array<ArrayBuffer>): Promise<boolean> {
  const [scheme, rounds, salt, hash] = stored.split('$')
  if (scheme !== 'pbkdf2-sha256' || rounds === undefined || salt === undefined || hash === undefined) return false
  const derived = toHex(await derive(given, fromHex(salt), Number(rounds)))
  let difference = derived.length ^ hash.length
  for (let i = 0; i < derived.length; i += 1) difference |= derived.charCodeAt(i) ^ hash.charCodeAt(i)
  return difference === 0
}

async function derive(
  password: Uint8Array<ArrayBuffer>,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', password, 'PBKDF2', false, ['deriveBits'])
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, key, 256))
}
