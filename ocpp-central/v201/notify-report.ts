import { storeDeviceVariables } from '../../db/device-variables.ts'
import { learnCapabilities } from '../../db/stations.ts'
import { action } from '../action.ts'
import { capabilitiesOf } from '../capabilities.ts'
import { variableName } from './variable-name.ts'

/** OCPP 2.0.1 B07, B08: a part of the station's device model. */
export const notifyReport = action('ocpp2.0.1', 'NotifyReport', async (context, request) => {
  const variables = (request.reportData ?? []).flatMap((report) => {
    const actual = report.variableAttribute.find((one) => (one.type ?? 'Actual') === 'Actual')
    if (actual === undefined) return []
    return [
      {
        name: variableName(report.component, report.variable),
        value: actual.value ?? null,
        readonly: actual.mutability === undefined ? null : actual.mutability === 'ReadOnly',
      },
    ]
  })
  await storeDeviceVariables(context.db, context.stationId, variables, context.receivedAt)
  await learnCapabilities(context.db, context.stationId, capabilitiesOf(variables))
  return {}
})
