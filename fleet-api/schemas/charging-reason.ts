import { z } from '@hono/zod-openapi'
import { instant } from './common.ts'

const percent = z.number()
const price = z.int()

/** Why a vehicle at a plug charges or does not, now. */
export const chargingReason = z
  .union([
    z.object({ kind: z.literal('charging'), powerW: z.int() }),
    z.object({ kind: z.literal('outOfOrder'), reason: z.string() }),
    z.object({ kind: z.literal('switchedOff') }),
    z.object({ kind: z.literal('faulted'), errorCode: z.string().nullable() }),
    z.object({ kind: z.literal('stationOffline'), since: instant.nullable() }),
    z.object({ kind: z.literal('noSession') }),
    z.object({ kind: z.literal('notAuthorised'), authorization: z.string() }),
    z.object({ kind: z.literal('profileRefused'), outcome: z.string().describe('The charger’s own word.') }),
    z.object({ kind: z.literal('noPlan') }),
    z.object({ kind: z.literal('notPlanned') }),
    z.object({ kind: z.literal('noWork'), needSocPercent: percent }),
    z.object({ kind: z.literal('hasNeed'), socPercent: percent.nullable(), needSocPercent: percent }),
    z.object({
      kind: z.literal('waitsForPrice'),
      untilAt: instant,
      waitingMicroEurPerKwh: price,
      chargingMicroEurPerKwh: price,
    }),
    z.object({ kind: z.literal('waitsForRoom'), untilAt: instant, nodeId: z.string() }),
    z.object({ kind: z.literal('waitsForPeak'), untilAt: instant }),
    z.object({ kind: z.literal('waits'), untilAt: instant }),
    z.object({ kind: z.literal('shouldCharge'), plannedW: z.int() }),
  ])
  .openapi('ChargingReason')
