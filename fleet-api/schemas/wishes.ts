import { z } from '@hono/zod-openapi'
import { leftOut } from '../../domain/left-out.ts'
import { instant, instantOrNullInput, localDate, orNull } from './common.ts'

const percent = z.number().min(0).max(100)

/** A departure of a vehicle, by what it leaves for. */
export const departure = z.object({ date: localDate, blockId: z.string().min(1).max(120) })

export const chargeNow = z
  .strictObject({ untilSocPercent: percent.nullable().describe('null: until it has what it needs.') })
  .nullable()
  .describe('Ahead of price, never above a limit; null: as the plan says.')

export const wish = z
  .object({
    wishId: z.int(),
    siteId: z.string(),
    vehicleId: z.string(),
    departure: departure.nullable().describe('null: its next departure, whatever for.'),
    needSocPercent: percent.nullable().describe('null: what its work needs.'),
    departAt: instant.nullable().describe('null: as its work begins.'),
    chargeNow,
    madeAt: instant,
    madeBy: z.string().nullable(),
    until: instant.describe('The departure, as last planned: then it ends by itself.'),
    leavesFor: departure.nullable().describe('What it leaves for, as last planned.'),
    endedAt: instant.nullable(),
    endedBecause: z
      .enum(['departed', 'reached', 'takenBack', 'replaced'])
      .nullable()
      .describe('`reached`: it has the charge that was wished for now.'),
  })
  .openapi('Wish', {
    example: {
      wishId: 12,
      siteId: 'depot',
      vehicleId: 'bus-1',
      departure: null,
      needSocPercent: 95,
      departAt: null,
      chargeNow: null,
      madeAt: '2026-11-23T20:00:00.000Z',
      madeBy: 'Elena Georgieva',
      until: '2026-11-24T03:40:00.000Z',
      leavesFor: { date: '2026-11-24', blockId: '101' },
      endedAt: null,
      endedBecause: null,
    },
  })

/** What can be wished of a departure; also in a preview. */
export const wishedThings = {
  needSocPercent: leftOut(percent.nullable()).describe('null: what its work needs.'),
  departAt: leftOut(instantOrNullInput),
  chargeNow: leftOut(chargeNow),
}

export const wishChange = z
  .strictObject({
    departure: z
      .strictObject(departure.shape)
      .nullable()
      .describe('null: its next departure, whatever for; what is wished then stays with the vehicle.'),
    ...wishedThings,
  })
  .openapi('WishChange', { example: { departure: null, needSocPercent: 95 } })

export const changedWish = z
  .object({
    wish: orNull(wish).describe('null: nothing is wished any more.'),
    previous: orNull(wish).describe('What was wished before, for the way back; null: nothing.'),
  })
  .openapi('ChangedWish', {
    example: {
      wish: {
        wishId: 12,
        siteId: 'depot',
        vehicleId: 'bus-1',
        departure: null,
        needSocPercent: null,
        departAt: null,
        chargeNow: { untilSocPercent: null },
        madeAt: '2026-11-23T20:00:00.000Z',
        madeBy: 'Elena Georgieva',
        until: '2026-11-24T03:40:00.000Z',
        leavesFor: null,
        endedAt: null,
        endedBecause: null,
      },
      previous: null,
    },
  })

/** What all wishes for one stay come to, beside what its work alone asks for. */
export const stayWish = z.object({
  wishIds: z.array(z.int()),
  needSocPercent: percent.nullable(),
  departAt: instant.nullable(),
  chargeNow,
  workNeedSocPercent: z.number(),
  workDepartAt: instant,
})
