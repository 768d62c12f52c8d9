import { noteOperative } from '../../db/connectors.ts'
import type { CommandOutcome } from '../../domain/command.ts'
import { ask16, ask201, outcomeOf, type CommandedStation } from './ask.ts'
import type { CommandOf } from './command-of.ts'

/** OCPP 1.6 §5.2, 2.0.1 G03, G04. Scheduled counts as accepted: the change comes when the session has ended. */
export async function changeAvailability(
  station: CommandedStation,
  { evseId, operative }: CommandOf<'changeAvailability'>,
): Promise<CommandOutcome> {
  const status = operative ? 'Operative' : 'Inoperative'
  const outcome =
    station.protocol === 'ocpp1.6'
      ? outcomeOf(await ask16(station, 'ChangeAvailability', { connectorId: evseId ?? 0, type: status }), ['Scheduled'])
      : outcomeOf(
          await ask201(station, 'ChangeAvailability', {
            operationalStatus: status,
            ...(evseId === undefined ? {} : { evse: { id: evseId } }),
          }),
          ['Scheduled'],
        )
  if (outcome.outcome === 'answered' && outcome.accepted) {
    await noteOperative(station.db, { stationId: station.stationId, evseId, operative })
  }
  return outcome
}
