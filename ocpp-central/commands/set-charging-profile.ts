import type { CommandOutcome } from '../../domain/command.ts'
import { ask16, ask201, outcomeOf, type CommandedStation } from './ask.ts'
import type { CommandOf } from './command-of.ts'
import { profileOf16, profileOf201 } from './charging-profile.ts'

/** OCPP 1.6 §5.16, 2.0.1 K01. */
export async function setChargingProfile(
  station: CommandedStation,
  { evseId, profile }: CommandOf<'setChargingProfile'>,
): Promise<CommandOutcome> {
  if (profile.schedule.periods.length === 0) {
    return { outcome: 'unsendable', reason: 'a charging schedule has at least one period' }
  }
  if (station.protocol === 'ocpp1.6') {
    if (profile.transactionId !== undefined && !/^\d+$/.test(profile.transactionId)) {
      return { outcome: 'unsendable', reason: `${profile.transactionId} is not a transaction id of OCPP 1.6` }
    }
    const payload = { connectorId: evseId, csChargingProfiles: profileOf16(profile) }
    return outcomeOf(await ask16(station, 'SetChargingProfile', payload))
  }
  return outcomeOf(await ask201(station, 'SetChargingProfile', { evseId, chargingProfile: profileOf201(profile) }))
}
