import type { components } from '../generated/api.d.ts'
import { m } from '../parts/messages.ts'

type Attempt = components['schemas']['ConnectionAttempt']

const words: Record<Attempt['outcome'], () => string> = {
  accepted: m.chargers_attempt_accepted,
  wrongPath: m.chargers_attempt_wrong_path,
  noSubprotocol: m.chargers_attempt_no_subprotocol,
  unsupportedSubprotocol: m.chargers_attempt_unsupported,
  unknownStation: m.chargers_attempt_unknown,
  passwordMissing: m.chargers_attempt_password_missing,
  userNameWrong: m.chargers_attempt_user_wrong,
  passwordWrong: m.chargers_attempt_password_wrong,
  tlsOnPlainPort: m.chargers_attempt_tls,
}

/** What came of a try, in a few words. */
export const attemptWord = (outcome: Attempt['outcome']): string => words[outcome]()

/** What to change at the charger, or here, so that it gets in. */
export function attemptHint(attempt: Attempt): string {
  const id = attempt.stationId ?? ''
  switch (attempt.outcome) {
    case 'accepted':
      return ''
    case 'wrongPath':
      return m.chargers_hint_path({ path: attempt.path })
    case 'noSubprotocol':
      return m.chargers_hint_subprotocol()
    case 'unsupportedSubprotocol':
      return m.chargers_hint_unsupported({ offered: attempt.protocols.join(', ') })
    case 'unknownStation':
      return m.chargers_hint_unknown({ id })
    case 'passwordMissing':
      return m.chargers_hint_password_missing({ id })
    case 'userNameWrong':
      return m.chargers_hint_user({ id })
    case 'passwordWrong':
      return m.chargers_hint_password()
    case 'tlsOnPlainPort':
      return m.chargers_hint_tls_on_plain()
  }
}
