import { action } from '../action.ts'

/** OCPP 1.6 §4.3. No vendor's extension is known here; the frame is in the message log all the same. */
export const dataTransfer = action('ocpp1.6', 'DataTransfer', () => Promise.resolve({ status: 'UnknownVendorId' }))
