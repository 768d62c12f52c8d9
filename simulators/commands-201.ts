import type { JsonObject } from '../domain/command.ts'
import type { Station } from './dialect.ts'
import { CallRefused } from './link.ts'
import { PURPOSE_201, readProfile201, writeComposite201 } from './profile-201.ts'
import type { Profile201 } from './profile-201.ts'
import type { RunningTransaction } from './profiles.ts'
import { findVariable, sendBaseReport, variables } from './variables-201.ts'
import type { ComponentVariable } from './variables-201.ts'

/** The station's answer to a call of an OCPP 2.0.1 central system. The client has checked the payload against the schema. */
export function answer201(station: Station, action: string, payload: JsonObject): JsonObject {
  const handle = HANDLERS[action]
  if (handle === undefined) throw new CallRefused('NotSupported', `${action} is not supported`)
  return handle(station, payload as unknown)
}

interface EvseRef {
  evse?: { id: number; connectorId?: number }
}

const HANDLERS: Record<string, (station: Station, payload: unknown) => JsonObject> = {
  SetChargingProfile(station, payload) {
    const { evseId, chargingProfile } = payload as { evseId: number; chargingProfile: Profile201 }
    const profile = readProfile201(chargingProfile)
    const rejection = profile === null ? 'InvalidProfile' : station.installProfile(evseId, profile)
    if (rejection === null) return { status: 'Accepted' }
    return { status: 'Rejected', statusInfo: { reasonCode: rejection } }
  },

  ClearChargingProfile(station, payload) {
    const { chargingProfileId, chargingProfileCriteria } = payload as {
      chargingProfileId?: number
      chargingProfileCriteria?: { evseId?: number; chargingProfilePurpose?: string; stackLevel?: number }
    }
    const { evseId, chargingProfilePurpose, stackLevel } = chargingProfileCriteria ?? {}
    const purpose = chargingProfilePurpose === undefined ? undefined : PURPOSE_201[chargingProfilePurpose]
    if (chargingProfilePurpose !== undefined && purpose === undefined) return { status: 'Unknown' }
    const cleared = station.profiles.clear({
      ...(chargingProfileId === undefined ? {} : { profileId: chargingProfileId }),
      ...(evseId === undefined ? {} : { evseId }),
      ...(purpose === undefined ? {} : { purpose }),
      ...(stackLevel === undefined ? {} : { stackLevel }),
    })
    return { status: cleared > 0 ? 'Accepted' : 'Unknown' }
  },

  GetCompositeSchedule(station, payload) {
    const { evseId, duration, chargingRateUnit } = payload as {
      evseId: number
      duration: number
      chargingRateUnit?: 'W' | 'A'
    }
    const transactions = new Map<number, RunningTransaction>(
      station.outlets.flatMap((one) => (one.transaction === null ? [] : [[one.evse.spec.evseId, one.transaction]])),
    )
    const composite = station.profiles.compositeSchedule({
      evseId,
      fromMs: station.atMs,
      durationSeconds: duration,
      ...(chargingRateUnit === undefined ? {} : { rateUnit: chargingRateUnit }),
      transactions,
    })
    if (composite === null) return { status: 'Rejected', statusInfo: { reasonCode: 'UnsupportedRateUnit' } }
    return { status: 'Accepted', schedule: writeComposite201(composite) }
  },

  RequestStartTransaction(station, payload) {
    const { evseId, idToken, remoteStartId, chargingProfile } = payload as {
      evseId?: number
      idToken: { idToken: string; type: string }
      remoteStartId: number
      chargingProfile?: Profile201
    }
    const profile = chargingProfile === undefined ? undefined : readProfile201(chargingProfile)
    if (profile === null || (profile !== undefined && profile.purpose !== 'tx')) {
      return { status: 'Rejected', statusInfo: { reasonCode: 'InvalidProfile' } }
    }
    const outlet = station.remoteStart({
      ...(evseId === undefined ? {} : { evseId }),
      token: { value: idToken.idToken, type: idToken.type },
      remoteStartId,
      ...(profile === undefined ? {} : { profile }),
    })
    if (outlet === null) return { status: 'Rejected', statusInfo: { reasonCode: 'TxInProgress' } }
    const transactionId = outlet.transaction?.transactionId
    return { status: 'Accepted', ...(typeof transactionId === 'string' ? { transactionId } : {}) }
  },

  RequestStopTransaction(station, payload) {
    const { transactionId } = payload as { transactionId: string }
    const outlet = station.outlets.find((one) => one.transaction?.transactionId === transactionId)
    if (outlet === undefined) return { status: 'Rejected', statusInfo: { reasonCode: 'TxNotFound' } }
    station.afterAnswer(() => station.endTransaction(outlet, 'remote', 'remoteStop'))
    return { status: 'Accepted' }
  },

  Reset(station, payload) {
    const { type, evseId } = payload as { type: 'Immediate' | 'OnIdle'; evseId?: number }
    if (evseId !== undefined) return { status: 'Rejected', statusInfo: { reasonCode: 'UnsupportedParam' } }
    if (type === 'OnIdle' && station.outlets.some((one) => one.transaction !== null)) {
      return { status: 'Rejected', statusInfo: { reasonCode: 'TxInProgress' } }
    }
    station.afterAnswer(() => station.reboot('softReset'))
    return { status: 'Accepted' }
  },

  UnlockConnector(station, payload) {
    const { evseId, connectorId } = payload as { evseId: number; connectorId: number }
    const outlet = station.outlet(evseId)
    if (outlet === undefined || connectorId !== 1) return { status: 'UnknownConnector' }
    return { status: outlet.transaction?.authorised === true ? 'OngoingAuthorizedTransaction' : 'Unlocked' }
  },

  TriggerMessage(station, payload) {
    const { requestedMessage, evse } = payload as { requestedMessage: string } & EvseRef
    const outlets = station.outlets.filter((one) => evse === undefined || one.evse.spec.evseId === evse.id)
    if (outlets.length === 0) return { status: 'Rejected', statusInfo: { reasonCode: 'UnknownEvse' } }
    const send: Record<string, (() => void) | undefined> = {
      BootNotification: () => station.sendBoot(),
      Heartbeat: () => station.sendHeartbeat(),
      StatusNotification: () => outlets.forEach((one) => station.sendStatus(one)),
      MeterValues: () => outlets.forEach((one) => station.sendMeterValues(one, 'trigger')),
      TransactionEvent: () => {
        for (const outlet of outlets) if (outlet.transaction !== null) station.sendMeterValues(outlet, 'trigger')
      },
    }
    const chosen = send[requestedMessage]
    if (chosen === undefined) return { status: 'NotImplemented' }
    station.afterAnswer(chosen)
    return { status: 'Accepted' }
  },

  ChangeAvailability(station, payload) {
    const { operationalStatus, evse } = payload as { operationalStatus: 'Operative' | 'Inoperative' } & EvseRef
    const outcome = station.changeAvailability(evse?.id, operationalStatus === 'Operative')
    return { status: { accepted: 'Accepted', scheduled: 'Scheduled', rejected: 'Rejected' }[outcome] }
  },

  GetVariables(station, payload) {
    const { getVariableData } = payload as { getVariableData: ComponentVariable[] }
    return {
      getVariableResult: getVariableData.map((wanted) => {
        const found = findVariable(station, wanted)
        if (typeof found === 'string') return variableResult(wanted, found)
        return Object.assign(variableResult(wanted, 'Accepted'), { attributeValue: found.value })
      }),
    }
  },

  SetVariables(station, payload) {
    const { setVariableData } = payload as { setVariableData: (ComponentVariable & { attributeValue: string })[] }
    return {
      setVariableResult: setVariableData.map((wanted) => {
        const found = findVariable(station, wanted)
        if (typeof found === 'string') return variableResult(wanted, found)
        return variableResult(wanted, found.set?.(wanted.attributeValue) === true ? 'Accepted' : 'Rejected')
      }),
    }
  },

  GetBaseReport(station, payload) {
    const { requestId, reportBase } = payload as { requestId: number; reportBase: string }
    if (reportBase === 'SummaryInventory') return { status: 'NotSupported' }
    const reported = variables(station).filter((one) => reportBase === 'FullInventory' || one.set !== undefined)
    station.afterAnswer(() => sendBaseReport(station, requestId, reported))
    return { status: 'Accepted' }
  },

  ClearCache: () => ({ status: 'Accepted' }),
  DataTransfer: () => ({ status: 'UnknownVendorId' }),
}

function variableResult({ component, variable }: ComponentVariable, attributeStatus: string): JsonObject {
  return { component: { ...component }, variable: { ...variable }, attributeStatus }
}
