import { z } from '@hono/zod-openapi'
import type { Json, JsonObject } from '../../domain/command.ts'
import { leftOut } from '../../domain/left-out.ts'
import { instantInput } from './common.ts'

const evseId = z.int().min(0).max(999)
const jsonValue: z.ZodType<Json> = z.json()

/** Any JSON object, as it travels in an OCPP frame. */
export const payload: z.ZodType<JsonObject> = z
  .record(z.string(), jsonValue)
  .openapi({ type: 'object', additionalProperties: true })

export const chargingProfile = z
  .object({
    id: z.int(),
    stackLevel: z.int().min(0),
    purpose: z.enum(['stationMax', 'txDefault', 'tx']),
    kind: z.enum(['absolute', 'relative', 'recurringDaily']),
    transactionId: leftOut(z.string().max(36)),
    validFrom: leftOut(instantInput),
    validTo: leftOut(instantInput),
    schedule: z.object({
      rateUnit: z.enum(['W', 'A']),
      startAt: leftOut(instantInput).describe('Needed unless the profile is relative.'),
      durationSeconds: leftOut(z.int().min(1)),
      minChargingRate: leftOut(z.number().min(0)),
      periods: z
        .array(
          z.object({
            startSeconds: z.int().min(0),
            limit: z.number().min(0).describe('In the rate unit; A is per phase.'),
            phases: leftOut(z.union([z.literal(1), z.literal(2), z.literal(3)])),
          }),
        )
        .min(1)
        .max(1024),
    }),
  })
  .openapi('ChargingProfile')

/** What a station can be asked to do, in words of no OCPP version. */
export const command = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('setChargingProfile'), evseId, profile: chargingProfile }),
    z.object({
      type: z.literal('clearChargingProfile'),
      profileId: leftOut(z.int()),
      evseId: leftOut(evseId),
      purpose: leftOut(z.enum(['stationMax', 'txDefault', 'tx'])),
      stackLevel: leftOut(z.int().min(0)),
    }),
    z.object({
      type: z.literal('getCompositeSchedule'),
      evseId,
      durationSeconds: z.int().min(1).max(604_800),
      rateUnit: leftOut(z.enum(['W', 'A'])),
    }),
    z.object({
      type: z.literal('remoteStart'),
      evseId: leftOut(evseId),
      idToken: z.string().min(1).max(36),
      idTokenType: leftOut(z.string().max(20)),
      profile: leftOut(chargingProfile),
    }),
    z.object({ type: z.literal('remoteStop'), transactionId: z.string().min(1).max(36) }),
    z.object({ type: z.literal('reset'), kind: z.enum(['soft', 'hard']), evseId: leftOut(evseId) }),
    z.object({ type: z.literal('unlockConnector'), evseId, connectorId: z.int().min(1).max(99) }),
    z.object({ type: z.literal('trigger'), message: z.string().min(1).max(50), evseId: leftOut(evseId) }),
    z.object({
      type: z.literal('changeAvailability'),
      evseId: leftOut(evseId).describe('The whole station when left out.'),
      operative: z.boolean(),
    }),
    z.object({ type: z.literal('getVariables'), names: z.array(z.string().min(1).max(120)).max(200) }),
    z.object({
      type: z.literal('setVariables'),
      values: z
        .array(z.object({ name: z.string().min(1).max(120), value: z.string().max(2500) }))
        .min(1)
        .max(200),
    }),
    z.object({ type: z.literal('call'), action: z.string().min(1).max(60), payload }),
  ])
  .openapi('Command', { example: { type: 'reset', kind: 'soft' } })

/** The station's own answer: an acceptance, a refusal in its own words, or a CALLERROR. */
export const commandOutcome = z
  .discriminatedUnion('outcome', [
    z.object({
      outcome: z.literal('answered'),
      accepted: z.boolean(),
      status: z.string().describe('The station’s own word: Accepted, Rejected, NotSupported, …'),
      response: payload,
      compositeSchedule: leftOut(
        z.object({
          evseId,
          startAt: z.iso.datetime(),
          durationSeconds: z.int(),
          rateUnit: z.enum(['W', 'A']),
          periods: z.array(
            z.object({
              startSeconds: z.int(),
              limit: z.number(),
              phases: leftOut(z.union([z.literal(1), z.literal(2), z.literal(3)])),
            }),
          ),
        }),
      ),
    }),
    z.object({
      outcome: z.literal('refused'),
      errorCode: z.string(),
      errorDescription: z.string(),
      errorDetails: payload,
    }),
  ])
  .openapi('CommandOutcome', {
    example: { outcome: 'answered', accepted: true, status: 'Accepted', response: { status: 'Accepted' } },
  })
