import type { CommandOutcome } from '../../domain/command.ts'
import { ask16, ask201, outcomeOf, type CommandedStation, unsendable } from './ask.ts'
import type { CommandOf } from './command-of.ts'
import { say } from '../../domain/sentences/sentence.ts'

/** OCPP 1.6 §5.14, 2.0.1 B11, B12. 1.6 resets the station as a whole only. */
export async function reset(station: CommandedStation, { kind, evseId }: CommandOf<'reset'>): Promise<CommandOutcome> {
  if (station.protocol === 'ocpp1.6') {
    if (evseId !== undefined) return unsendable(say('wholeResetOnly')).outcome
    return outcomeOf(await ask16(station, 'Reset', { type: kind === 'hard' ? 'Hard' : 'Soft' }))
  }
  const payload = {
    type: kind === 'hard' ? 'Immediate' : 'OnIdle',
    ...(evseId === undefined ? {} : { evseId }),
  } as const
  return outcomeOf(await ask201(station, 'Reset', payload), ['Scheduled'])
}
