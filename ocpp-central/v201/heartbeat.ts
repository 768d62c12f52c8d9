import { action } from '../action.ts'

/** OCPP 2.0.1 G02. */
export const heartbeat = action('ocpp2.0.1', 'Heartbeat', (context) =>
  Promise.resolve({ currentTime: context.now().toISOString() }),
)
