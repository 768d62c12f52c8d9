import { z } from '@hono/zod-openapi'
import { leftOut } from '../../domain/left-out.ts'
import { say } from '../../domain/sentences/sentence.ts'
import { refusing } from '../../domain/sentences/issue-sentence.ts'

type Point = [number, number]
const percent = z.number().min(0).max(100)
const ascends = (points: readonly Point[]): boolean =>
  points.every((point, i) => i === 0 || point[0] > (points[i - 1]?.[0] ?? -Infinity))

const taper = z
  .array(z.tuple([percent, z.number().min(0).max(10_000)]))
  .min(2)
  .max(50)
  .refine(ascends, refusing(say('socAscends')))
  .describe('[SoC %, battery-side kW], ascending, piecewise linear.')
const consumption = z
  .array(z.tuple([z.number().min(-60).max(60), z.number().gt(0).max(20)]))
  .min(1)
  .max(100)
  .refine(ascends, refusing(say('temperatureAscends')))
  .describe('[outdoor °C, kWh/km], ascending, piecewise linear, heating and air conditioning included.')

const members = {
  label: z.string().min(1).max(120),
  batteryCapacityWh: z.int().min(1).max(5_000_000).describe('Usable.'),
  maxPowerW: z.int().min(1).max(10_000_000).describe('Battery side.'),
  minSocPercent: percent.describe('Never planned below.'),
  maxSocPercent: percent,
  reserveSocPercent: percent.describe('Kept above the minimum when a block’s need is worked out.'),
  taper,
  consumption,
}

const example = {
  label: 'E-bus, 22 places',
  batteryCapacityWh: 140_000,
  maxPowerW: 60_000,
  minSocPercent: 10,
  maxSocPercent: 100,
  reserveSocPercent: 10,
  taper: [
    [0, 40],
    [80, 60],
    [100, 9],
  ] satisfies Point[],
  consumption: [
    [-15, 1.08],
    [15, 0.62],
    [38, 0.82],
  ] satisfies Point[],
}

/** A kind of vehicle, by which plans are made. */
export const vehicleType = z
  .object({ typeId: z.string(), ...members })
  .openapi('VehicleType', { example: { typeId: 'midi-22', ...example } })

export const vehicleTypeChange = z
  .strictObject({
    label: leftOut(members.label),
    batteryCapacityWh: leftOut(members.batteryCapacityWh),
    maxPowerW: leftOut(members.maxPowerW),
    minSocPercent: leftOut(members.minSocPercent),
    maxSocPercent: leftOut(members.maxSocPercent),
    reserveSocPercent: leftOut(members.reserveSocPercent),
    taper: leftOut(members.taper),
    consumption: leftOut(members.consumption),
  })
  .openapi('VehicleTypeChange', { example: { batteryCapacityWh: 132_000 } })
