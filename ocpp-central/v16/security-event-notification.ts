import { action } from '../action.ts'
import { noteSecurityEvent } from '../security-event.ts'

/** OCPP 1.6 security extension §5.16. */
export const securityEventNotification = action('ocpp1.6', 'SecurityEventNotification', async (context, request) => {
  await noteSecurityEvent(context, request)
  return {}
})
