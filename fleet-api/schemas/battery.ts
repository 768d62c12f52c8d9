import { z } from '@hono/zod-openapi'
import { instant } from './common.ts'

const percent = z.number()
const aged = <Shape extends z.ZodRawShape>(shape: Shape) =>
  z.object({ ...shape, at: instant, old: z.boolean().describe('Read more than 15 minutes ago.') }).nullable()

/** What is taken to be in a battery now; never shown as a reading. */
export const socEstimate = z
  .object({
    socPercent: percent,
    lowPercent: percent.describe('With `highPercent` the span that holds the truth 19 times of 20.'),
    highPercent: percent,
    basis: z
      .enum(['measured', 'charged', 'driven', 'plan', 'cautious'])
      .describe(
        '`measured`: a reading, nothing driven since. `charged`: a reading and what the charger gave since. `driven`: a reading less what was driven since by the timetable and the consumption curve. `plan`: no reading of the last day and a half; taken to have left with what its block needs. `cautious`: nothing is known.',
      ),
  })
  .openapi('SocEstimate')

export const rangeLeft = z
  .object({
    metres: z.int().describe('Until the least state of charge that the vehicle may have, by the estimate.'),
    lowMetres: z.int().describe('The same with the low end of the estimate and 12 % more consumption.'),
    blockRemainingMetres: z.int().nullable().describe('What is left of the block under way; null: none is.'),
    marginPercent: percent
      .nullable()
      .describe(
        'By the estimate: state of charge at the end of the block, less the least that the vehicle may have and the reserve above it. Below 0 it eats into the reserve; null: no block is under way.',
      ),
    lowMarginPercent: percent
      .nullable()
      .describe('The same by `lowMetres`: at or above 0 the charge suffices even then.'),
  })
  .openapi('RangeLeft')

export const vehicleTelemetry = z
  .object({
    at: instant.describe('Of the newest reading, whatever it told.'),
    source: z.string().openapi({ example: 'mqtt' }),
    position: aged({ latitude: z.number(), longitude: z.number(), headingDeg: z.number().nullable() }),
    speed: aged({ kmh: z.number() }),
    odometer: aged({ metres: z.int() }),
    outdoorTemperature: aged({ celsius: z.number() }),
    batteryTemperature: aged({ celsius: z.number() }),
    doors: aged({ open: z.boolean() }),
    passengers: aged({ count: z.int() }),
  })
  .openapi('VehicleTelemetry')

export const vehicleBattery = z
  .object({
    vehicleId: z.string(),
    nominalWh: z.int().describe('Of its type.'),
    usableWh: z
      .int()
      .nullable()
      .describe(
        'Battery-side energy from 0 to 100 % as the vehicle tells it, learned from its sessions; null: too little is known.',
      ),
    usableLowWh: z.int().nullable().describe('With `usableHighWh` the 95 % confidence interval.'),
    usableHighWh: z.int().nullable(),
    stateOfHealthPercent: percent.nullable().describe('Usable against nominal.'),
    plannedWh: z
      .int()
      .describe(
        'What estimates and plans count with: the learned capacity where it is known and possible, else the nominal one.',
      ),
    maxPowerW: z.int().nullable().describe('The most that it was seen to draw, at the charger.'),
    taper: z
      .array(z.object({ socPercent: percent, powerW: z.int() }))
      .nullable()
      .describe(
        'The most that was seen at each state of charge, at the charger. What plan and charger held back is not seen.',
      ),
    evidence: z
      .object({
        sessions: z.int().describe('Looked at: those of the last 180 days.'),
        used: z.int(),
        firstAt: instant.nullable(),
        lastAt: instant.nullable(),
        leftOut: z
          .record(z.string(), z.int())
          .describe(
            'Sessions left out by reason: `noSoc`, `noMeter`, `smallChange`, `split` (its charge did not rise, or its end is only presumed), `outlier`.',
          ),
        spreadPercent: percent.nullable().describe('How far a session typically lies from the learned line.'),
        temperature: z
          .object({
            kind: z.enum(['battery', 'outdoor']),
            referenceC: z.number().describe('The capacity is given for this temperature.'),
            percentPerDegree: z.number().describe('Change of the apparent capacity per degree.'),
          })
          .nullable()
          .describe('null: too few temperatures, or too much alike, to tell.'),
        powerSamples: z.int(),
        missing: z.array(z.string()).describe('What has to come before a capacity can be told; empty: it is told.'),
      })
      .nullable()
      .describe('null: nothing has been looked at yet.'),
    learnedAt: instant.nullable(),
  })
  .openapi('VehicleBattery', {
    example: {
      vehicleId: 'bus-1',
      nominalWh: 350_000,
      usableWh: 322_400,
      usableLowWh: 319_800,
      usableHighWh: 325_000,
      stateOfHealthPercent: 92.1,
      plannedWh: 322_400,
      maxPowerW: 118_400,
      taper: [
        { socPercent: 42.5, powerW: 118_400 },
        { socPercent: 82.5, powerW: 96_200 },
        { socPercent: 97.5, powerW: 31_000 },
      ],
      evidence: {
        sessions: 96,
        used: 81,
        firstAt: '2026-05-28T19:12:00.000Z',
        lastAt: '2026-11-22T20:41:00.000Z',
        leftOut: { smallChange: 9, noSoc: 3, outlier: 3 },
        spreadPercent: 1.4,
        temperature: { kind: 'battery', referenceC: 20, percentPerDegree: 0.21 },
        powerSamples: 14_210,
        missing: [],
      },
      learnedAt: '2026-11-23T03:00:00.000Z',
    },
  })
