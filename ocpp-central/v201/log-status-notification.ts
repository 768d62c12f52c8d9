import { storeDeviceVariables } from '../../db/device-variables.ts'
import { action } from '../action.ts'

/** OCPP 2.0.1 N01. Kept as the device variable `Log.Status`. */
export const logStatusNotification = action('ocpp2.0.1', 'LogStatusNotification', async (context, request) => {
  const variable = { name: 'Log.Status', value: request.status, readonly: true }
  await storeDeviceVariables(context.db, context.stationId, [variable], context.receivedAt)
  return {}
})
