import { action } from '../action.ts'
import { bootInterval, registerUnknownAs, REGISTRATION_STATUS } from '../registration.ts'

/** OCPP 2.0.1 B01 to B03. The answer decides whether the station may go on; a station that has restarted is told everything again. */
export const bootNotification = action('ocpp2.0.1', 'BootNotification', async (context, request) => {
  const { chargingStation, reason } = request
  const registration = await context.arrivals.booted({
    stationId: context.stationId,
    connectionId: context.connectionId,
    protocol: context.protocol,
    vendor: chargingStation.vendorName,
    model: chargingStation.model,
    serialNumber: chargingStation.serialNumber ?? null,
    firmwareVersion: chargingStation.firmwareVersion ?? null,
    reason,
    at: context.receivedAt,
    onlyAsked: reason === 'Triggered',
    registerAs: registerUnknownAs(context.policy),
  })
  context.registration(registration)
  return {
    status: REGISTRATION_STATUS[registration],
    currentTime: context.now().toISOString(),
    interval: bootInterval(context, registration),
  }
})
