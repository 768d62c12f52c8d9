import type { ChargingProfile, CompositeSchedule } from './charging-profile.ts'
import type { PlainSentence } from './sentences/sentence.ts'

/** A JSON value, as it travels in frames and in `jsonb` columns. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
export type JsonObject = { [key: string]: Json }

/** Something that a station can be asked to do, in words of no OCPP version; `ocpp-central/commands` writes it in the station's own. */
export type Command =
  | { type: 'setChargingProfile'; evseId: number; profile: ChargingProfile }
  | {
      type: 'clearChargingProfile'
      profileId?: number
      evseId?: number
      purpose?: ChargingProfile['purpose']
      stackLevel?: number
    }
  | { type: 'getCompositeSchedule'; evseId: number; durationSeconds: number; rateUnit?: 'W' | 'A' }
  | { type: 'remoteStart'; evseId?: number; idToken: string; idTokenType?: string; profile?: ChargingProfile }
  | { type: 'remoteStop'; transactionId: string }
  | { type: 'reset'; kind: 'soft' | 'hard'; evseId?: number }
  | { type: 'unlockConnector'; evseId: number; connectorId: number }
  | { type: 'trigger'; message: string; evseId?: number }
  | { type: 'changeAvailability'; evseId?: number; operative: boolean }
  /** 1.6: configuration keys. 2.0.1: `Component.variable`. Empty: all (1.6 only). */
  | { type: 'getVariables'; names: string[] }
  | { type: 'setVariables'; values: { name: string; value: string }[] }
  /** Any OCPP action of the station's version; the payload is checked against the official schema before it leaves. */
  | { type: 'call'; action: string; payload: JsonObject }

export type CommandType = Command['type']

/** What came of a command. `status` is the station's own word (Accepted, Rejected, NotSupported, …). */
export type CommandOutcome =
  | {
      outcome: 'answered'
      accepted: boolean
      status: string
      response: JsonObject
      compositeSchedule?: CompositeSchedule
    }
  /** The station answered with a CALLERROR. */
  | { outcome: 'refused'; errorCode: string; errorDescription: string; errorDetails: JsonObject }
  | { outcome: 'offline' }
  | { outcome: 'timeout' }
  /** Never sent: this station's OCPP version has no such command, or the payload does not fit the schema. `reason` is English; outcomes of older versions have nothing else. */
  | { outcome: 'unsendable'; reason: string; sentence?: PlainSentence }
