import { storeDeviceVariables } from '../../db/device-variables.ts'
import { action } from '../action.ts'

/** OCPP 1.6 security extension §5.14. Kept as the device variable `Log.Status`. */
export const logStatusNotification = action('ocpp1.6', 'LogStatusNotification', async (context, request) => {
  const variable = { name: 'Log.Status', value: request.status, readonly: true }
  await storeDeviceVariables(context.db, context.stationId, [variable], context.receivedAt)
  return {}
})
