import { z } from 'zod'
import { refusing } from './sentences/issue-sentence.ts'
import { say, type Sentence } from './sentences/sentence.ts'
import { siteTariff, type SiteTariff } from './tariff/tariff.ts'
import { isTimeZone } from './time-zone.ts'

const id = z
  .string()
  .min(1)
  .max(48)
  .regex(/^[\w.:-]+$/, 'letters, digits and _ . : - only')
  .describe('Unique within its kind; letters, digits and _ . : - only.')
const kw = z.number().nonnegative().max(100_000)
const percent = z.number().min(0).max(100)

const limitNode = z
  .strictObject({
    id,
    parentId: id.nullable().describe('null for the grid connection, exactly one per site.'),
    label: z.string().max(120).optional(),
    limitKw: kw.describe('The most that may flow through this node, base load included.'),
    baseLoadKw: kw
      .default(0)
      .describe('What is drawn here at most beside the chargers: lights, workshop, building. Limits keep it free.'),
    hourlyBaseLoadKw: z
      .array(z.array(kw).length(24))
      .length(12)
      .optional()
      .describe(
        'What is drawn here on average, by month (January first) and local hour, less the solar power that is used on the spot: what plans and reports reckon with. Left out: baseLoadKw all day. At most baseLoadKw, because clouds come.',
      ),
  })
  .describe('One node of the limit tree: site > transformer > feeder > cabinet.')

const connector = z.strictObject({
  connectorId: z.int().min(1).max(99),
  type: z.string().max(20).default('cCCS2').describe('OCPP 2.0.1 ConnectorEnumType, for example cCCS2, sType2, Pan.'),
})

const evse = z.strictObject({
  evseId: z.int().min(1).max(99),
  nodeId: id.optional().describe('Limit node it hangs from, when it is not the station’s.'),
  currentType: z.enum(['AC', 'DC']).default('DC'),
  phases: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(3),
  maxPowerKw: kw,
  minPowerKw: kw.default(0),
  efficiency: z.number().gt(0).max(1).default(0.95).describe('Battery energy gained per energy drawn from the grid.'),
  connectors: z
    .array(connector)
    .min(1)
    .max(8)
    .default([{ connectorId: 1, type: 'cCCS2' }]),
})

const station = z.strictObject({
  id: id.describe('The identity the station uses in its OCPP address.'),
  label: z.string().max(120).optional(),
  nodeId: id,
  evses: z.array(evse).min(1).max(32),
})

const bay = z.strictObject({
  id,
  label: z.string().max(40).optional(),
  row: z.int().min(0).default(0),
  column: z.int().min(0).default(0),
  stationId: id.optional(),
  evseId: z.int().min(1).optional(),
})

const site = z.strictObject({
  id,
  name: z.string().min(1).max(120),
  timeZone: z
    .string()
    .refine((zone) => isTimeZone(zone), refusing(say('notIanaZone')))
    .describe('IANA name.'),
  latitude: z.number().min(-90).max(90),
  longitude: z.number().min(-180).max(180),
  monthlyTemperatureC: z
    .array(z.number().min(-60).max(60))
    .length(12)
    .optional()
    .describe('Long-term monthly means, January first: the outdoor temperature assumed while nobody measures one.'),
  nodes: z.array(limitNode).min(1).max(1000),
  stations: z.array(station).max(10_000),
  bays: z.array(bay).max(10_000).default([]),
  tariff: siteTariff.optional(),
})

const vehicleType = z.strictObject({
  id,
  label: z.string().max(120).optional(),
  batteryCapacityKwh: z.number().gt(0).max(5000).describe('Usable capacity.'),
  maxPowerKw: kw.describe('Battery side.'),
  minSocPercent: percent.default(10).describe('Never planned below.'),
  maxSocPercent: percent.default(100),
  reserveSocPercent: percent.default(10).describe('Kept above the minimum when a block’s need is worked out.'),
  taper: z
    .array(z.tuple([percent.describe('SoC %'), kw.describe('kW')]))
    .min(2)
    .max(50)
    .refine(
      (points) => points.every((point, i) => i === 0 || point[0] > (points[i - 1]?.[0] ?? -1)),
      refusing(say('taperAscends')),
    )
    .describe('Battery-side power over SoC, piecewise linear.'),
  consumptionKwhPerKm: z
    .array(z.tuple([z.number().min(-60).max(60).describe('°C'), z.number().gt(0).max(20).describe('kWh/km')]))
    .min(1)
    .max(100)
    .refine(
      (points) => points.every((point, i) => i === 0 || point[0] > (points[i - 1]?.[0] ?? -100)),
      refusing(say('consumptionAscends')),
    )
    .describe('Consumption over outdoor temperature, heating and air conditioning included, piecewise linear.'),
  passengerPlaces: z.int().min(0).max(400).optional(),
})

const token = z.strictObject({
  value: z.string().min(1).max(36),
  type: z.enum(['Central', 'eMAID', 'ISO14443', 'ISO15693', 'KeyCode', 'Local', 'MacAddress']).default('ISO14443'),
})

const vehicle = z.strictObject({
  id,
  label: z.string().min(1).max(60).optional(),
  siteId: id,
  typeId: id,
  bayId: id.optional().describe('Where it is parked at night.'),
  tokens: z.array(token).max(8).default([]),
})

