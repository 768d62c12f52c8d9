import type { CommandOutcome } from '../../domain/command.ts'
import { ask16, ask201, outcomeOf, type CommandedStation, unsendable } from './ask.ts'
import type { CommandOf } from './command-of.ts'
import { profileOf16, profileOf201 } from './charging-profile.ts'
import { say } from '../../domain/sentences/sentence.ts'

/** OCPP 1.6 §5.16, 2.0.1 K01. */
export async function setChargingProfile(
  station: CommandedStation,
  { evseId, profile }: CommandOf<'setChargingProfile'>,
): Promise<CommandOutcome> {
  if (profile.schedule.periods.length === 0) {
    return unsendable(say('scheduleEmpty')).outcome
  }
  if (station.protocol === 'ocpp1.6') {
    if (profile.transactionId !== undefined && !/^\d+$/.test(profile.transactionId)) {
      return unsendable(say('notTransaction16', { id: String(profile.transactionId) })).outcome
    }
    const payload = { connectorId: evseId, csChargingProfiles: profileOf16(profile) }
    return outcomeOf(await ask16(station, 'SetChargingProfile', payload))
  }
  return outcomeOf(await ask201(station, 'SetChargingProfile', { evseId, chargingProfile: profileOf201(profile) }))
}
