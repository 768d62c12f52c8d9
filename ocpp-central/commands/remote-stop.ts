import type { CommandOutcome } from '../../domain/command.ts'
import { ask16, ask201, outcomeOf, type CommandedStation } from './ask.ts'
import type { CommandOf } from './command-of.ts'

/** OCPP 1.6 §5.12 RemoteStopTransaction, 2.0.1 F03 RequestStopTransaction. */
export async function remoteStop(
  station: CommandedStation,
  { transactionId }: CommandOf<'remoteStop'>,
): Promise<CommandOutcome> {
  if (station.protocol !== 'ocpp1.6') {
    return outcomeOf(await ask201(station, 'RequestStopTransaction', { transactionId }))
  }
  return outcomeOf(await ask16(station, 'RemoteStopTransaction', { transactionId: Number(transactionId) }))
}
