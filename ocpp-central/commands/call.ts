import type { CommandOutcome, JsonObject } from '../../domain/command.ts'
import { answered, ask, type CommandedStation } from './ask.ts'
import type { CommandOf } from './command-of.ts'

/** Any action of the station's version. An answer without a status counts as accepted: the station did answer. */
export async function call(station: CommandedStation, { action, payload }: CommandOf<'call'>): Promise<CommandOutcome> {
  const asked = await ask<JsonObject>(station, action, payload)
  if ('outcome' in asked) return asked.outcome
  const { status } = asked.response
  return answered(asked.response, typeof status === 'string' ? status : 'Accepted')
}
