/** Actions that a central system sends, with a payload to begin with; the official schemas say the rest, and the server checks by them. */
const CALLS_16: Record<string, object> = {
  CancelReservation: { reservationId: 1 },
  ChangeAvailability: { connectorId: 0, type: 'Operative' },
  ChangeConfiguration: { key: 'MeterValueSampleInterval', value: '30' },
  ClearCache: {},
  ClearChargingProfile: { connectorId: 1 },
  DataTransfer: { vendorId: '' },
  ExtendedTriggerMessage: { requestedMessage: 'StatusNotification' },
  GetCompositeSchedule: { connectorId: 1, duration: 3600, chargingRateUnit: 'W' },
  GetConfiguration: {},
  GetDiagnostics: { location: 'ftp://…' },
  GetLocalListVersion: {},
  RemoteStartTransaction: { connectorId: 1, idTag: '' },
  RemoteStopTransaction: { transactionId: 0 },
  ReserveNow: { connectorId: 1, expiryDate: '', idTag: '', reservationId: 1 },
  Reset: { type: 'Soft' },
  SendLocalList: { listVersion: 1, updateType: 'Full', localAuthorizationList: [] },
  SetChargingProfile: { connectorId: 1, csChargingProfiles: {} },
  TriggerMessage: { requestedMessage: 'StatusNotification' },
  UnlockConnector: { connectorId: 1 },
  UpdateFirmware: { location: 'ftp://…', retrieveDate: '' },
}

const CALLS_201: Record<string, object> = {
  CancelReservation: { reservationId: 1 },
  ChangeAvailability: { operationalStatus: 'Operative' },
  ClearCache: {},
  ClearChargingProfile: { chargingProfileId: 1 },
  ClearVariableMonitoring: { id: [1] },
  CustomerInformation: { requestId: 1, report: true, clear: false },
  DataTransfer: { vendorId: '' },
  GetBaseReport: { requestId: 1, reportBase: 'FullInventory' },
  GetChargingProfiles: { requestId: 1, evseId: 1, chargingProfile: {} },
  GetCompositeSchedule: { evseId: 1, duration: 3600, chargingRateUnit: 'W' },
  GetLocalListVersion: {},
  GetLog: { logType: 'DiagnosticsLog', requestId: 1, log: { remoteLocation: 'https://…' } },
  GetMonitoringReport: { requestId: 1 },
  GetReport: { requestId: 1 },
  GetTransactionStatus: {},
  GetVariables: {
    getVariableData: [{ component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } }],
  },
  RequestStartTransaction: { evseId: 1, remoteStartId: 1, idToken: { idToken: '', type: 'Central' } },
  RequestStopTransaction: { transactionId: '' },
  ReserveNow: { id: 1, expiryDateTime: '', idToken: { idToken: '', type: 'Central' } },
  Reset: { type: 'OnIdle' },
  SendLocalList: { versionNumber: 1, updateType: 'Full', localAuthorizationList: [] },
  SetChargingProfile: { evseId: 1, chargingProfile: {} },
  SetNetworkProfile: { configurationSlot: 1, connectionData: {} },
  SetVariables: {
    setVariableData: [
      { attributeValue: '300', component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } },
    ],
  },
  TriggerMessage: { requestedMessage: 'StatusNotification' },
  UnlockConnector: { evseId: 1, connectorId: 1 },
  UpdateFirmware: { requestId: 1, firmware: { location: 'https://…', retrieveDateTime: '' } },
}

/** Actions to send to a charger of this version, each with a payload to begin with. */
export const callsOf = (protocol: string | null): Record<string, object> =>
  protocol === 'ocpp1.6' ? CALLS_16 : CALLS_201

const FROM_CHARGERS = [
  'Authorize',
  'BootNotification',
  'DiagnosticsStatusNotification',
  'FirmwareStatusNotification',
  'Heartbeat',
  'LogStatusNotification',
  'MeterValues',
  'NotifyEvent',
  'NotifyReport',
  'ReportChargingProfiles',
  'SecurityEventNotification',
  'StartTransaction',
  'StatusNotification',
  'StopTransaction',
  'TransactionEvent',
]

/** Names to look for in the log, of all versions. */
export const ACTIONS: readonly string[] = [
  ...new Set([...FROM_CHARGERS, ...Object.keys(CALLS_16), ...Object.keys(CALLS_201)]),
].toSorted()
