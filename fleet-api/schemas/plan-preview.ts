import { z } from '@hono/zod-openapi'
import { leftOut } from '../../domain/left-out.ts'
import { id, instant, localDate, siteId, stationId, vehicleId } from './common.ts'
import { plan } from './depot.ts'
import { examples } from './examples.ts'
import { chargeNow, departure } from './wishes.ts'

const watts = z.int().min(0).max(1_000_000_000)
const percent = z.number().min(0).max(100)
const blockId = z.string().min(1).max(120)

/** What somebody thinks of changing; what is left out is as it is. */
const changes = z.strictObject({
  wishes: leftOut(
    z
      .array(
        z.strictObject({
          vehicleId,
          departure: z.strictObject(departure.shape).nullable().describe('null: its next departure.'),
          needSocPercent: leftOut(percent.nullable()),
          departAt: leftOut(z.iso.datetime({ offset: true }).nullable()),
          chargeNow: leftOut(chargeNow),
        }),
      )
      .max(200),
  ).describe('As in PATCH /api/v1/vehicles/{vehicleId}/wish.'),
  limits: leftOut(z.array(z.strictObject({ nodeId: id, limitW: watts })).max(1000)),
  vehiclesOutOfService: leftOut(z.array(vehicleId).max(2000)),
  evsesOutOfOrder: leftOut(z.array(z.strictObject({ stationId, evseId: z.int().min(1).max(999) })).max(2000)),
  assignments: leftOut(
    z.array(z.strictObject({ date: localDate, blockId, vehicleId: vehicleId.nullable() })).max(2000),
  ),
  bays: leftOut(z.array(z.strictObject({ vehicleId, bayId: id })).max(2000)),
})

export const previewRequest = z.strictObject({ siteId, changes }).openapi('PlanPreviewRequest', {
  example: {
    siteId: 'depot',
    changes: { wishes: [{ vehicleId: 'bus-1', departure: null, needSocPercent: 95 }] },
  },
})

const figures = z.object({
  totalCostMicroEur: z.int(),
  energyCostMicroEur: z.int(),
  peakCostMicroEur: z.int(),
  peakW: z.int(),
  energyWh: z.int().describe('Import over the horizon, base load included.'),
  carbonG: z.int().nullable().describe('null: no factors are known.'),
  shortWh: z.int().describe('Missing at all departures together.'),
  shortDepartures: z.int(),
})

const departureFigures = z
  .object({
    departAt: instant,
    readyAt: instant.nullable(),
    marginMinutes: z.int().nullable().describe('From ready to departure; null: never ready.'),
    needSocPercent: z.number(),
    departSocPercent: z.number(),
    shortWh: z.int(),
  })
  .nullable()

export const planPreview = z
  .object({
    before: figures.describe('The plan as it would be made now without the changes.'),
    after: figures,
    departures: z
      .array(
        z.object({
          vehicleId: z.string(),
          leavesFor: departure,
          before: departureFigures.describe('null: there is none without the changes.'),
          after: departureFigures.describe('null: there is none with them.'),
        }),
      )
      .describe('Every departure with work, by vehicle and time.'),
    plan: plan.omit({ planId: true }).describe('The plan with the changes; it is stored nowhere.'),
  })
  .openapi('PlanPreview', { example: previewExample() })

function previewExample() {
  const { planId: _, ...previewed } = examples.plan
  const before = {
    totalCostMicroEur: 1_820_000,
    energyCostMicroEur: 1_820_000,
    peakCostMicroEur: 0,
    peakW: 60_000,
    energyWh: 20_000,
    carbonG: null,
    shortWh: 0,
    shortDepartures: 0,
  }
  const left = {
    departAt: '2026-11-24T03:40:00.000Z',
    readyAt: '2026-11-24T01:52:30.000Z',
    marginMinutes: 108,
    needSocPercent: 85,
    departSocPercent: 90,
    shortWh: 0,
  }
  return {
    before,
    after: { ...before, totalCostMicroEur: 2_010_000, energyCostMicroEur: 2_010_000, energyWh: 22_000 },
    departures: [
      {
        vehicleId: 'bus-1',
        leavesFor: { date: '2026-11-24', blockId: '101' },
        before: left,
        after: { ...left, readyAt: '2026-11-24T02:40:00.000Z', marginMinutes: 60, needSocPercent: 95 },
      },
    ],
    plan: previewed,
  }
}
