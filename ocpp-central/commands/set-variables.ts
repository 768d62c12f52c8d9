import { storeDeviceVariables } from '../../db/device-variables.ts'
import type { CommandOutcome, JsonObject } from '../../domain/command.ts'
import { parseVariableName, variableName } from '../v201/variable-name.ts'
import { answered, ask16, ask201, type CommandedStation, unsendable } from './ask.ts'
import type { CommandOf } from './command-of.ts'
import { say } from '../../domain/sentences/sentence.ts'

const TAKES_A_RESTART = 'RebootRequired'

/**
 * OCPP 1.6 §5.3 ChangeConfiguration (one call per value), 2.0.1 B05 SetVariables. Accepted when every value was, or will be after a restart;
 * otherwise the status is that of the first which was not.
 */
export async function setVariables(
  station: CommandedStation,
  { values }: CommandOf<'setVariables'>,
): Promise<CommandOutcome> {
  return station.protocol === 'ocpp1.6' ? changeConfiguration(station, values) : setVariables201(station, values)
}

type Values = CommandOf<'setVariables'>['values']

async function changeConfiguration(station: CommandedStation, values: Values): Promise<CommandOutcome> {
  const results: JsonObject[] = []
  for (const { name, value } of values) {
    const asked = await ask16(station, 'ChangeConfiguration', { key: name, value })
    if ('outcome' in asked) return asked.outcome
    results.push({ key: name, status: asked.response.status })
    if (asked.response.status === 'Accepted') await remember(station, name, value)
  }
  const only = results.length === 1 ? results[0] : undefined
  return answered(only ?? { results }, statusOf(results.map((one) => String(one['status']))), [TAKES_A_RESTART])
}

async function setVariables201(station: CommandedStation, values: Values): Promise<CommandOutcome> {
  const data = []
  for (const { name, value } of values) {
    const address = parseVariableName(name)
    if (address === undefined) return unsendable(say('notVariable', { name })).outcome
    data.push({ ...address, attributeValue: value })
  }
  const [first, ...others] = data
  if (first === undefined) return unsendable(say('nothingToSet')).outcome
  const asked = await ask201(station, 'SetVariables', { setVariableData: [first, ...others] })
  if ('outcome' in asked) return asked.outcome
  const results = asked.response.setVariableResult
  for (const result of results) {
    const name = variableName(result.component, result.variable)
    const set = values.find((one) => one.name === name)
    if (result.attributeStatus === 'Accepted' && set !== undefined) await remember(station, name, set.value)
  }
  return answered(asked.response, statusOf(results.map((one) => one.attributeStatus)), [TAKES_A_RESTART])
}

function statusOf(statuses: readonly string[]): string {
  const refused = statuses.find((status) => status !== 'Accepted' && status !== TAKES_A_RESTART)
  return refused ?? statuses.find((status) => status === TAKES_A_RESTART) ?? 'Accepted'
}

function remember(station: CommandedStation, name: string, value: string): Promise<void> {
  return storeDeviceVariables(station.db, station.stationId, [{ name, value, readonly: false }], station.now())
}
