const PREFIX = 'whsec_'
const SECRET_BYTES = 32

/** A new secret as Standard Webhooks writes them: `whsec_` and 32 random bytes in base64. */
export function newWebhookSecret(): string {
  return PREFIX + btoa(String.fromCodePoint(...crypto.getRandomValues(new Uint8Array(SECRET_BYTES))))
}

export interface SignedHeaders {
  'webhook-id': string
  'webhook-timestamp': string
  'webhook-signature': string
}

/**
 * The headers that prove where a message comes from: HMAC-SHA256 over `id.timestamp.body`, base64, version `v1` (Standard Webhooks 1.0,
 * standardwebhooks.com). Receivers refuse timestamps more than five minutes off and remember ids, so that nothing can be played again.
 */
export async function signWebhook(
  secret: string,
  message: { id: string; body: string; at: Date },
): Promise<SignedHeaders> {
  const seconds = String(Math.floor(message.at.getTime() / 1000))
  const bytes = Uint8Array.from(atob(secret.slice(PREFIX.length)), (char) => char.codePointAt(0) ?? 0)
  const key = await crypto.subtle.importKey('raw', bytes, { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  const signed = new TextEncoder().encode(`${message.id}.${seconds}.${message.body}`)
  const signature = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed))
  return {
    'webhook-id': message.id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${btoa(String.fromCodePoint(...signature))}`,
  }
}
