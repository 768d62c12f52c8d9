/** What can happen that is worth writing down. Other systems may ask to be told. */
export const EVENT_TYPES = [
  'stationConnected',
  'stationDisconnected',
  'stationBooted',
  'sessionStarted',
  'sessionEnded',
  'connectorFaulted',
  'connectorRecovered',
  'vehiclePlugged',
  'vehicleUnplugged',
  'vehicleDelayed',
  'vehicleChanged',
  'stationChanged',
  'siteChanged',
  'limitChanged',
  'pricesChanged',
  'tariffChanged',
  'carbonChanged',
  'blockAssigned',
  'fleetImported',
  'timetableImported',
  'securityEvent',
  'alertRaised',
  'alertCleared',
] as const

export type EventType = (typeof EVENT_TYPES)[number]
