import { action } from '../action.ts'

/** OCPP 1.6 §4.6. */
export const heartbeat = action('ocpp1.6', 'Heartbeat', (context) =>
  Promise.resolve({ currentTime: context.now().toISOString() }),
)
