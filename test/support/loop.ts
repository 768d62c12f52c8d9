import { storeFleet } from '../../db/fleet.ts'
import { storeTimetable } from '../../db/timetable.ts'
import type { Db } from '../../db/database.ts'
import type { AlertRow } from '../../db/database.ts'
import type { JsonObject } from '../../domain/command.ts'
import { fleetFile } from '../../domain/fleet-file.ts'
import type { OcppProtocol } from '../../domain/status.ts'
import { jobs, type JobContext } from '../../scheduler/jobs/jobs.ts'
import { createHighsSolver } from '../../scheduler/plan/solver.ts'
import { startCentral } from './central.ts'
import { bootRequest, connectCharger, type Charger } from './charger.ts'

const solver = createHighsSolver()
const DEPOT_AGE_MS = 24 * 60 * 60_000

export interface LoopOptions {
  /** The instant that the test begins at. */
  at: string
  limitKw?: number
  stations?: { id: string; currentType?: 'AC' | 'DC'; maxPowerKw?: number }[]
  /** Blocks by vehicle: local times after the service day's start, and kilometres. */
  blocks?: { id: string; vehicle: string | null; date: string; from: string; to: string; km: number }[]
  tariff?: object
  callTimeoutMs?: number
  db?: Db
  /** The fleet file was imported just now, not a day ago. */
  depotIsNew?: boolean
}

export interface Loop {
  db: Db
  now(): Date
  /** Moves the product's clock. */
  advance(minutes: number): void
  /** Runs jobs by name, in the given order. */
  run(...names: string[]): Promise<void>
  /** What happens every second: plans that were asked for, profiles that are wanted. */
  tick(times?: number): Promise<void>
  connect(stationId: string, protocol?: OcppProtocol): Promise<DepotCharger>
  alerts(kind?: string): Promise<AlertRow[]>
  stop(): Promise<void>
}

/** A charger that keeps the profiles it is told, by evse and id. */
export interface DepotCharger extends Charger {
  profiles: Map<number, JsonObject>
  /** Answers to SetChargingProfile; Accepted when left alone. */
  answer: (payload: JsonObject) => string
  plugIn(token: string, options?: { meterWh?: number; soc?: number }): Promise<string>
  meter(transactionId: string, sample: { wh: number; watts: number; soc: number; at: Date }): Promise<void>
  unplug(transactionId: string, meterWh: number): Promise<void>
}

