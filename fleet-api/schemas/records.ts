import { z } from '@hono/zod-openapi'
import { instant, localDate } from './common.ts'

const watts = z.int()

/** One frame as it went over the wire. */
export const message = z
  .object({
    logId: z.int(),
    at: instant,
    stationId: z.string(),
    direction: z.enum(['in', 'out']).describe('`in`: from the station.'),
    /** OCPP-J: 2 call, 3 result, 4 error; null: no frame of OCPP-J. */
    messageType: z.int().nullable(),
    messageId: z.string().nullable(),
    action: z.string().nullable(),
    errorCode: z.string().nullable(),
    frame: z.string(),
  })
  .openapi('Message')

export const meterSample = z
  .object({
    at: instant,
    context: z.string(),
    registerWh: z.int().nullable(),
    powerW: watts.nullable(),
    offeredW: watts.nullable(),
    socPercent: z.number().nullable(),
    currentA: z.number().nullable(),
    voltageV: z.number().nullable(),
  })
  .openapi('MeterSample')

export const socReading = z.object({ at: instant, socPercent: z.number(), source: z.string() }).openapi('SocReading')

/** A quarter of an hour at the grid connection, as measured. */
export const sitePower = z
  .object({
    startAt: instant,
    /** Mean power that the chargers drew; null: not measured. */
    chargingW: watts.nullable(),
    /** The building’s base load as it is set today, which is part of `powerW`. */
    baseLoadW: watts,
    powerW: watts.nullable(),
    /** Whether every meter reading that belongs here has come; a figure of an unfinished quarter still moves. */
    complete: z.boolean(),
  })
  .openapi('SitePower')

export const planSummary = z
  .object({
    planId: z.int(),
    siteId: z.string(),
    createdAt: instant,
    startAt: instant,
    slotMinutes: z.int(),
    slots: z.int(),
    status: z.string(),
    reason: z.string(),
    current: z.boolean(),
    totalCostMicroEur: z.int().nullable(),
    lowerBoundMicroEur: z.int().nullable(),
    gap: z.number().nullable(),
  })
  .openapi('PlanSummary')

export const token = z
  .object({
    value: z.string(),
    type: z.string(),
    label: z.string().nullable(),
    vehicleId: z.string().nullable(),
    blocked: z.boolean(),
    expiresAt: instant.nullable(),
  })
  .openapi('Token')

export const priceSlot = z
  .object({
    series: z.string(),
    startAt: instant,
    endAt: instant,
    priceMicroEurPerKwh: z.int(),
    source: z.string(),
  })
  .openapi('PriceSlot')

/** What a change of a block’s vehicle was, and what it was before, so that it can be taken back. */
export const blockAssignment = z
  .object({
    date: localDate,
    blockId: z.string(),
    vehicleId: z.string().nullable(),
    previous: z.object({
      vehicleId: z.string().nullable(),
      assignedBy: z.enum(['timetable', 'automatic', 'manual']).nullable(),
    }),
  })
  .openapi('BlockAssignment')

export const signedIn = z.object({ signedIn: z.boolean(), expiresAt: instant.nullable() }).openapi('SignedIn')
