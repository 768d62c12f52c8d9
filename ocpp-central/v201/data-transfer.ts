import { action } from '../action.ts'

/** OCPP 2.0.1 P02. No vendor's extension is known here; the frame is in the message log all the same. */
export const dataTransfer = action('ocpp2.0.1', 'DataTransfer', () => Promise.resolve({ status: 'UnknownVendorId' }))
