import type {
  ChangeAvailabilityRequest,
  ChangeConfigurationRequest,
  ClearChargingProfileRequest,
  GetCompositeScheduleRequest,
  GetConfigurationRequest,
  RemoteStartTransactionRequest,
  RemoteStopTransactionRequest,
  ResetRequest,
  SetChargingProfileRequest,
  TriggerMessageRequest,
  UnlockConnectorRequest,
} from 'ocpp-ts'
import type { JsonObject } from '../domain/command.ts'
import type { Station } from './dialect.ts'
import { CallRefused } from './link.ts'
import { readProfile16, writeComposite16 } from './profile-16.ts'
import type { RunningTransaction } from './profiles.ts'
import { fixedSettings, intervalSettings } from './settings.ts'
import type { Setting } from './settings.ts'

const PURPOSE = { ChargePointMaxProfile: 'stationMax', TxDefaultProfile: 'txDefault', TxProfile: 'tx' } as const

/** The station's answer to a call of an OCPP 1.6 central system. The client has checked the payload against the schema. */
export function answer16(station: Station, action: string, payload: JsonObject): JsonObject {
  const handle = HANDLERS[action]
  if (handle === undefined) throw new CallRefused('NotSupported', `${action} is not supported`)
  return handle(station, payload as unknown)
}

const HANDLERS: Record<string, (station: Station, payload: unknown) => JsonObject> = {
  SetChargingProfile(station, payload) {
    const { connectorId, csChargingProfiles } = payload as SetChargingProfileRequest
    const profile = readProfile16(csChargingProfiles)
    const accepted = profile !== null && station.installProfile(connectorId, profile) === null
    return { status: accepted ? 'Accepted' : 'Rejected' }
  },

  ClearChargingProfile(station, payload) {
    const { id, connectorId, chargingProfilePurpose: purpose, stackLevel } = payload as ClearChargingProfileRequest
    const cleared = station.profiles.clear({
      ...(id === undefined ? {} : { profileId: id }),
      ...(connectorId === undefined ? {} : { evseId: connectorId }),
      ...(purpose === undefined ? {} : { purpose: PURPOSE[purpose] }),
      ...(stackLevel === undefined ? {} : { stackLevel }),
    })
    return { status: cleared > 0 ? 'Accepted' : 'Unknown' }
  },

  GetCompositeSchedule(station, payload) {
    const { connectorId, duration, chargingRateUnit } = payload as GetCompositeScheduleRequest
    const composite = station.profiles.compositeSchedule({
      evseId: connectorId,
      fromMs: station.atMs,
      durationSeconds: duration,
      ...(chargingRateUnit === undefined ? {} : { rateUnit: chargingRateUnit }),
      transactions: running(station),
    })
    if (composite === null) return { status: 'Rejected' }
    const scheduleStart = composite.startAt.toISOString()
    return { status: 'Accepted', connectorId, scheduleStart, chargingSchedule: writeComposite16(composite) }
  },

  RemoteStartTransaction(station, payload) {
    const { connectorId, idTag, chargingProfile } = payload as RemoteStartTransactionRequest
    const profile = chargingProfile === undefined ? undefined : readProfile16(chargingProfile)
    if (profile === null || (profile !== undefined && profile.purpose !== 'tx')) return { status: 'Rejected' }
    const outlet = station.remoteStart({
      ...(connectorId === undefined ? {} : { evseId: connectorId }),
      token: { value: idTag, type: 'Central' },
      ...(profile === undefined ? {} : { profile }),
    })
    return { status: outlet === null ? 'Rejected' : 'Accepted' }
  },

  RemoteStopTransaction(station, payload) {
    const { transactionId } = payload as RemoteStopTransactionRequest
    const outlet = station.outlets.find((one) => one.transaction?.transactionId === String(transactionId))
    if (outlet === undefined) return { status: 'Rejected' }
    station.afterAnswer(() => station.endTransaction(outlet, 'remote', 'remoteStop'))
    return { status: 'Accepted' }
  },

  Reset(station, payload) {
    const { type } = payload as ResetRequest
    station.afterAnswer(() => station.reboot(type === 'Hard' ? 'hardReset' : 'softReset'))
    return { status: 'Accepted' }
  },

  UnlockConnector(station, payload) {
    const outlet = station.outlet((payload as UnlockConnectorRequest).connectorId)
    if (outlet === undefined) return { status: 'NotSupported' }
    station.afterAnswer(() => station.endTransaction(outlet, 'unlock', 'unlock'))
    return { status: 'Unlocked' }
  },

  TriggerMessage(station, payload) {
    const { requestedMessage, connectorId } = payload as TriggerMessageRequest
    const outlets = station.outlets.filter(
      (one) => connectorId === undefined || connectorId === 0 || one.evse.spec.evseId === connectorId,
    )
    if (outlets.length === 0) return { status: 'Rejected' }
    const send = {
      BootNotification: () => station.sendBoot(),
      Heartbeat: () => station.sendHeartbeat(),
      MeterValues: () => outlets.forEach((one) => station.sendMeterValues(one, 'trigger')),
      StatusNotification: () => outlets.forEach((one) => station.sendStatus(one)),
      DiagnosticsStatusNotification: null,
      FirmwareStatusNotification: () =>
        station.send({ action: 'FirmwareStatusNotification', payload: { status: 'Idle' }, keep: false }),
    }[requestedMessage]
    if (send === null) return { status: 'NotImplemented' }
    station.afterAnswer(send)
    return { status: 'Accepted' }
  },

  ChangeAvailability(station, payload) {
    const { connectorId, type } = payload as ChangeAvailabilityRequest
    const outcome = station.changeAvailability(connectorId === 0 ? undefined : connectorId, type === 'Operative')
    return { status: { accepted: 'Accepted', scheduled: 'Scheduled', rejected: 'Rejected' }[outcome] }
  },

  GetConfiguration(station, payload) {
    const { key } = payload as GetConfigurationRequest
    const all = settings(station)
    const wanted = key === undefined || key.length === 0 ? all : all.filter((one) => key.includes(one.name))
    const unknownKey = (key ?? []).filter((name) => !all.some((one) => one.name === name))
    return {
      configurationKey: wanted.map((one) => ({ key: one.name, readonly: one.set === undefined, value: one.value })),
      ...(unknownKey.length === 0 ? {} : { unknownKey }),
    }
  },

  ChangeConfiguration(station, payload) {
    const { key, value } = payload as ChangeConfigurationRequest
    const setting = settings(station).find((one) => one.name === key)
    if (setting === undefined) return { status: 'NotSupported' }
    return { status: setting.set?.(value) === true ? 'Accepted' : 'Rejected' }
  },

  ClearCache: () => ({ status: 'Accepted' }),
  GetLocalListVersion: () => ({ listVersion: -1 }),
  DataTransfer: () => ({ status: 'UnknownVendorId' }),
}

