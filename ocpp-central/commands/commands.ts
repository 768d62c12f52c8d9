import type { Command, CommandOutcome } from '../../domain/command.ts'
import type { CommandedStation } from './ask.ts'
import { call } from './call.ts'
import { changeAvailability } from './change-availability.ts'
import { clearChargingProfile } from './clear-charging-profile.ts'
import { getCompositeSchedule } from './get-composite-schedule.ts'
import { getVariables } from './get-variables.ts'
import { remoteStart } from './remote-start.ts'
import { remoteStop } from './remote-stop.ts'
import { reset } from './reset.ts'
import { setChargingProfile } from './set-charging-profile.ts'
import { setVariables } from './set-variables.ts'
import { trigger } from './trigger.ts'
import { unlockConnector } from './unlock-connector.ts'

/** Writes a command in the station's version, sends it, and reads the station's answer. */
export function runCommand(station: CommandedStation, command: Command): Promise<CommandOutcome> {
  switch (command.type) {
    case 'call':
      return call(station, command)
    case 'changeAvailability':
      return changeAvailability(station, command)
    case 'clearChargingProfile':
      return clearChargingProfile(station, command)
    case 'getCompositeSchedule':
      return getCompositeSchedule(station, command)
    case 'getVariables':
      return getVariables(station, command)
    case 'remoteStart':
      return remoteStart(station, command)
    case 'remoteStop':
      return remoteStop(station, command)
    case 'reset':
      return reset(station, command)
    case 'setChargingProfile':
      return setChargingProfile(station, command)
    case 'setVariables':
      return setVariables(station, command)
    case 'trigger':
      return trigger(station, command)
    case 'unlockConnector':
      return unlockConnector(station, command)
  }
}
