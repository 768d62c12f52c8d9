import { action } from '../action.ts'
import { noteSecurityEvent } from '../security-event.ts'

/** OCPP 2.0.1 A04. */
export const securityEventNotification = action('ocpp2.0.1', 'SecurityEventNotification', async (context, request) => {
  await noteSecurityEvent(context, request)
  return {}
})
