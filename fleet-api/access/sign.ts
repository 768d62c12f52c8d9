import { utf8 } from '../../domain/bytes.ts'

/** Text with a signature that only who knows the secret can make, and with the moment from which it no longer counts. `purpose` keeps signatures for one thing from counting for another. */
export async function signText(secret: string, purpose: string, text: string, expiresAt: Date): Promise<string> {
  const body = `${Math.floor(expiresAt.getTime() / 1000)}.${toBase64Url(utf8(text))}`
  const signature = await crypto.subtle.sign('HMAC', await keyFor(secret, purpose), utf8(body))
  return `${body}.${toBase64Url(new Uint8Array(signature))}`
}

/** What was signed; null when it was not us, or it is over. */
export async function readSigned(
  secret: string,
  purpose: string,
  signed: string,
  now: Date,
): Promise<{ text: string; expiresAt: Date } | null> {
  const match = /^(\d{1,12})\.([\w-]{1,600})\.([\w-]{43})$/.exec(signed)
  if (match === null) return null
  const [, seconds = '0', text = '', signature = ''] = match
  const genuine = await crypto.subtle.verify(
    'HMAC',
    await keyFor(secret, purpose),
    fromBase64Url(signature),
    utf8(`${seconds}.${text}`),
  )
  const expiresAt = new Date(Number(seconds) * 1000)
  if (!genuine || expiresAt <= now) return null
  return { text: new TextDecoder().decode(fromBase64Url(text)), expiresAt }
}

/** A secret that cannot be guessed, for links: 256 bits. */
export function randomSecret(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(32)))
}

/** A short id that is not guessed either, and is no secret: 96 bits. */
export function randomId(): string {
  return toBase64Url(crypto.getRandomValues(new Uint8Array(12)))
}

/** What is kept of a secret. */
export async function digestOf(secret: string): Promise<string> {
  return toBase64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', utf8(secret))))
}

/** Compares digests, so that neither length nor content shows in the time it takes. */
export async function sameText(one: string, other: string): Promise<boolean> {
  const [a, b] = await Promise.all([digestOf(one), digestOf(other)])
  let difference = 0
  for (let i = 0; i < a.length; i += 1) difference |= a.charCodeAt(i) ^ b.charCodeAt(i)
  return difference === 0
}

function keyFor(secret: string, purpose: string) {
  return crypto.subtle.importKey(
    'raw',
    utf8(`zaryad ${purpose}\n${secret}`),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  )
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
}

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> {
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0))
  } catch {
    return new Uint8Array()
  }
}