function running(station: Station): Map<number, RunningTransaction> {
  return new Map(
    station.outlets.flatMap((one) => (one.transaction === null ? [] : [[one.evse.spec.evseId, one.transaction]])),
  )
}

function settings(station: Station): Setting[] {
  const { capabilities } = station
  return [
    ...intervalSettings(station, {
      heartbeat: 'HeartbeatInterval',
      sample: 'MeterValueSampleInterval',
      aligned: 'ClockAlignedDataInterval',
      connectionTimeout: 'ConnectionTimeOut',
    }),
    ...fixedSettings({
      NumberOfConnectors: station.outlets.length,
      SupportedFeatureProfiles: 'Core,RemoteTrigger,SmartCharging',
      AuthorizeRemoteTxRequests: false,
      LocalAuthorizeOffline: true,
      AllowOfflineTxForUnknownId: true,
      StopTransactionOnEVSideDisconnect: true,
      StopTransactionOnInvalidId: true,
      UnlockConnectorOnEVSideDisconnect: true,
      TransactionMessageAttempts: 3,
      TransactionMessageRetryInterval: 60,
      MeterValuesSampledData:
        'Energy.Active.Import.Register,Power.Active.Import,Power.Offered,Current.Import,Voltage,SoC,Temperature',
      ChargeProfileMaxStackLevel: capabilities.maxStackLevel,
      ChargingScheduleAllowedChargingRateUnit: capabilities.units
        .map((unit) => (unit === 'W' ? 'Power' : 'Current'))
        .join(','),
      ChargingScheduleMaxPeriods: capabilities.maxPeriods,
      MaxChargingProfilesInstalled: capabilities.maxProfiles,
    }),
  ]
}
