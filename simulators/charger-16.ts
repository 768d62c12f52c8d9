import type { JsonObject } from '../domain/command.ts'
import type { ConnectorStatus } from '../domain/status.ts'
import { Charger } from './charger.ts'
import type { ChargerOptions } from './charger-options.ts'
import { answer16 } from './commands-16.ts'
import type { Dialect, StopReason } from './dialect.ts'
import { openLink16 } from './link-16.ts'
import type { Sample } from './meter.ts'
import type { Transaction } from './outlet.ts'

const STATUS: Record<ConnectorStatus, string> = {
  available: 'Available',
  preparing: 'Preparing',
  charging: 'Charging',
  suspendedEv: 'SuspendedEV',
  suspendedEvse: 'SuspendedEVSE',
  finishing: 'Finishing',
  occupied: 'Preparing',
  reserved: 'Reserved',
  unavailable: 'Unavailable',
  faulted: 'Faulted',
  unknown: 'Available',
}

const REASON: Record<StopReason, string> = {
  evDisconnected: 'EVDisconnected',
  local: 'Local',
  remote: 'Remote',
  deauthorized: 'DeAuthorized',
  softReset: 'SoftReset',
  hardReset: 'HardReset',
  unlock: 'UnlockCommand',
  other: 'Other',
}

/** A charging station that speaks OCPP 1.6: one connector an EVSE, numbered alike. */
export function createCharger16(options: ChargerOptions): Charger {
  return new Charger(ocpp16, options)
}

/** How OCPP 1.6 says what a station has to say. */
const ocpp16: Dialect = {
  protocol: 'ocpp1.6',
  open: openLink16,
  sameLevelProfiles: 'replace',
  startsAtPlug: false,
  boot: (nameplate) => ({
    action: 'BootNotification',
    payload: {
      chargePointVendor: nameplate.vendor,
      chargePointModel: nameplate.model,
      chargePointSerialNumber: nameplate.serialNumber,
      firmwareVersion: nameplate.firmwareVersion,
    },
  }),
  statusWord: (status) => STATUS[status],
  status: (outlet, status, atMs) => ({
    action: 'StatusNotification',
    keep: false,
    payload: {
      connectorId: outlet.evse.spec.evseId,
      errorCode: status === 'faulted' ? 'PowerMeterFailure' : 'NoError',
      ...(status === 'faulted' ? { info: 'power module does not start', vendorErrorCode: 'PM-17' } : {}),
      status: STATUS[status],
      timestamp: iso(atMs),
    },
  }),
  authorize: (token, decided) => ({
    action: 'Authorize',
    keep: false,
    payload: { idTag: token.value },
    answered: (response) => decided(tokenStatus(response) === 'Accepted'),
  }),
  transaction(station, { kind, transaction, outlet, atMs, sample, reason }) {
    const connectorId = outlet.evse.spec.evseId
    if (kind === 'started') {
      return {
        action: 'StartTransaction',
        keep: true,
        payload: {
          connectorId,
          idTag: transaction.token?.value ?? '',
          meterStart: transaction.meterStartWh,
          timestamp: iso(atMs),
        },
        answered(response) {
          transaction.transactionId = String(response.transactionId)
          if (tokenStatus(response) !== 'Accepted') station.deauthorise(transaction)
        },
      }
    }
    if (sample === null) return null
    if (kind === 'updated') {
      return {
        action: 'MeterValues',
        keep: true,
        expendable: true,
        payload: () => ({ connectorId, transactionId: number(transaction), meterValue: [meterValue(sample)] }),
      }
    }
    const register = sample.readings.find((one) => one.measurand === 'Energy.Active.Import.Register')
    return {
      action: 'StopTransaction',
      keep: true,
      payload: () => ({
        transactionId: number(transaction),
        meterStop: register?.value ?? transaction.meterStartWh,
        timestamp: iso(atMs),
        reason: REASON[reason ?? 'other'],
        ...(transaction.token === null ? {} : { idTag: transaction.token.value }),
        transactionData: [meterValue(sample)],
      }),
    }
  },
  meterValues: (outlet, sample) => ({
    action: 'MeterValues',
    keep: false,
    payload: { connectorId: outlet.evse.spec.evseId, meterValue: [meterValue(sample)] },
  }),
  handle: answer16,
}

/** −1, as stations in the field send it, when the start was refused for good and so never numbered. */
function number(transaction: Transaction): number {
  return transaction.transactionId === null ? -1 : Number(transaction.transactionId)
}

function tokenStatus(response: JsonObject): unknown {
  const info = response.idTagInfo
  return typeof info === 'object' && info !== null && !Array.isArray(info) ? info.status : undefined
}

function meterValue(sample: Sample): JsonObject {
  return {
    timestamp: iso(sample.atMs),
    sampledValue: sample.readings.map((one) => ({
      value: String(one.value),
      context: sample.context,
      format: 'Raw',
      measurand: one.measurand,
      ...(one.phase === undefined ? {} : { phase: one.phase }),
      location: one.location,
      unit: one.unit,
    })),
  }
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
