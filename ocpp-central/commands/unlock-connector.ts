import type { CommandOutcome } from '../../domain/command.ts'
import { ask16, ask201, outcomeOf, type CommandedStation } from './ask.ts'
import type { CommandOf } from './command-of.ts'

/** OCPP 1.6 §5.18, 2.0.1 F05. */
export async function unlockConnector(
  station: CommandedStation,
  { evseId, connectorId }: CommandOf<'unlockConnector'>,
): Promise<CommandOutcome> {
  if (station.protocol === 'ocpp1.6') {
    return outcomeOf(await ask16(station, 'UnlockConnector', { connectorId: evseId }), ['Unlocked'])
  }
  return outcomeOf(await ask201(station, 'UnlockConnector', { evseId, connectorId }), ['Unlocked'])
}
