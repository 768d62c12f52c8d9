import { z } from 'zod'
import { isTimeZone } from '../../domain/time-zone.ts'

const id = z.string().min(1).max(120).describe('Unique within its kind.')
const kw = z.number().min(0).max(1_000_000)
const kwh = z.number().min(0).max(1_000_000)
const fraction = z.number().min(0).max(1)
const efficiency = z.number().gt(0).max(1)
const instant = z.iso.datetime({ offset: true }).describe('ISO 8601 with Z or an offset.')

const kwPerSlot = z.union([kw, z.array(kw)]).describe('One number for the whole horizon, or one per slot.')
const price = z.number().min(-100).max(100)
const pricePerSlot = z.union([price, z.array(price)])

const node = z
  .strictObject({
    id,
    parent: id.nullable().describe('The node above; null for the grid connection, exactly one.'),
    limitKw: kwPerSlot.describe(
      'The most that may flow through this node, base load included: a number, or one per slot.',
    ),
    baseLoadKw: kwPerSlot
      .optional()
      .describe('What is drawn here beside the points and the nodes below: a number, or one per slot. Default 0.'),
  })
  .describe('One node of the limit tree: site > transformer > feeder > cabinet.')

const point = z
  .strictObject({
    id,
    node: id.describe('The node that it hangs from.'),
    maxKw: kw.describe('AC side.'),
    minKw: kw.optional().describe('AC side: the least that it can deliver, else nothing. Default 0.'),
    efficiency: efficiency.optional().describe('Battery energy gained per AC energy drawn. Default 1.'),
    group: id.optional().describe('Points of one cabinet that share their power.'),
    groupMaxKw: kw.optional().describe('The most that the points of the group draw together.'),
    groupMaxActive: z.int().min(1).optional().describe('How many points of the group may charge at the same time.'),
  })
  .describe('A place where one vehicle at a time can charge.')

const visit = z
  .strictObject({
    arrive: instant,
    depart: instant.describe('After `arrive`. May lie beyond the horizon.'),
    point: id.nullable().describe('Where it charges; null lets the planner choose.'),
    usedBeforeKwh: kwh
      .optional()
      .describe('Battery energy driven between the previous visit (or `start`) and `arrive`. Default 0.'),
    needSoc: z
      .number()
      .min(0)
      .max(10)
      .describe('Charge needed at `depart`, as a share of the capacity. More than the battery holds comes back short.'),
    priority: z
      .number()
      .min(0)
      .max(1000)
      .optional()
      .describe('When not every need can be met, the higher number is met first. Default 1.'),
    chargeNowToSoc: fraction
      .optional()
      .describe(
        'Charge as soon and as hard as limits allow until it has this, whatever energy costs then. Needs of others still come first.',
      ),
    precondition: z
      .strictObject({ kw, minutes: z.number().min(0).max(1440) })
      .optional()
      .describe('Heating or cooling from the point before departure.'),
  })
  .describe('A stay at a place where the vehicle can charge.')

const vehicle = z.strictObject({
  id,
  capacityKwh: z.number().gt(0).max(100_000).describe('Usable capacity.'),
  energyKwh: kwh.describe('In the battery at `start`.'),
  maxKw: kw.describe('Battery side.'),
  taper: z
    .array(z.tuple([fraction.describe('SoC'), kw.describe('kW')]))
    .min(1)
    .max(100)
    .optional()
    .describe('The most the battery takes (battery side, kW) over SoC, piecewise linear, SoC ascending.'),
  minSoc: fraction.optional().describe('Never planned below. Default 0.'),
  maxSoc: fraction.optional().describe('Never charged above. Default 1.'),
  visits: z.array(visit).max(1000).describe('In order of time, without overlap.'),
})

const storage = z.strictObject({
  id,
  node: id,
  capacityKwh: kwh,
  energyKwh: kwh,
  maxKw: kw,
  efficiency: efficiency.optional(),
})

/** The fields of a planning instance, each checked by itself. Use `planInstance` of instance.ts, which also checks them against each other. */
export const planInstanceFields = z
  .strictObject({
    $schema: z.string().optional(),
    start: instant.describe('Begin of the first slot.'),
    slotMinutes: z.int().min(1).max(60).describe('Length of a slot; 15 is the market’s.'),
    slots: z.int().min(1).max(10_000).describe('How many slots the horizon has.'),
    timeZone: z
      .string()
      .refine((zone) => isTimeZone(zone), 'not an IANA time zone, for example Europe/Sofia')
      .describe('IANA name; only for the times in sentences and tables.'),
    price: pricePerSlot.describe('EUR per kWh, one per slot (or one for all); may be negative.'),
    peak: z
      .strictObject({
        eurPerKw: z.number().min(0).max(100_000),
        soFarKw: kw.optional().describe('Highest quarter-hour mean of the month until now. Default 0.'),
      })
      .optional()
      .describe('Monthly charge on the highest 15-minute mean import.'),
    carbon: z
      .union([z.number().min(0), z.array(z.number().min(0))])
      .optional()
      .describe('g per kWh, one per slot (or one for all). Reported, not optimised.'),
    feedInEurPerKwh: pricePerSlot
      .optional()
      .describe('What the grid pays for energy; without it import is never negative.'),
    nodes: z.array(node).min(1).max(10_000),
    points: z.array(point).max(100_000),
    vehicles: z.array(vehicle).max(100_000),
    storage: z.array(storage).optional().describe('Stationary batteries.'),
    pv: z
      .array(z.strictObject({ node: id, kw: kwPerSlot }))
      .optional()
      .describe('Photovoltaic generation.'),
  })
  .describe('A planning instance of Zaryad: everything that decides a charging plan, and nothing else.')

export type PlanInstance = z.output<typeof planInstanceFields>
export type PlanVehicle = PlanInstance['vehicles'][number]