/** The fleet file: everything about a depot that no timetable says. Power in kW, energy in kWh, shares in percent, as people write them. */
export const fleetFile = z
  .strictObject({
    $schema: z.string().optional(),
    licence: z.string().optional(),
    sites: z.array(site).min(1).max(100),
    vehicleTypes: z.array(vehicleType).min(1).max(500),
    vehicles: z.array(vehicle).max(20_000),
    tokens: z
      .array(token.extend({ label: z.string().max(60).optional(), vehicleId: id.optional() }))
      .max(100_000)
      .default([])
      .describe('Cards and identifiers beside those of the vehicles.'),
  })
  .superRefine((file, context) => {
    for (const { path, said } of crossReferenceProblems(file))
      context.addIssue({ code: 'custom', path, ...refusing(said) })
  })

export type FleetFile = z.output<typeof fleetFile>
export type FleetSite = FleetFile['sites'][number]
/** What energy costs at the site; more of them with validities come through the API. */
export type FleetTariff = SiteTariff

interface Problem {
  path: (string | number)[]
  said: Sentence
}

function crossReferenceProblems(file: z.output<typeof fleetFile>): Problem[] {
  const problems: Problem[] = []
  const find = (path: (string | number)[], said: Sentence): void => void problems.push({ path, said })
  const typeIds = new Set(file.vehicleTypes.map((type) => type.id))
  const vehicleIds = new Set(file.vehicles.map((vehicle) => vehicle.id))
  const stationIds = new Set<string>()
  const bayIds = new Map<string, Set<string>>()

  file.sites.forEach((site, s) => {
    const nodeIds = new Set(site.nodes.map((node) => node.id))
    if (nodeIds.size !== site.nodes.length) find(['sites', s, 'nodes'], say('twoNodesSameId'))
    const roots = site.nodes.filter((node) => node.parentId === null)
    if (roots.length !== 1) find(['sites', s, 'nodes'], say('oneRootNode', { n: roots.length }))
    site.nodes.forEach((node, n) => {
      if (node.hourlyBaseLoadKw?.flat().some((mean) => mean > node.baseLoadKw) === true)
        find(['sites', s, 'nodes', n, 'hourlyBaseLoadKw'], say('meanAboveBaseLoad'))
    })
    const parents = new Map(site.nodes.map((node) => [node.id, node.parentId]))
    site.nodes.forEach((node, n) => {
      if (node.parentId !== null && !nodeIds.has(node.parentId))
        find(['sites', s, 'nodes', n, 'parentId'], say('noNode', { id: node.parentId }))
      let above = node.parentId
      for (let steps = 0; above !== null && above !== undefined; steps += 1) {
        if (above === node.id || steps > site.nodes.length) {
          find(['sites', s, 'nodes', n, 'parentId'], say('nodesInCircle'))
          break
        }
        above = parents.get(above) ?? null
      }
    })
    const evseKeys = new Set<string>()
    site.stations.forEach((station, t) => {
      if (stationIds.has(station.id)) find(['sites', s, 'stations', t, 'id'], say('stationTwice', { id: station.id }))
      stationIds.add(station.id)
      if (!nodeIds.has(station.nodeId))
        find(['sites', s, 'stations', t, 'nodeId'], say('noNode', { id: station.nodeId }))
      station.evses.forEach((one, e) => {
        const key = `${station.id}/${one.evseId}`
        if (evseKeys.has(key)) find(['sites', s, 'stations', t, 'evses', e], say('evseTwice', { id: key }))
        evseKeys.add(key)
        if (one.nodeId !== undefined && !nodeIds.has(one.nodeId))
          find(['sites', s, 'stations', t, 'evses', e, 'nodeId'], say('noNode', { id: one.nodeId }))
      })
    })
    const bays = new Set<string>()
    site.bays.forEach((one, b) => {
      if (bays.has(one.id)) find(['sites', s, 'bays', b, 'id'], say('bayTwice', { id: one.id }))
      bays.add(one.id)
      if ((one.stationId === undefined) !== (one.evseId === undefined))
        find(['sites', s, 'bays', b], say('stationWithEvse'))
      else if (one.stationId !== undefined && !evseKeys.has(`${one.stationId}/${one.evseId}`))
        find(['sites', s, 'bays', b], say('noEvse', { id: `${one.stationId}/${one.evseId}` }))
    })
    bayIds.set(site.id, bays)
  })
  if (bayIds.size !== file.sites.length) find(['sites'], say('twoSitesSameId'))
  if (typeIds.size !== file.vehicleTypes.length) find(['vehicleTypes'], say('twoTypesSameId'))
  if (vehicleIds.size !== file.vehicles.length) find(['vehicles'], say('twoVehiclesSameId'))

  const tokenValues = new Set<string>()
  file.vehicles.forEach((one, v) => {
    if (!typeIds.has(one.typeId)) find(['vehicles', v, 'typeId'], say('noVehicleType', { id: one.typeId }))
    const bays = bayIds.get(one.siteId)
    if (bays === undefined) find(['vehicles', v, 'siteId'], say('noSite', { id: one.siteId }))
    else if (one.bayId !== undefined && !bays.has(one.bayId))
      find(['vehicles', v, 'bayId'], say('noBay', { id: one.bayId }))
    one.tokens.forEach((value, t) => {
      if (tokenValues.has(value.value)) find(['vehicles', v, 'tokens', t], say('tokenTwice', { value: value.value }))
      tokenValues.add(value.value)
    })
  })
  file.tokens.forEach((one, t) => {
    if (tokenValues.has(one.value)) find(['tokens', t], say('tokenTwice', { value: one.value }))
    tokenValues.add(one.value)
    if (one.vehicleId !== undefined && !vehicleIds.has(one.vehicleId))
      find(['tokens', t, 'vehicleId'], say('noVehicle', { id: one.vehicleId }))
  })
  return problems
}
