import type { CommandOutcome } from '../../domain/command.ts'
import { ask, outcomeOf, type CommandedStation } from './ask.ts'
import type { CommandOf } from './command-of.ts'

/** What only the security extension of 1.6 can trigger (§5.11 ExtendedTriggerMessage). */
const EXTENDED_ONLY: ReadonlySet<string> = new Set(['LogStatusNotification', 'SignChargePointCertificate'])

/** OCPP 1.6 §5.17, 2.0.1 F06. A message that the version cannot trigger is not sent. */
export async function trigger(
  station: CommandedStation,
  { message, evseId }: CommandOf<'trigger'>,
): Promise<CommandOutcome> {
  if (station.protocol === 'ocpp1.6') {
    const action = EXTENDED_ONLY.has(message) ? 'ExtendedTriggerMessage' : 'TriggerMessage'
    const payload = { requestedMessage: message, ...(evseId === undefined ? {} : { connectorId: evseId }) }
    return outcomeOf(await ask(station, action, payload))
  }
  // A status is a connector's, so one has to be named (F06.FR.12).
  const evse =
    evseId === undefined
      ? {}
      : { evse: { id: evseId, ...(message === 'StatusNotification' ? { connectorId: 1 } : {}) } }
  return outcomeOf(await ask(station, 'TriggerMessage', { requestedMessage: message, ...evse }))
}
