import { action } from '../action.ts'
import { bootInterval, registerUnknownAs, REGISTRATION_STATUS } from '../registration.ts'

/** OCPP 1.6 §4.2. The answer decides whether the station may go on; a station that has restarted is told everything again. */
export const bootNotification = action('ocpp1.6', 'BootNotification', async (context, request) => {
  const registration = await context.arrivals.booted({
    stationId: context.stationId,
    connectionId: context.connectionId,
    protocol: context.protocol,
    vendor: request.chargePointVendor,
    model: request.chargePointModel,
    serialNumber: request.chargePointSerialNumber ?? request.chargeBoxSerialNumber ?? null,
    firmwareVersion: request.firmwareVersion ?? null,
    reason: null,
    at: context.receivedAt,
    onlyAsked: context.wasAskedFor('BootNotification'),
    registerAs: registerUnknownAs(context.policy),
  })
  context.registration(registration)
  return {
    status: REGISTRATION_STATUS[registration],
    currentTime: context.now().toISOString(),
    interval: bootInterval(context, registration),
  }
})
