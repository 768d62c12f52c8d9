import { storeDeviceVariables, type DeviceVariable } from '../../db/device-variables.ts'
import { learnCapabilities } from '../../db/stations.ts'
import type { CommandOutcome } from '../../domain/command.ts'
import { capabilitiesOf } from '../capabilities.ts'
import { parseVariableName, variableName } from '../v201/variable-name.ts'
import { answered, ask16, ask201, type CommandedStation, unsendable } from './ask.ts'
import type { CommandOf } from './command-of.ts'
import { say } from '../../domain/sentences/sentence.ts'

/**
 * OCPP 1.6 §5.8 GetConfiguration, 2.0.1 B06 GetVariables. What the station tells is kept, and with it what it says of its abilities. Accepted
 * when it knew every name; otherwise the status says why it did not.
 */
export async function getVariables(
  station: CommandedStation,
  { names }: CommandOf<'getVariables'>,
): Promise<CommandOutcome> {
  return station.protocol === 'ocpp1.6' ? getConfiguration(station, names) : getVariables201(station, names)
}

async function getConfiguration(station: CommandedStation, names: readonly string[]): Promise<CommandOutcome> {
  const asked = await ask16(station, 'GetConfiguration', names.length === 0 ? {} : { key: [...names] })
  if ('outcome' in asked) return asked.outcome
  const { configurationKey = [], unknownKey = [] } = asked.response
  await remember(
    station,
    configurationKey.map((one) => ({ name: one.key, value: one.value ?? null, readonly: one.readonly })),
  )
  return answered(asked.response, unknownKey.length === 0 ? 'Accepted' : 'UnknownKey')
}

async function getVariables201(station: CommandedStation, names: readonly string[]): Promise<CommandOutcome> {
  const addresses = names.map((name) => parseVariableName(name))
  const wrong = addresses.indexOf(undefined)
  if (wrong >= 0) return unsendable(say('notVariable', { name: names[wrong] ?? '' })).outcome
  const [first, ...others] = addresses.filter((address) => address !== undefined)
  if (first === undefined) return unsendable(say('variablesUnnamed')).outcome
  const asked = await ask201(station, 'GetVariables', { getVariableData: [first, ...others] })
  if ('outcome' in asked) return asked.outcome
  const results = asked.response.getVariableResult
  await remember(
    station,
    results
      .filter((one) => one.attributeStatus === 'Accepted')
      .map((one) => ({
        name: variableName(one.component, one.variable),
        value: one.attributeValue ?? null,
        readonly: null,
      })),
  )
  const failed = results.find((one) => one.attributeStatus !== 'Accepted')
  return answered(asked.response, failed?.attributeStatus ?? 'Accepted')
}

async function remember(station: CommandedStation, variables: DeviceVariable[]): Promise<void> {
  await storeDeviceVariables(station.db, station.stationId, variables, station.now())
  await learnCapabilities(station.db, station.stationId, capabilitiesOf(variables))
}
