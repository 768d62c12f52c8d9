import { z } from '@hono/zod-openapi'
import { instant, localDate } from './common.ts'
import { dayExample, departureExample } from './plan-history-examples.ts'

const watts = z.int()
const percent = z.number()
const microEur = z.int()

const sums = z.object({
  energyWh: z.int().describe('Of the chargers, without the building’s base load.'),
  costMicroEur: microEur
    .nullable()
    .describe('Energy and network, without peak charges; null: not all of it has a price.'),
  peakW: watts.describe('Highest quarter-hour mean of the whole connection.'),
})

const seen = {
  deliveredWh: z.int().nullable().describe('Grid side, until it was to leave; null: nothing was measured.'),
  deliveryComplete: z.boolean().describe('No more readings are to come.'),
  chargedUntil: instant.nullable().describe('When it last drew power.'),
  socPercent: percent.nullable().describe('The last that was told before it was to leave; null: unknown.'),
  socAt: instant.nullable().describe('When it was told.'),
  unpluggedAt: instant.nullable().describe('null: not known.'),
}

const verdict = z
  .enum(['ahead', 'ready', 'short', 'unknown', 'dropped'])
  .describe(
    'By what was measured. `ahead`: it is not time yet. `dropped`: the last plans before it no longer had it. `unknown`: nobody has told what was in the battery.',
  )

/** A night in short. */
export const planDay = z
  .object({
    date: localDate.describe('The service day; its night goes from the noon before to noon.'),
    siteId: z.string(),
    timeZone: z.string(),
    fromAt: instant,
    toAt: instant,
    over: z.boolean(),
    departures: z.object({
      all: z.int().describe('Without those that were dropped.'),
      ahead: z.int(),
      ready: z.int(),
      short: z.int(),
      unknown: z.int(),
      dropped: z.int(),
    }),
    plans: z.int().describe('Plans made in that time and still kept whole.'),
    planned: sums.nullable().describe('By the plan of the night, over the quarter hours that are over; null: none is.'),
    measured: sums.nullable().describe('Over the same; null: nothing was measured.'),
    limitW: watts.nullable(),
    missingQuarters: z.int().describe('Of those that are over, the ones of which nothing was measured.'),
  })
  .openapi('PlanDay', { example: dayExample })

const foreseen = {
  planId: z.int(),
  planAt: instant,
  socPercent: percent,
  readyAt: instant.nullable().describe('null: never.'),
}

export const planDayDeparture = z
  .object({
    date: localDate,
    blockId: z.string(),
    vehicleId: z.string(),
    departAt: instant.describe('As the last plan had it.'),
    needSocPercent: percent,
    night: z
      .object({ ...foreseen, vehicleId: z.string(), energyWh: z.int() })
      .describe('What the plan of the night foresaw: the first that was made after noon.'),
    last: z
      .object({ ...foreseen, shortWh: z.int() })
      .describe('What the last plan foresaw that had the departure before it.'),
    droppedAt: instant.nullable().describe('A later plan no longer had it; null: it stood to the end.'),
    fromAt: instant.describe('From when on what was charged counts.'),
    ...seen,
    leftAt: instant.nullable().describe('When its first stop saw it leave, by its positions; null: not seen.'),
    verdict,
  })
  .openapi('PlanDayDeparture', { example: departureExample })

/** A night in full. Lists of one value a quarter hour begin at `quarters.startAt`. */
export const planDayReport = planDay
  .extend({
    quarters: z.array(
      z.object({
        startAt: instant,
        limitW: watts,
        nightW: watts.describe('By the plan of the night.'),
        lastW: watts.describe('By the plan that held when it began.'),
        measuredW: watts.nullable(),
        priceMicroEurPerKwh: z.int(),
      }),
    ),
    pullOuts: z.array(planDayDeparture),
  })
  .openapi('PlanDayReport', {
    example: {
      ...dayExample,
      quarters: [
        {
          startAt: '2026-11-23T22:00:00.000Z',
          limitW: 300_000,
          nightW: 190_000,
          lastW: 180_000,
          measuredW: 176_400,
          priceMicroEurPerKwh: 84_000,
        },
      ],
      pullOuts: [departureExample],
    },
  })

export const planActual = z
  .object({
    planId: z.int(),
    siteId: z.string(),
    startAt: instant,
    slotMinutes: z.int(),
    untilAt: instant.describe('Until when there is something to compare: now, or the plan’s end.'),
    plannedW: z.array(watts).describe('Per slot, at the grid connection.'),
    measuredW: z.array(watts.nullable()).describe('null: nothing was measured, or it lies ahead.'),
    limitW: z.array(watts),
    priceMicroEurPerKwh: z.array(z.int()),
    planned: sums.describe('Over the slots that are over.'),
    measured: sums.nullable(),
    missingSlots: z.int(),
    visits: z.array(
      z.object({
        vehicleId: z.string(),
        stationId: z.string().nullable(),
        evseId: z.int().nullable(),
        arriveAt: instant,
        departAt: instant,
        leavesFor: z.object({ blockId: z.string(), date: localDate }).nullable(),
        needSocPercent: percent,
        plannedSocPercent: percent,
        readyAt: instant.nullable(),
        shortWh: z.int(),
        plannedWh: z.int(),
        ...seen,
        verdict,
      }),
    ),
  })
  .openapi('PlanActual', {
    example: {
      planId: 412,
      siteId: 'depot',
      startAt: '2026-11-23T20:00:00.000Z',
      slotMinutes: 15,
      untilAt: '2026-11-23T20:30:00.000Z',
      plannedW: [20_000, 60_000],
      measuredW: [20_000, 58_400],
      limitW: [300_000, 300_000],
      priceMicroEurPerKwh: [112_000, 84_000],
      planned: { energyWh: 10_000, costMicroEur: 840_000, peakW: 60_000 },
      measured: { energyWh: 9_600, costMicroEur: 806_400, peakW: 58_400 },
      missingSlots: 0,
      visits: [],
    },
  })
