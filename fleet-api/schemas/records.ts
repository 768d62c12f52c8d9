import { z } from '@hono/zod-openapi'
import { instant, localDate } from './common.ts'
import { replanCause } from './replan-cause.ts'

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
  .openapi('Message', {
    example: {
      logId: 81234,
      at: '2026-11-23T20:00:00.000Z',
      stationId: 'CP1',
      direction: 'in',
      messageType: 2,
      messageId: '19223201',
      action: 'Heartbeat',
      errorCode: null,
      frame: '[2,"19223201","Heartbeat",{}]',
    },
  })

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
  .openapi('MeterSample', {
    example: {
      at: '2026-11-23T20:00:00.000Z',
      context: 'Sample.Periodic',
      registerWh: 1_284_300,
      powerW: 41_200,
      offeredW: 60_000,
      socPercent: 57,
      currentA: 62.4,
      voltageV: 660,
    },
  })

export const socReading = z
  .object({
    at: instant,
    socPercent: z.number(),
    source: z.string().describe('`ocpp`, `telemetry` or `manual`; `estimate` is no reading.'),
    measured: z.boolean().describe('false: an estimate, only ever the last item.'),
  })
  .openapi('SocReading', {
    example: { at: '2026-11-23T19:42:00.000Z', socPercent: 61.5, source: 'telemetry', measured: true },
  })

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
  .openapi('SitePower', {
    example: {
      startAt: '2026-11-23T20:00:00.000Z',
      chargingW: 82_000,
      baseLoadW: 20_000,
      powerW: 102_000,
      complete: true,
    },
  })

export const planSummary = z
  .object({
    planId: z.int(),
    siteId: z.string(),
    createdAt: instant,
    startAt: instant,
    slotMinutes: z.int(),
    slots: z.int(),
    endAt: instant,
    status: z.string(),
    reason: z.string(),
    /** The same as figures, for pages in other languages. */
    causes: z.array(replanCause),
    current: z.boolean(),
    totalCostMicroEur: z.int().nullable(),
    lowerBoundMicroEur: z.int().nullable(),
    gap: z.number().nullable(),
    departures: z.int().nullable().describe('Within the plan’s time; null: not counted.'),
    shortDepartures: z.int().nullable().describe('Those of them that leave with too little.'),
  })
  .openapi('PlanSummary', {
    example: {
      planId: 412,
      siteId: 'depot',
      createdAt: '2026-11-23T20:00:00.000Z',
      startAt: '2026-11-23T20:00:00.000Z',
      slotMinutes: 15,
      slots: 144,
      endAt: '2026-11-25T08:00:00.000Z',
      status: 'optimal',
      reason: 'bus-3 plugged in at CP3/1',
      causes: [{ kind: 'plugged' as const, vehicleId: 'bus-3', stationId: 'CP3', evseId: 1 }],
      current: true,
      totalCostMicroEur: 61_420_000,
      lowerBoundMicroEur: 61_390_000,
      gap: 0.0005,
      departures: 14,
      shortDepartures: 0,
    },
  })

export const token = z
  .object({
    value: z.string(),
    type: z.string(),
    label: z.string().nullable(),
    vehicleId: z.string().nullable(),
    blocked: z.boolean(),
    expiresAt: instant.nullable(),
  })
  .openapi('Token', {
    example: {
      value: '04A2B3C4D5',
      type: 'ISO14443',
      label: 'Bus 1',
      vehicleId: 'bus-1',
      blocked: false,
      expiresAt: null,
    },
  })

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
  .openapi('BlockAssignment', {
    example: {
      date: '2026-11-24',
      blockId: '12-1',
      vehicleId: 'bus-2',
      previous: { vehicleId: 'bus-5', assignedBy: 'timetable' },
    },
  })

export const signedIn = z.object({ signedIn: z.boolean(), expiresAt: instant.nullable() }).openapi('SignedIn', {
  example: { signedIn: true, expiresAt: '2026-12-23T20:00:00.000Z' },
})
