import { storeDeviceVariables } from '../../db/device-variables.ts'
import { action } from '../action.ts'

/** OCPP 1.6 §4.4. Kept as the device variable `Diagnostics.Status`. */
export const diagnosticsStatusNotification = action(
  'ocpp1.6',
  'DiagnosticsStatusNotification',
  async (context, request) => {
    const variable = { name: 'Diagnostics.Status', value: request.status, readonly: true }
    await storeDeviceVariables(context.db, context.stationId, [variable], context.receivedAt)
    return {}
  },
)
