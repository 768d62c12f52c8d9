import type { JsonObject } from '../domain/command.ts'
import type { ConnectorStatus } from '../domain/status.ts'
import { Charger } from './charger.ts'
import type { ChargerOptions } from './charger-options.ts'
import { answer201 } from './commands-201.ts'
import type { BootReason, Dialect, StopReason, TransactionReport, Trigger } from './dialect.ts'
import { openLink201 } from './link-201.ts'
import type { Reading, Sample, SampleContext } from './meter.ts'
import type { Token } from './outlet.ts'

const BOOT_REASON: Record<BootReason, string> = {
  powerUp: 'PowerUp',
  remoteReset: 'RemoteReset',
  triggered: 'Triggered',
}

const STATUS: Record<ConnectorStatus, string> = {
  available: 'Available',
  preparing: 'Occupied',
  charging: 'Occupied',
  suspendedEv: 'Occupied',
  suspendedEvse: 'Occupied',
  finishing: 'Occupied',
  occupied: 'Occupied',
  reserved: 'Reserved',
  unavailable: 'Unavailable',
  faulted: 'Faulted',
  unknown: 'Available',
}

const TRIGGER: Record<Trigger, string> = {
  cablePluggedIn: 'CablePluggedIn',
  authorized: 'Authorized',
  remoteStart: 'RemoteStart',
  chargingStateChanged: 'ChargingStateChanged',
  sample: 'MeterValuePeriodic',
  clock: 'MeterValueClock',
  trigger: 'Trigger',
  deauthorized: 'Deauthorized',
  stopAuthorized: 'StopAuthorized',
  remoteStop: 'RemoteStop',
  evDeparted: 'EVDeparted',
  unlock: 'UnlockCommand',
  reset: 'ResetCommand',
  fault: 'AbnormalCondition',
}

const REASON: Record<StopReason, string> = {
  evDisconnected: 'EVDisconnected',
  local: 'Local',
  remote: 'Remote',
  deauthorized: 'DeAuthorized',
  softReset: 'ImmediateReset',
  hardReset: 'ImmediateReset',
  unlock: 'Other',
  other: 'Other',
}

/** A charging station that speaks OCPP 2.0.1: one connector an EVSE, transactions that begin with the cable (TxStartPoint EVConnected). */
export function createCharger201(options: ChargerOptions): Charger {
  return new Charger(ocpp201, options)
}

/** How OCPP 2.0.1 says what a station has to say. */
const ocpp201: Dialect = {
  protocol: 'ocpp2.0.1',
  open: openLink201,
  sameLevelProfiles: 'reject',
  startsAtPlug: true,
  boot: (nameplate, reason) => ({
    action: 'BootNotification',
    payload: {
      reason: BOOT_REASON[reason],
      chargingStation: {
        vendorName: nameplate.vendor,
        model: nameplate.model,
        serialNumber: nameplate.serialNumber,
        firmwareVersion: nameplate.firmwareVersion,
      },
    },
  }),
  statusWord: (status) => STATUS[status],
  status: (outlet, status, atMs) => ({
    action: 'StatusNotification',
    keep: false,
    payload: {
      timestamp: iso(atMs),
      connectorStatus: STATUS[status],
      evseId: outlet.evse.spec.evseId,
      connectorId: 1,
    },
  }),
  authorize: (token, decided) => ({
    action: 'Authorize',
    keep: false,
    payload: { idToken: idToken(token) },
    answered: (response) => decided(tokenStatus(response) === 'Accepted'),
  }),
  transaction(station, report) {
    const { transaction, kind, trigger } = report
    // 2.0.1 chooses the transaction's name at the station.
    transaction.transactionId = transaction.localId
    const seqNo = transaction.nextSeqNo
    transaction.nextSeqNo += 1
    return {
      action: 'TransactionEvent',
      keep: true,
      ...(kind === 'updated' && (trigger === 'sample' || trigger === 'clock') ? { expendable: true } : {}),
      payload: event(report, seqNo, !station.connected),
      answered(response) {
        const status = tokenStatus(response)
        if (status !== undefined && status !== 'Accepted' && kind !== 'ended') station.deauthorise(transaction)
      },
    }
  },
  meterValues: (outlet, sample) => ({
    action: 'MeterValues',
    keep: false,
    payload: { evseId: outlet.evse.spec.evseId, meterValue: [meterValue(sample)] },
  }),
  handle: answer201,
}

function event(report: TransactionReport, seqNo: number, offline: boolean): JsonObject {
  const { kind, transaction, outlet, atMs, trigger, sample, reason, tokenShown } = report
  const { token, remoteStartId, localId } = transaction
  return {
    eventType: { started: 'Started', updated: 'Updated', ended: 'Ended' }[kind],
    timestamp: iso(atMs),
    triggerReason: TRIGGER[trigger],
    seqNo,
    offline,
    transactionInfo: {
      transactionId: localId,
      chargingState: chargingState(report),
      ...(reason === undefined ? {} : { stoppedReason: REASON[reason] }),
      ...(remoteStartId !== null && tokenShown === true ? { remoteStartId } : {}),
    },
    evse: { id: outlet.evse.spec.evseId, connectorId: 1 },
    ...(token !== null && (tokenShown === true || trigger === 'stopAuthorized') ? { idToken: idToken(token) } : {}),
    ...(sample === null ? {} : { meterValue: [meterValue(sample)] }),
  }
}

function chargingState({ kind, transaction, outlet }: TransactionReport): string {
  if (kind === 'ended') return outlet.evse.vehicle === null ? 'Idle' : 'EVConnected'
  if (!transaction.authorised) return 'EVConnected'
  return { off: 'EVConnected', charging: 'Charging', suspendedEv: 'SuspendedEV', suspendedEvse: 'SuspendedEVSE' }[
    outlet.flow
  ]
}

function idToken(token: Token): JsonObject {
  return { idToken: token.value, type: token.type }
}

function tokenStatus(response: JsonObject): unknown {
  const info = response.idTokenInfo
  return typeof info === 'object' && info !== null && !Array.isArray(info) ? info.status : undefined
}

/** 2.0.1 has no word for temperature. */
function meterValue(sample: Sample): JsonObject {
  return {
    timestamp: iso(sample.atMs),
    sampledValue: sample.readings
      .filter((one) => one.measurand !== 'Temperature')
      .map((one) => sampledValue(one, sample.context)),
  }
}

function sampledValue({ value, measurand, phase, location, unit }: Reading, context: SampleContext): JsonObject {
  const written: JsonObject = { value, context, measurand, location, unitOfMeasure: { unit } }
  if (phase !== undefined) written.phase = phase
  return written
}

function iso(ms: number): string {
  return new Date(ms).toISOString()
}