/** A depot of two buses with its jobs, a central system on a real socket, and a clock of its own. */
export async function startLoop(options: LoopOptions): Promise<Loop> {
  let clock = new Date(options.at).getTime()
  const now = (): Date => new Date(clock)
  const central = await startCentral({
    policy: 'pending',
    now,
    callTimeoutMs: options.callTimeoutMs ?? 2000,
    ...(options.db === undefined ? {} : { db: options.db }),
  })
  const { db } = central
  // The depot has been in use for a while.
  if (options.db === undefined) await enterDepot(db, options, new Date(clock - (options.depotIsNew ? 0 : DEPOT_AGE_MS)))
  const logged: string[] = []
  const log = {
    debug: () => undefined,
    info: () => undefined,
    warn: () => undefined,
    error: (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`),
  }
  const context: JobContext = { db, gateway: central.gateway, now, log, solver, outbound: { allowPrivate: true } }
  const run = async (...names: string[]): Promise<void> => {
    for (const name of names) {
      const job = jobs.find((one) => one.name === name)
      if (job === undefined) throw new Error(`there is no job ${name}`)
      await job.run(context)
    }
  }
  return {
    db,
    now,
    advance: (minutes) => void (clock += minutes * 60_000),
    run,
    async tick(times = 1) {
      for (let i = 0; i < times; i += 1) await run('replanOnRequest', 'pushProfiles')
    },
    connect: (stationId, protocol = 'ocpp1.6') => connectDepotCharger(central.wsUrl, stationId, protocol, now),
    alerts(kind) {
      return db
        .selectFrom('alert')
        .selectAll()
        .where('cleared_at', 'is', null)
        .$if(kind !== undefined, (query) => query.where('kind', '=', kind as AlertRow['kind']))
        .orderBy('key')
        .execute()
    },
    stop: () => central.stop(),
  }
}

async function enterDepot(db: Db, options: LoopOptions, at: Date): Promise<void> {
  const stations = options.stations ?? [{ id: 'CP-1' }, { id: 'CP-2' }]
  const file = fleetFile.parse({
    sites: [
      {
        id: 'depot',
        name: 'Depot',
        timeZone: 'Europe/Sofia',
        latitude: 42,
        longitude: 23,
        monthlyTemperatureC: Array.from({ length: 12 }, () => 20),
        nodes: [{ id: 'grid', parentId: null, limitKw: options.limitKw ?? 200, baseLoadKw: 10 }],
        stations: stations.map((station) => ({
          id: station.id,
          nodeId: 'grid',
          evses: [{ evseId: 1, maxPowerKw: station.maxPowerKw ?? 150, currentType: station.currentType ?? 'DC' }],
        })),
        bays: stations.map((station, i) => ({ id: `bay-${i + 1}`, stationId: station.id, evseId: 1 })),
        tariff: options.tariff ?? { zones: [{ from: '00:00', to: '24:00', eurPerKwh: 0.1 }] },
      },
    ],
    vehicleTypes: [
      {
        id: 'e-bus',
        batteryCapacityKwh: 300,
        maxPowerKw: 150,
        taper: [
          [0, 150],
          [80, 150],
          [100, 30],
        ],
        consumptionKwhPerKm: [[20, 1]],
      },
    ],
    vehicles: stations.map((_, i) => ({
      id: `bus-${i + 1}`,
      label: `Bus ${i + 1}`,
      siteId: 'depot',
      typeId: 'e-bus',
      bayId: `bay-${i + 1}`,
      tokens: [{ value: `BUS-${i + 1}` }],
    })),
    tokens: [{ value: 'VISITOR', label: 'Visitor' }],
  })
  await storeFleet(db, file, at)
  const blocks = options.blocks ?? []
  await storeTimetable(
    db,
    {
      feedId: 'city',
      timeZone: 'Europe/Sofia',
      startDate: '2026-11-01',
      endDate: '2027-01-31',
      serviceDays: [
        ...blocks.map((block) => ({ serviceId: `on-${block.date}`, date: block.date })),
        { serviceId: 'last', date: '2027-01-31' },
      ].filter((day, i, all) => all.findIndex((other) => other.serviceId === day.serviceId) === i),
      routes: [{ routeId: 'r12', shortName: '12', longName: null, type: 3, color: null, textColor: null }],
      stops: [{ stopId: 's', code: null, name: 'Depot', latitude: 42, longitude: 23, locationType: 0, parentId: null }],
      shapes: [],
      trips: [...blocks, { id: 'far', vehicle: null, date: 'last', from: '10:00', to: '11:00', km: 1 }].map(
        (block) => ({
          tripId: `trip-${block.id}-${block.date}`,
          routeId: 'r12',
          serviceId: block.date === 'last' ? 'last' : `on-${block.date}`,
          blockId: block.id,
          headsign: null,
          directionId: null,
          shapeId: null,
          kind: 'revenue',
          distanceM: block.km * 1000,
          distanceSource: 'tods',
          startS: seconds(block.from),
          endS: seconds(block.to),
          startStopId: 's',
          endStopId: 's',
        }),
      ),
      stopTimes: {
        tripId: [],
        sequence: [],
        stopId: [],
        arrivalS: [],
        departureS: [],
        distanceM: [],
        timepoint: [],
      },
      vehicleRules: blocks.flatMap((block) =>
        block.vehicle === null
          ? []
          : [{ serviceId: `on-${block.date}`, blockId: block.id, vehicleId: block.vehicle, date: block.date }],
      ),
    },
    {
      fileName: 'city.zip',
      sha256: '0',
      at,
      report: { fileName: 'city.zip', refused: null, counts: {}, findings: [] },
      source: new Uint8Array(),
    },
  )
}

function seconds(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 3600 + minutes * 60
}

async function connectDepotCharger(
  wsUrl: string,
  stationId: string,
  protocol: OcppProtocol,
  now: () => Date,
): Promise<DepotCharger> {
  const charger = await connectCharger({ wsUrl, stationId, protocol })
  const profiles = new Map<number, JsonObject>()
  const depot: DepotCharger = {
    ...charger,
    profiles,
    answer: () => 'Accepted',
    async plugIn(token, { meterWh = 0, soc = 40 } = {}) {
      const timestamp = now().toISOString()
      await charger.call('StatusNotification', { connectorId: 1, status: 'Preparing', errorCode: 'NoError', timestamp })
      const start = { connectorId: 1, idTag: token, meterStart: meterWh, timestamp }
      const { transactionId } = await charger.call('StartTransaction', start)
      await charger.call('StatusNotification', { connectorId: 1, status: 'Charging', errorCode: 'NoError', timestamp })
      await depot.meter(String(transactionId), { wh: meterWh, watts: 0, soc, at: now() })
      return String(transactionId)
    },
    async meter(transactionId, { wh, watts, soc, at }) {
      await charger.call('MeterValues', {
        connectorId: 1,
        transactionId: Number(transactionId),
        meterValue: [
          {
            timestamp: at.toISOString(),
            sampledValue: [
              { measurand: 'Energy.Active.Import.Register', unit: 'Wh', value: String(wh) },
              { measurand: 'Power.Active.Import', unit: 'W', value: String(watts) },
              { measurand: 'SoC', unit: 'Percent', value: String(soc) },
            ],
          },
        ],
      })
    },
    async unplug(transactionId, meterWh) {
      const timestamp = now().toISOString()
      await charger.call('StopTransaction', {
        transactionId: Number(transactionId),
        meterStop: meterWh,
        timestamp,
        reason: 'EVDisconnected',
      })
      await charger.call('StatusNotification', { connectorId: 1, status: 'Available', errorCode: 'NoError', timestamp })
      for (const [id, profile] of profiles) if (purposeOf(profile) === 'TxProfile') profiles.delete(id)
    },
  }
  charger.onCall('SetChargingProfile', (payload) => {
    const status = depot.answer(payload)
    if (status === 'Accepted') {
      const profile = (payload['csChargingProfiles'] ?? payload['chargingProfile']) as JsonObject
      profiles.set(Number(profile['chargingProfileId'] ?? profile['id']), profile)
    }
    return { status }
  })
  charger.onCall('GetCompositeSchedule', () => ({ status: 'Rejected' }))
  charger.onCall('GetConfiguration', () => ({ configurationKey: [] }))
  charger.onCall('GetVariables', (payload) => ({
    getVariableResult: (payload['getVariableData'] as JsonObject[]).map((one) => ({
      attributeStatus: 'UnknownVariable',
      component: one['component'],
      variable: one['variable'],
    })),
  }))
  await charger.call('BootNotification', bootRequest(protocol))
  return depot
}

export function purposeOf(profile: JsonObject): unknown {
  return profile['chargingProfilePurpose']
}

/** The schedule of the first profile of a purpose, as the charger has it. */
export function scheduleOf(charger: DepotCharger, purpose: string): JsonObject | undefined {
  const profile = [...charger.profiles.values()].find((one) => purposeOf(one) === purpose)
  const schedule = profile?.['chargingSchedule']
  return (Array.isArray(schedule) ? schedule[0] : schedule) as JsonObject | undefined
}

/** Limit of the first period of the first profile of a purpose. */
export function firstLimit(charger: DepotCharger, purpose: string): number | undefined {
  const periods = scheduleOf(charger, purpose)?.['chargingSchedulePeriod'] as { limit: number }[] | undefined
  return periods?.[0]?.limit
}
