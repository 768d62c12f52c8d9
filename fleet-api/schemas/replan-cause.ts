import { z } from '@hono/zod-openapi'
import { localDate } from './common.ts'

const id = z.string()
const outlet = { stationId: id, evseId: z.int() }

/** What asked for a plan, as figures; `reason` says the same in English. */
export const replanCause = z
  .union([
    z.object({ kind: z.enum(['round', 'byHand', 'fleetImported', 'fleetTakenBack', 'demoPast']) }),
    z.object({
      kind: z.enum(['plugged', 'unplugged', 'chargingBegan', 'chargingEnded']),
      vehicleId: id.nullable().describe('null: nobody knows which.'),
      ...outlet,
    }),
    z.object({
      kind: z.enum(['evseFree', 'evseWorks', 'evseOutOfOrder', 'evseBackInOrder', 'evseChanged']),
      ...outlet,
    }),
    z.object({ kind: z.literal('evseFailed'), status: z.string(), ...outlet }),
    z.object({ kind: z.literal('stationPlaced'), stationId: id }),
    z.object({ kind: z.literal('stationRegistration'), stationId: id, registration: z.string() }),
    z.object({
      kind: z.enum(['stationsBack', 'stationsGone', 'stationsStarted']),
      stationId: id.describe('The first of `count`.'),
      count: z.int(),
    }),
    z.object({ kind: z.literal('vehicleDelay'), vehicleId: id, delaySeconds: z.int().nullable() }),
    z.object({ kind: z.literal('vehicleSoc'), vehicleId: id, socPercent: z.number() }),
    z.object({
      kind: z.enum([
        'vehicleInService',
        'vehicleOutOfService',
        'vehicleRenamed',
        'vehicleBay',
        'vehicleAtNoPlug',
        'noWish',
      ]),
      vehicleId: id,
    }),
    z.object({ kind: z.literal('vehicleAt'), vehicleId: id, ...outlet }),
    z.object({
      kind: z.literal('wish'),
      vehicleId: id,
      chargeNow: z.boolean(),
      needSocPercent: z.number().nullable(),
      otherDeparture: z.boolean(),
    }),
    z.object({ kind: z.literal('blockGiven'), blockId: id, vehicleId: id.nullable() }),
    z.object({ kind: z.literal('blockTaken'), blockId: id, vehicleId: id }),
    z.object({ kind: z.literal('vehicleTypeChanged'), label: z.string() }),
    z.object({ kind: z.enum(['limit', 'baseLoad']), nodeId: id, powerW: z.int() }),
    z.object({ kind: z.literal('temperature'), celsius: z.number().nullable() }),
    z.object({ kind: z.enum(['tariffChanged', 'tariffDeleted']), validFrom: localDate }),
    z.object({ kind: z.enum(['prices', 'carbon']), series: id }),
    z.object({ kind: z.literal('timetableImported'), feedId: id }),
  ])
  .openapi('ReplanCause')
