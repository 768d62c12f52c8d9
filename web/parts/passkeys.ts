import type {
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser'
import type { Answer } from './api.ts'
import { askAuth } from './auth.ts'
import { m } from './messages.ts'

/** Whether this page can use passkeys (WebAuthn §5.1.2): in a secure context whose host is a name, for a bare address is no relying party. */
export function passkeysWork(): boolean {
  return isSecureContext && 'PublicKeyCredential' in globalThis && !/^[\d.]+$|^\[/.test(location.hostname)
}

/** Signs in whoever the device says is there. Never throws. */
export async function signInByPasskey(): Promise<Answer<unknown>> {
  const asked = await askAuth<PublicKeyCredentialRequestOptionsJSON>('/passkey/generate-authenticate-options')
  if (!asked.ok) return asked
  const { startAuthentication } = await import('@simplewebauthn/browser')
  return withDevice(startAuthentication({ optionsJSON: asked.value }), (response) =>
    askAuth('/passkey/verify-authentication', { response }),
  )
}

/** Makes a passkey on this device for whoever is signed in, under a name by which they will know it. Never throws. */
export async function addPasskey(name: string): Promise<Answer<unknown>> {
  const asked = await askAuth<PublicKeyCredentialCreationOptionsJSON>('/passkey/generate-register-options')
  if (!asked.ok) return asked
  const { startRegistration } = await import('@simplewebauthn/browser')
  return withDevice(startRegistration({ optionsJSON: asked.value }), (response) =>
    askAuth('/passkey/verify-registration', { response, name }),
  )
}

async function withDevice<Response>(
  device: Promise<Response>,
  then: (response: Response) => Promise<Answer<unknown>>,
): Promise<Answer<unknown>> {
  let response: Response
  try {
    response = await device
  } catch (error) {
    return { ok: false, status: 400, reason: deviceReason(error) }
  }
  return then(response)
}

/** What the browser says of it is English, and the same for many causes (WebAuthn §14.5.1). */
function deviceReason(error: unknown): string {
  const name = error instanceof Error ? error.name : String(error)
  if (name === 'NotAllowedError' || name === 'AbortError') return m.passkey_cancelled()
  return name === 'InvalidStateError' ? m.passkey_known() : m.passkey_failed({ name })
}
