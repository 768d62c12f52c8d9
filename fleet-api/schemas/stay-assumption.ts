import { z } from '@hono/zod-openapi'

const id = z.string()
const percent = z.number()

/** What a plan takes for granted of a stay, as figures; `assumptions` say the same in English. */
export const stayAssumption = z
  .union([
    z.object({ kind: z.literal('socNotMeasured'), socPercent: percent }),
    z.object({ kind: z.literal('learnedCapacity'), capacityWh: z.int() }),
    z.object({ kind: z.enum(['noWork', 'wishBeforeArrival', 'wishAfterNextArrival']) }),
    z.object({ kind: z.literal('pointOutOfOrder'), pointId: id }),
    z.object({ kind: z.literal('otherPoint'), homePointId: id, pointId: id }),
    z.object({
      kind: z.literal('partOfStay'),
      pointId: id,
      afterOther: z.boolean().describe('Once the one before has left.'),
      untilOther: z.boolean().describe('Until the next comes.'),
    }),
    z.object({ kind: z.literal('sharedPoint'), pointId: id, firstVehicleId: id, secondVehicleId: id }),
    z.object({ kind: z.literal('workBeyondBattery'), workWh: z.int(), usableWh: z.int() }),
    z.object({ kind: z.literal('workIntoReserve'), workWh: z.int(), reservePercent: percent }),
  ])
  .openapi('StayAssumption')
