import { z } from '@hono/zod-openapi'
import { instant } from './common.ts'

const id = z.string()
const watts = z.int()
const percent = z.number()
const spans = z.array(z.object({ from: instant, to: instant }))
const waits = { kind: z.literal('waits'), vehicleId: id, visit: z.int(), untilAt: instant }

/** What decides a plan, as figures: the same as its sentences say. */
export const planFact = z
  .union([
    z.object({ kind: z.literal('solverFailed') }),
    z.object({
      kind: z.literal('departsShort'),
      vehicleId: id,
      departAt: instant,
      socPercent: percent,
      needSocPercent: percent,
      shortWh: z.int(),
    }),
    z.object({
      kind: z.literal('nodeFull'),
      nodeId: id,
      limitW: watts.nullable().describe('null: it varies.'),
      spans,
      moreSpans: z.int(),
      savesMicroEurPerKw: z.int().nullable().describe('null: more would let vehicles leave with more charge.'),
    }),
    z.object({ kind: z.literal('peakWithin'), peakW: watts, soFarW: watts }),
    z.object({
      kind: z.literal('peakRises'),
      peakW: watts,
      soFarW: watts,
      spans,
      microEurPerKw: z.int(),
      costMicroEur: z.int(),
    }),
    z.object({
      ...waits,
      because: z.literal('price'),
      waitingMicroEurPerKwh: z.int(),
      chargingMicroEurPerKwh: z.int(),
    }),
    z.object({ ...waits, because: z.literal('room'), nodeId: id }),
    z.object({ ...waits, because: z.literal('peak') }),
    z.object({ kind: z.literal('taperLowered'), vehicleIds: z.array(id) }),
    z.object({ kind: z.literal('departsAfterEnd'), vehicleIds: z.array(id), endAt: instant }),
    z.object({ kind: z.literal('baseLoadAboveLimit'), nodeId: id, worstW: watts, spans, moreSpans: z.int() }),
    z.object({ kind: z.literal('wouldStop'), vehicleId: id, at: instant, lackingWh: z.int() }),
    z.object({
      kind: z.literal('belowMinimum'),
      vehicleId: id,
      at: instant,
      socPercent: percent,
      minSocPercent: percent,
    }),
  ])
  .openapi('PlanFact')

/** Why a visit leaves short, with the figures of what would mend it. */
export const shortReason = z
  .union([
    z.object({ kind: z.literal('aboveBattery'), needWh: z.int(), mostWh: z.int() }),
    z.object({ kind: z.literal('notAtCharger'), socPercent: percent, plugInBy: instant }),
    z.object({
      kind: z.literal('staysTooShort'),
      stayMinutes: z.int(),
      socPercent: percent,
      powerW: watts,
      pointId: id,
      strongerPointW: watts.nullable(),
      plugInBy: instant.nullable(),
      leaveLaterMinutes: z.int().nullable(),
    }),
    z.object({
      kind: z.literal('nodeFull'),
      nodeId: id,
      limitW: watts,
      baseLoadW: watts,
      moreW: watts,
      lessWh: z.int(),
    }),
    z.object({ kind: z.literal('pointShared'), pointId: id, moreW: watts }),
  ])
  .openapi('ShortReason')
