import { action } from '../action.ts'

/** OCPP 2.0.1 K09: the answer to GetChargingProfiles, which only people ask for; they read it in the message log. */
export const reportChargingProfiles = action('ocpp2.0.1', 'ReportChargingProfiles', () => Promise.resolve({}))
