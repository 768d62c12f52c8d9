import type { Answer } from './api.ts'
import { askAuth } from './auth.ts'
import { m } from './messages.ts'

/** Sends the browser to the identity provider, which sends it back to this page. Resolves while this page is still there: before it is left, or with why it is not. */
export async function leaveToSignOn(): Promise<Answer<unknown>> {
  const here = location.pathname + location.search
  const asked = await askAuth<{ url: string }>('/sign-in/social', {
    provider: 'oidc',
    callbackURL: here,
    errorCallbackURL: here,
  })
  if (asked.ok) location.assign(asked.value.url)
  return asked
}

/** Why the identity provider sent the reader back without being signed in, taken out of the address; null: it did not. */
export function takeSignOnFailure(): string | null {
  const url = new URL(location.href)
  const code = url.searchParams.get('error')
  if (code === null) return null
  url.searchParams.delete('error')
  url.searchParams.delete('error_description')
  history.replaceState(history.state, '', url)
  return failureWords(code)
}

/** Codes of better-auth's callback, and of OAuth (RFC 6749 §4.1.2.1), which come through it. */
function failureWords(code: string): string {
  switch (code) {
    case 'signup_disabled':
    case 'email_not_found':
    case 'account_not_linked':
      return m.signin_not_invited()
    case 'unable_to_create_session':
      return m.signin_disabled()
    case 'access_denied':
      return m.signin_denied()
    case 'state_mismatch':
    case 'state_not_found':
    case 'state_invalid':
    case 'state_security_mismatch':
    case 'please_restart_the_process':
      return m.signin_begin_again()
    default:
      // Whatever stands in an address is somebody's text: no more of it than a code has.
      return m.signin_provider_failed({ code: /^\w{1,60}$/.test(code) ? code : '–' })
  }
}
