import type { components } from '../generated/api.d.ts'

type EventName = NonNullable<components['schemas']['WebhookDraft']['events']>[number]

/** What other systems can be told of, as the API names it. A name that the API does not know does not compile. */
export const EVENT_NAMES = [
  'alertRaised',
  'alertCleared',
  'vehiclePlugged',
  'vehicleUnplugged',
  'vehicleDelayed',
  'vehicleChanged',
  'blockAssigned',
  'sessionStarted',
  'sessionEnded',
  'stationConnected',
  'stationDisconnected',
  'stationBooted',
  'stationChanged',
  'connectorFaulted',
  'connectorRecovered',
  'siteChanged',
  'limitChanged',
  'pricesChanged',
  'tariffChanged',
  'carbonChanged',
  'fleetImported',
  'timetableImported',
  'securityEvent',
  'faultReported',
  'faultDone',
] as const satisfies readonly EventName[]
