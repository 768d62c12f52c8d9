import { z } from '@hono/zod-openapi'
import { ATTEMPT_OUTCOMES } from '../../domain/connection-attempt.ts'
import { chargingProfile, commandOutcome } from './commands.ts'
import { leftOut } from '../../domain/left-out.ts'
import { id, instant, orNull } from './common.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { matching } from '../matching.ts'

/** A way in which a charger knocked, however often. */
export const connectionAttempt = z
  .object({
    stationId: z.string().nullable().describe('null: the address that it used names no station.'),
    address: z.string().describe('Where it came from, as far as can be told.'),
    outcome: z.enum(ATTEMPT_OUTCOMES),
    path: z.string().describe('Without its query.'),
    protocols: z.array(z.string()).describe('WebSocket subprotocols that it offered.'),
    tries: z.int(),
    firstAt: instant,
    lastAt: instant,
  })
  .openapi('ConnectionAttempt', {
    example: {
      stationId: 'CP-7',
      address: '10.0.3.17',
      outcome: 'passwordWrong',
      path: '/ocpp/CP-7',
      protocols: ['ocpp1.6'],
      tries: 12,
      firstAt: '2026-11-23T19:40:00.000Z',
      lastAt: '2026-11-23T19:42:00.000Z',
    },
  })

/** As `ocpp-central` takes it from an address. */
export const newStationId = matching(z.string().min(1).max(48), /^[^\s/\p{C}]+$/u, say('plainStationId')).openapi({
  example: 'CP-7',
})

export const stationPassword = matching(z.string().min(16).max(40), /^[\x21-\x7e]+$/, say('plainPassword')).openapi({
  example: 'h7Kq-29xT-pLm4-Zs81',
})

export const stationEntry = z
  .strictObject({
    stationId: newStationId,
    label: leftOut(z.string().max(120).nullable()),
    registration: z.enum(['accepted', 'pending']).default('pending'),
    password: leftOut(stationPassword.nullable()).describe(
      'What it must give when it connects (HTTP Basic, its id as user name). null: nothing.',
    ),
  })
  .openapi('StationEntry', { example: { stationId: 'CP-7', label: 'Charger 7', registration: 'pending' } })

export const evseChange = z
  .strictObject({
    maxPowerW: leftOut(z.int().min(0).max(5_000_000)),
    minPowerW: leftOut(z.int().min(0).max(5_000_000)),
    currentType: leftOut(z.enum(['AC', 'DC'])),
    phases: leftOut(z.int().min(1).max(3)),
    nodeId: leftOut(id.nullable()).describe('The limit that it is under; null: its station’s.'),
    bayId: leftOut(id.nullable()).describe('The bay that it serves; null: none.'),
  })
  .openapi('EvseChange', { example: { maxPowerW: 150_000, bayId: 'A3' } })

const toldProfile = chargingProfile
  .extend({
    validFrom: instant.optional(),
    validTo: instant.optional(),
    schedule: chargingProfile.shape.schedule.extend({ startAt: instant.optional() }),
  })
  .openapi('ToldChargingProfile')

export const stationProfiles = z
  .object({
    wanted: z.array(
      z.object({
        item: z.string().openapi({ example: 'txProfile:1' }),
        type: z.string().describe('Of the command.'),
        version: z.int(),
        wantedAt: instant,
        confirmed: z.boolean().describe('The station has accepted this version.'),
        confirmedVersion: z.int().nullable(),
        confirmedAt: instant.nullable(),
        attempts: z.int().describe('Tries of this version that failed.'),
        attemptedAt: instant.nullable(),
        retryAt: instant.nullable(),
        outcome: z
          .union([commandOutcome, z.object({ outcome: z.enum(['offline', 'timeout']) }), unsendable()])
          .nullable()
          .describe('What came of the last try.'),
        evseId: z.int().nullable(),
        profile: orNull(toldProfile),
      }),
    ),
    held: z.array(
      z.object({
        item: z.string(),
        evseId: z.int(),
        version: z.int(),
        profile: toldProfile,
        sentAt: instant,
        confirmedAt: instant.nullable().describe('null: its answer never came; it may or may not hold it.'),
        lapsesAt: instant.nullable(),
        readback: z
          .string()
          .nullable()
          .describe('What the station said when it was asked for its composite schedule afterwards.'),
        readbackAt: instant.nullable(),
      }),
    ),
  })
  .openapi('StationProfiles', {
    example: {
      wanted: [
        {
          item: 'txDefault:1',
          type: 'setChargingProfile',
          version: 3,
          wantedAt: '2026-11-23T19:40:00.000Z',
          confirmed: true,
          confirmedVersion: 3,
          confirmedAt: '2026-11-23T19:40:02.000Z',
          attempts: 0,
          attemptedAt: '2026-11-23T19:40:02.000Z',
          retryAt: null,
          outcome: { outcome: 'answered', accepted: true, status: 'Accepted', response: { status: 'Accepted' } },
          evseId: 1,
          profile: {
            id: 11,
            stackLevel: 0,
            purpose: 'txDefault',
            kind: 'relative',
            schedule: { rateUnit: 'W', periods: [{ startSeconds: 0, limit: 40_000 }] },
          },
        },
      ],
      held: [],
    },
  })

function unsendable() {
  return z.object({ outcome: z.literal('unsendable'), reason: z.string() })
}

export const deviceVariable = z
  .object({
    name: z.string().describe('1.6: the configuration key. 2.0.1: `Component.Variable`.'),
    value: z.string().nullable().describe('null: it did not say. Passwords are never kept.'),
    readonly: z.boolean().nullable().describe('null: it did not say.'),
    at: instant,
  })
  .openapi('DeviceVariable', {
    example: { name: 'MeterValueSampleInterval', value: '30', readonly: false, at: '2026-11-23T19:42:00.000Z' },
  })
