import { createHash, createSign, generateKeyPairSync, randomBytes } from 'node:crypto'

/** A passkey in software: makes one credential of ES256 for `origin`, and signs with it. */
export interface Authenticator {
  register(challenge: string): object
  signIn(challenge: string): object
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest()

export function createAuthenticator(origin: string): Authenticator {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16)
  const rpIdHash = sha256(new URL(origin).hostname)
  let counter = 0

  function client(type: string, challenge: string): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  }

  /** Flags: 1 present, 4 verified, 64 with a new credential. */
  function data(flags: number, rest: Buffer = Buffer.alloc(0)): Buffer {
    counter += 1
    const head = Buffer.alloc(5)
    head.writeUInt8(flags, 0)
    head.writeUInt32BE(counter, 1)
    return Buffer.concat([rpIdHash, head, rest])
  }

  function credential(response: Record<string, Buffer>) {
    const texts = Object.entries(response).map(([name, bytes]) => [name, bytes.toString('base64url')])
    const text = id.toString('base64url')
    return {
      id: text,
      rawId: text,
      type: 'public-key',
      clientExtensionResults: {},
      response: Object.fromEntries(texts),
    }
  }

  return {
    register(challenge) {
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
      // COSE: kty EC2, alg ES256, crv P-256, x, y.
      const key = Buffer.concat([
        Buffer.from([0xa5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 32]),
        Buffer.from(x, 'base64url'),
        Buffer.from([0x22, 0x58, 32]),
        Buffer.from(y, 'base64url'),
      ])
      const attested = Buffer.concat([Buffer.alloc(16), Buffer.from([0, id.length]), id, key])
      const authData = data(1 | 4 | 64, attested)
      // CBOR: { fmt: 'none', attStmt: {}, authData }.
      const attestationObject = Buffer.concat([
        Buffer.from([0xa3, 0x63]),
        Buffer.from('fmt'),
        Buffer.from([0x64]),
        Buffer.from('none'),
        Buffer.from([0x67]),
        Buffer.from('attStmt'),
        Buffer.from([0xa0, 0x68]),
        Buffer.from('authData'),
        Buffer.from([0x58, authData.length]),
        authData,
      ])
      return credential({ clientDataJSON: client('webauthn.create', challenge), attestationObject })
    },

    signIn(challenge) {
      const clientDataJSON = client('webauthn.get', challenge)
      const authenticatorData = data(1 | 4)
      const signed = Buffer.concat([authenticatorData, sha256(clientDataJSON)])
      const signature = createSign('SHA256').update(signed).sign(privateKey)
      return credential({ clientDataJSON, authenticatorData, signature })
    },
  }
}
