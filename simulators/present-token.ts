import type { ChargerParts } from './charger-parts.ts'
import { isUsable } from './outlet.ts'
import type { Outlet, Token } from './outlet.ts'

/** A token is shown at an outlet: asks the central system, or without a line trusts it. False: the station does not react, because it is not working (yet). */
export function presentToken(parts: ChargerParts, outlet: Outlet, token: Token): boolean {
  const { dialect, line, power, charging } = parts
  if (!power.on || !power.acceptedOnce || !isUsable(outlet)) return false
  if (outlet.authorising) return true
  if (outlet.transaction?.authorised === true) {
    if (outlet.transaction.token?.value === token.value) charging.end(outlet, 'local', 'stopAuthorized')
    return true
  }
  const decide = (accepted: boolean): void => {
    outlet.authorising = false
    if (accepted && isUsable(outlet)) charging.start(outlet, token, null, 'authorized')
    else if (!accepted) parts.say(`token ${token.value} refused at EVSE ${outlet.evse.spec.evseId}`)
  }
  if (!line.up) {
    decide(true)
    return true
  }
  outlet.authorising = true
  const outgoing = dialect.authorize(token, decide)
  line.push({ ...outgoing, lost: () => decide(!line.up) })
  return true
}
