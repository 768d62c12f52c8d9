import type { CommandOutcome } from '../../domain/command.ts'
import { ask16, ask201, outcomeOf, type CommandedStation } from './ask.ts'
import { purposeOf16, purposeOf201 } from './charging-profile.ts'
import type { CommandOf } from './command-of.ts'

/** OCPP 1.6 §5.5, 2.0.1 K10. Unknown counts as accepted: there is no such profile, which is what was wanted. */
export async function clearChargingProfile(
  station: CommandedStation,
  { profileId, evseId, purpose, stackLevel }: CommandOf<'clearChargingProfile'>,
): Promise<CommandOutcome> {
  const level = stackLevel === undefined ? {} : { stackLevel }
  if (station.protocol === 'ocpp1.6') {
    const payload = {
      ...(profileId === undefined ? {} : { id: profileId }),
      ...(evseId === undefined ? {} : { connectorId: evseId }),
      ...(purpose === undefined ? {} : { chargingProfilePurpose: purposeOf16(purpose) }),
      ...level,
    }
    return outcomeOf(await ask16(station, 'ClearChargingProfile', payload), ['Unknown'])
  }
  const criteria = {
    ...(evseId === undefined ? {} : { evseId }),
    ...(purpose === undefined ? {} : { chargingProfilePurpose: purposeOf201(purpose) }),
    ...level,
  }
  const payload = {
    ...(profileId === undefined ? {} : { chargingProfileId: profileId }),
    ...(Object.keys(criteria).length === 0 ? {} : { chargingProfileCriteria: criteria }),
  }
  return outcomeOf(await ask201(station, 'ClearChargingProfile', payload), ['Unknown'])
}
