import { fromHex, toHex, utf8 } from '../domain/bytes.ts'

/** Name of the session cookie. */
export const COOKIE = 'zaryad_session'
export const SESSION_SECONDS = 30 * 24 * 3600

/** A session: until when it is good, signed with a key drawn from the admin key, so that a new admin key ends every session. */
export async function issueSession(adminKey: string, expiresAt: Date): Promise<string> {
  const body = `v1.${Math.floor(expiresAt.getTime() / 1000)}.${crypto.randomUUID()}`
  const signature = await crypto.subtle.sign('HMAC', await signingKey(adminKey), utf8(body))
  return `${body}.${toHex(new Uint8Array(signature))}`
}

/** Whether a cookie's value is one of ours and not yet over. */
export async function isValidSession(adminKey: string, cookie: string, now: Date): Promise<boolean> {
  const match = /^(v1\.(\d{1,12})\.[0-9a-f-]{36})\.([0-9a-f]{64})$/.exec(cookie)
  if (match === null) return false
  const [, body = '', seconds = '0', signature = ''] = match
  const genuine = await crypto.subtle.verify('HMAC', await signingKey(adminKey), fromHex(signature), utf8(body))
  return genuine && Number(seconds) * 1000 > now.getTime()
}

function signingKey(adminKey: string) {
  return crypto.subtle.importKey('raw', utf8(`zaryad session\n${adminKey}`), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ])
}
