import { createHash, createSign, generateKeyPairSync, randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** An identity provider on loopback: discovery, authorization code with PKCE, ID tokens signed with RS256. Everybody who asks is `person`. */
export interface OidcProvider {
  issuer: string
  /** Who signs on next. */
  person: { sub: string; email: string; email_verified: boolean; name: string }
  /** What is wrong with the ID tokens from now on. */
  trouble: 'wrongKey' | 'wrongNonce' | 'wrongAudience' | null
  close(): Promise<void>
}

export const CLIENT = { clientId: 'zaryad', clientSecret: 'provider-secret' }

export async function startOidcProvider(): Promise<OidcProvider> {
  const keys = [1, 2].map(() => generateKeyPairSync('rsa', { modulusLength: 2048 }))
  const codes = new Map<string, { nonce: string | null; challenge: string | null; redirectUri: string | null }>()
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', provider.issuer)
    const json = (body: unknown, status = 200) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(body))
    if (url.pathname === '/.well-known/openid-configuration')
      return json({
        issuer: provider.issuer,
        authorization_endpoint: `${provider.issuer}/authorize`,
        token_endpoint: `${provider.issuer}/token`,
        jwks_uri: `${provider.issuer}/jwks`,
        id_token_signing_alg_values_supported: ['RS256'],
      })
    if (url.pathname === '/jwks')
      return json({ keys: [{ ...keys[0]?.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' }] })
    if (url.pathname === '/authorize') {
      const code = randomUUID()
      const redirectUri = url.searchParams.get('redirect_uri')
      codes.set(code, {
        nonce: url.searchParams.get('nonce'),
        challenge: url.searchParams.get('code_challenge'),
        redirectUri,
      })
      const back = new URL(redirectUri ?? '')
      back.searchParams.set('code', code)
      back.searchParams.set('state', url.searchParams.get('state') ?? '')
      return response.writeHead(302, { Location: back.href }).end()
    }
    let text = ''
    request.on('data', (chunk: Buffer) => (text += chunk.toString()))
    return request.on('end', () => {
      const form = new URLSearchParams(text)
      const code = codes.get(form.get('code') ?? '')
      codes.delete(form.get('code') ?? '')
      const verifier = createHash('sha256')
        .update(form.get('code_verifier') ?? '')
        .digest('base64url')
      const basic = Buffer.from(`${CLIENT.clientId}:${CLIENT.clientSecret}`).toString('base64')
      const known =
        form.get('client_secret') === CLIENT.clientSecret || request.headers.authorization === `Basic ${basic}`
      if (code === undefined || verifier !== code.challenge || !known || form.get('redirect_uri') !== code.redirectUri)
        return json({ error: 'invalid_grant' }, 400)
      return json({ access_token: randomUUID(), token_type: 'Bearer', expires_in: 60, id_token: idToken(code.nonce) })
    })
  })

  function idToken(nonce: string | null): string {
    const now = Math.floor(Date.now() / 1000)
    const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
    const body = [
      encode({ alg: 'RS256', kid: 'one', typ: 'JWT' }),
      encode({
        iss: provider.issuer,
        aud: provider.trouble === 'wrongAudience' ? 'somebody else' : CLIENT.clientId,
        iat: now,
        exp: now + 60,
        nonce: provider.trouble === 'wrongNonce' ? 'another' : nonce,
        ...provider.person,
      }),
    ].join('.')
    const key = keys[provider.trouble === 'wrongKey' ? 1 : 0]?.privateKey
    if (key === undefined) throw new Error('no key')
    return `${body}.${createSign('RSA-SHA256').update(body).sign(key, 'base64url')}`
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const provider: OidcProvider = {
    issuer: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    person: { sub: 'anna-1', email: 'anna@city.example', email_verified: true, name: 'Anna' },
    trouble: null,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
  return provider
}
