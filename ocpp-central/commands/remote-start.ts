import type { CommandOutcome } from '../../domain/command.ts'
import type { Request201 } from '../action.ts'
import { ask16, ask201, outcomeOf, type CommandedStation } from './ask.ts'
import { profileOf16, profileOf201 } from './charging-profile.ts'
import type { CommandOf } from './command-of.ts'

type IdTokenType = Request201<'RequestStartTransaction'>['idToken']['type']

/** OCPP 1.6 §5.11 RemoteStartTransaction, 2.0.1 F01 RequestStartTransaction. */
export async function remoteStart(
  station: CommandedStation,
  { evseId, idToken, idTokenType, profile }: CommandOf<'remoteStart'>,
): Promise<CommandOutcome> {
  if (station.protocol === 'ocpp1.6') {
    const payload = {
      ...(evseId === undefined ? {} : { connectorId: evseId }),
      idTag: idToken,
      ...(profile === undefined ? {} : { chargingProfile: profileOf16(profile) }),
    }
    return outcomeOf(await ask16(station, 'RemoteStartTransaction', payload))
  }
  const payload = {
    remoteStartId: crypto.getRandomValues(new Uint32Array(1)).reduce((_, value) => value >>> 1, 0),
    ...(evseId === undefined ? {} : { evseId }),
    idToken: { idToken, type: (idTokenType ?? 'Central') as IdTokenType },
    ...(profile === undefined ? {} : { chargingProfile: profileOf201(profile) }),
  }
  return outcomeOf(await ask201(station, 'RequestStartTransaction', payload))
}
