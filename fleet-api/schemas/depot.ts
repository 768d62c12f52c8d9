import { z } from '@hono/zod-openapi'
import { rangeLeft, socEstimate, vehicleTelemetry } from './battery.ts'
import { chargingReason } from './charging-reason.ts'
import { instant, localDate } from './common.ts'
import { examples } from './examples.ts'
import { planFact, shortReason } from './plan-facts.ts'
import { stayAssumption } from './stay-assumption.ts'
import { replanCause } from './replan-cause.ts'
import { stayWish } from './wishes.ts'

const watts = z.int()
const percent = z.number()

export const info = z
  .object({
    name: z.literal('Zaryad'),
    version: z.string(),
    /** The product's clock: the simulated one in the demo. */
    now: instant,
    /** Simulated seconds a second; 1 in life. */
    speed: z.number(),
    demo: z.boolean(),
    /** Whether the caller may read and write without a key. */
    signedIn: z.boolean(),
    sites: z.array(
      z.object({
        siteId: z.string(),
        name: z.string(),
        timeZone: z.string(),
        latitude: z.number(),
        longitude: z.number(),
      }),
    ),
    mapTiles: z
      .object({ url: z.string(), attribution: z.string(), attributionUrl: z.string().nullable() })
      .nullable()
      .describe('Pictures for maps, and whose they are; null: maps stand on a plain ground.'),
  })
  .openapi('Info', {
    example: {
      name: 'Zaryad',
      version: '0.1.0',
      now: '2026-11-23T20:00:00.000Z',
      speed: 1,
      demo: false,
      signedIn: true,
      sites: [
        {
          siteId: 'depot',
          name: 'Depot Blagoevgrad',
          timeZone: 'Europe/Sofia',
          latitude: 42.0209,
          longitude: 23.0943,
        },
      ],
      mapTiles: null,
    },
  })

export const bay = z
  .object({
    bayId: z.string(),
    label: z.string(),
    row: z.int(),
    column: z.int(),
    stationId: z.string().nullable(),
    evseId: z.int().nullable(),
  })
  .openapi('Bay', { example: { bayId: 'A1', label: 'A1', row: 0, column: 0, stationId: 'CP1', evseId: 1 } })

export const site = z
  .object({
    siteId: z.string(),
    name: z.string(),
    timeZone: z.string(),
    latitude: z.number(),
    longitude: z.number(),
    outdoorTemperatureC: z.number().nullable(),
    /** Limit of the grid connection, and the mean base load of all nodes together at this hour. */
    limitW: watts,
    baseLoadW: watts,
    /** Base load and what the EVSEs last measured; EVSEs without a reading younger than 5 minutes count 0 and are counted in `evsesWithoutReading`, unless they are known to be empty. */
    powerW: watts,
    evsesWithoutReading: z.int(),
    peakThisMonthW: watts.nullable(),
    priceNowMicroEurPerKwh: z.int().nullable(),
    /** Its chargers are listed for everybody. */
    public: z.boolean(),
    address: z.string().nullable(),
    city: z.string().nullable(),
    postalCode: z.string().nullable(),
    country: z.string(),
    adHocTariffId: z.string().nullable(),
    nodes: z.array(
      z.object({
        nodeId: z.string(),
        parentId: z.string().nullable(),
        label: z.string().nullable(),
        limitW: watts,
        /** The most that is drawn here beside the chargers; limits keep it free. */
        baseLoadW: watts,
        /** Means by month, January first, and local hour; null: `baseLoadW` all day. */
        hourlyBaseLoadW: z.array(z.array(watts)).nullable(),
      }),
    ),
    bays: z.array(bay),
  })
  .openapi('Site', { example: examples.site })

export const connectorStatus = z.enum([
  'available',
  'preparing',
  'charging',
  'suspendedEv',
  'suspendedEvse',
  'finishing',
  'occupied',
  'reserved',
  'unavailable',
  'faulted',
  'unknown',
])

export const evse = z
  .object({
    evseId: z.int(),
    nodeId: z.string().nullable(),
    currentType: z.enum(['AC', 'DC']),
    phases: z.int(),
    maxPowerW: watts,
    minPowerW: watts,
    failSafePowerW: watts.nullable(),
    operative: z.boolean(),
    /** Taken out of order by hand: nothing is planned on it, and boards show it so. null: it is not. */
    outOfOrder: z.object({ reason: z.string(), since: instant, by: z.string().nullable() }).nullable(),
    /** null: unknown. */
    pluggedIn: z.boolean().nullable(),
    vehicleId: z.string().nullable(),
    vehicleSource: z.enum(['token', 'manual']).nullable(),
    powerW: watts.nullable(),
    powerAt: instant.nullable(),
    sessionNumber: z.int().nullable(),
    connectors: z.array(
      z.object({
        connectorId: z.int(),
        type: z.string().nullable(),
        status: connectorStatus,
        errorCode: z.string().nullable(),
        errorInfo: z.string().nullable(),
        statusAt: instant.nullable(),
      }),
    ),
    /** The charging profile wanted now, and whether the station has confirmed it; null: none wanted. */
    profile: z
      .object({
        wantedAt: instant,
        confirmed: z.boolean(),
        confirmedAt: instant.nullable(),
        outcome: z.string().nullable(),
        limitNowW: watts.nullable(),
      })
      .nullable(),
  })
  .openapi('Evse')

export const station = z
  .object({
    stationId: z.string(),
    siteId: z.string().nullable(),
    label: z.string(),
    registration: z.enum(['accepted', 'pending', 'rejected']),
    protocol: z.string().nullable(),
    vendor: z.string().nullable(),
    model: z.string().nullable(),
    serialNumber: z.string().nullable(),
    firmwareVersion: z.string().nullable(),
    connected: z.boolean(),
    connectedAt: instant.nullable(),
    disconnectedAt: instant.nullable(),
    lastMessageAt: instant.nullable(),
    lastBootAt: instant.nullable(),
    clockSkewMs: z.int().nullable(),
    /** It must give a password when it connects; null: not told to drivers. */
    hasPassword: z.boolean().nullable(),
    /** null, of these four: as its site. */
    public: z.boolean().nullable(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    adHocTariffId: z.string().nullable(),
    evses: z.array(evse),
  })
  .openapi('Station', { example: examples.station })

export const vehicle = z
  .object({
    vehicleId: z.string(),
    label: z.string(),
    siteId: z.string(),
    typeId: z.string(),
    typeLabel: z.string(),
    batteryCapacityWh: z.int(),
    /** Usable against nominal capacity, as learned; null: too little is known. */
    stateOfHealthPercent: percent.nullable(),
    bayId: z.string().nullable(),
    inService: z.boolean(),
    socPercent: percent.nullable(),
    socAt: instant.nullable(),
    /** `ocpp`, `telemetry` or `manual`. */
    socSource: z.string().nullable(),
    /** The reading is more than 15 minutes old; null: there is none. */
    socOld: z.boolean().nullable(),
    /** What is taken to be in the battery now: no reading. */
    estimate: socEstimate,
    range: rangeLeft,
    /** What it last told of itself; null: nothing. */
    telemetry: vehicleTelemetry.nullable(),
    delaySeconds: z
      .int()
      .nullable()
      .describe(
        'Positive is late. From its positions of the last 5 minutes, else as told within 3 hours; null: not known.',
      ),
    /** Where it stands, when known. */
    stationId: z.string().nullable(),
    evseId: z.int().nullable(),
    sessionNumber: z.int().nullable(),
    powerW: watts.nullable(),
    charging: chargingReason.nullable().describe('Why it charges or does not, now; null: it is at no plug.'),
    /** `late`: its block has ended by the timetable, and it is at no plug. */
    state: z.enum(['charging', 'pluggedIn', 'parked', 'onTheLine', 'late', 'outOfService', 'unknown']),
    /** The block that it drives now. */
    block: z
      .object({
        blockId: z.string(),
        date: localDate,
        startAt: instant,
        endAt: instant,
        routes: z.array(z.string()),
        expectedSocPercent: percent.nullable(),
      })
      .nullable(),
    /** The next pull-out, and what the current plan says of it. */
    next: z
      .object({
        blockId: z.string(),
        date: localDate,
        pullOutAt: instant,
        pullInAt: instant,
        routes: z.array(z.string()),
        distanceM: z.int(),
        needSocPercent: percent.nullable(),
        plannedSocPercent: percent.nullable(),
        /** When the plan has the needed charge in the battery; null: never, or no plan. */
        readyAt: instant.nullable(),
        shortWh: z.int().nullable(),
      })
      .nullable(),
  })
  .openapi('Vehicle', { example: examples.vehicle })

export const session = z
  .object({
    sessionNumber: z.int(),
    siteId: z.string().nullable(),
    stationId: z.string(),
    evseId: z.int(),
    connectorId: z.int().nullable(),
    transactionId: z.string(),
    protocol: z.string(),
    idToken: z.string().nullable(),
    vehicleId: z.string().nullable(),
    authorization: z.enum(['accepted', 'blocked', 'expired', 'invalid']),
    startedAt: instant,
    endedAt: instant.nullable(),
    meterStartWh: z.int().nullable(),
    meterStopWh: z.int().nullable(),
    energyWh: z.int().nullable(),
    socStartPercent: percent.nullable(),
    socPercent: percent.nullable(),
    powerW: watts.nullable(),
    lastSampleAt: instant.nullable(),
    /** The station's own word; `Superseded` or `ConnectorAvailable` while its end is only presumed. */
    stopReason: z.string().nullable(),
    /** Its stop came, its start never did. */
    orphan: z.boolean(),
  })
  .openapi('Session', { example: examples.session })

/** Something a person can do about an alert with one press; each names the request that does it. */
export const alertAction = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('assignBlock'), date: localDate, blockId: z.string(), vehicleId: z.string() }),
    z.object({ type: z.literal('approveStation'), stationId: z.string() }),
    z.object({ type: z.literal('resetStation'), stationId: z.string() }),
    z.object({ type: z.literal('replan'), siteId: z.string() }),
  ])
  .openapi('AlertAction')

export const alert = z
  .object({
    alertId: z.int(),
    siteId: z.string().nullable(),
    kind: z.string(),
    severity: z.enum(['act', 'look']),
    stationId: z.string().nullable(),
    vehicleId: z.string().nullable(),
    sentence: z.string(),
    cause: z.string(),
    remedy: z.string(),
    /** Figures for pages in other languages; `parameters.actions` is lifted to `actions`. */
    parameters: z.record(z.string(), z.unknown()),
    actions: z.array(alertAction),
    raisedAt: instant,
    clearedAt: instant.nullable(),
    snoozedUntil: instant.nullable(),
  })
  .openapi('Alert', { example: examples.alert })

export const block = z
  .object({
    blockId: z.string(),
    date: localDate,
    vehicleId: z.string().nullable(),
    assignedBy: z.enum(['timetable', 'automatic', 'manual']).nullable(),
    startAt: instant,
    endAt: instant,
    distanceM: z.int(),
    routes: z.array(z.string()),
    trips: z.array(
      z.object({
        tripId: z.string(),
        kind: z.string().openapi({ example: 'revenue' }),
        route: z.string().nullable(),
        headsign: z.string().nullable(),
        startAt: instant,
        endAt: instant,
        distanceM: z.int(),
        startStopId: z.string().nullable(),
        endStopId: z.string().nullable(),
      }),
    ),
  })
  .openapi('Block', { example: examples.block })

export const plan = z
  .object({
    planId: z.int(),
    siteId: z.string(),
    createdAt: instant,
    startAt: instant,
    slotMinutes: z.int(),
    slots: z.int(),
    status: z.string(),
    /** Why it was made: "bus-3 plugged in". */
    reason: z.string(),
    /** The same as figures, for pages in other languages. */
    causes: z.array(replanCause),
    /** Per slot, at the grid connection. */
    limitW: z.array(watts),
    baseLoadW: z.array(watts),
    importW: z.array(watts),
    uncontrolledImportW: z.array(watts),
    priceMicroEurPerKwh: z.array(z.int()),
    carbonGPerKwh: z.array(z.int()).nullable(),
    /** Where the prices came from, said openly; null: not noted. */
    prices: z
      .object({
        kind: z.enum(['series', 'zones', 'mixed', 'none']).describe('`none`: the site has no tariff.'),
        series: z.string().nullable(),
        missingFrom: instant.nullable().describe('From here on the series has no price; null: it has all.'),
        fallback: z
          .enum(['zones', 'lastKnown', 'flat'])
          .nullable()
          .describe(
            'What stands in from there: the tariff’s zones, the last known day of the same kind, one flat price.',
          ),
      })
      .nullable(),
    peakW: watts,
    energyCostMicroEur: z.int(),
    peakCostMicroEur: z.int(),
    totalCostMicroEur: z.int(),
    lowerBoundMicroEur: z.int(),
    /** Share by which the total cost may exceed the optimum at most. */
    gap: z.number(),
    uncontrolled: z.object({ peakW: watts, totalCostMicroEur: z.int() }),
    violations: z.array(z.string()),
    explain: z.array(z.string()),
    /** Violations and explanations as figures, for pages in other languages. */
    facts: z.array(planFact),
    solveMs: z.number(),
    vehicles: z.array(
      z.object({
        vehicleId: z.string(),
        blocks: z.array(
          z.object({
            blockId: z.string(),
            date: localDate,
            startAt: instant,
            endAt: instant,
            routes: z.array(z.string()),
          }),
        ),
        visits: z.array(
          z.object({
            stationId: z.string().nullable(),
            evseId: z.int().nullable(),
            arriveAt: instant,
            departAt: instant,
            /** The block that it leaves for; null: none within the horizon. */
            leavesFor: z.object({ blockId: z.string(), date: localDate }).nullable(),
            needSocPercent: percent,
            arriveSocPercent: percent.nullable(),
            departSocPercent: percent,
            readyAt: instant.nullable(),
            shortWh: z.int(),
            /** Why it is short, and what would mend it; null when it is not. */
            shortCause: z.string().nullable(),
            shortRemedy: z.string().nullable(),
            /** Both as figures, for pages in other languages. */
            shortReason: shortReason.nullable(),
            /** What was assumed where it is not known. */
            assumptions: z.array(z.string()),
            /** The same as figures, for pages in other languages; null: the plan is from before there were any. */
            assumed: z.array(stayAssumption).nullable(),
            /** What people wish of it, and what its work alone would ask for; null: nothing. */
            wish: stayWish.nullable(),
            /** Slot index of `powerW[0]`. */
            firstSlot: z.int(),
            powerW: z.array(watts),
          }),
        ),
      }),
    ),
  })
  .openapi('Plan', { example: examples.plan })

/**
 * The live stream, `GET /api/v1/events?siteId=` (Server-Sent Events). Each event's id is the cursor to resume from (Last-Event-ID).
 * `event: snapshot` (first, and whenever the cursor is unknown): every list complete. `event: changes`: only what changed since; an item
 * replaces the one with the same key (siteId, stationId, vehicleId, sessionNumber, alertId, planId). `event: clock` every 15 s.
 */
export const liveChanges = z
  .object({
    now: instant,
    sites: z.array(site),
    stations: z.array(station),
    vehicles: z.array(vehicle),
    /** Open ones, and those that ended since. */
    sessions: z.array(session),
    /** Open ones, and those that cleared since. */
    alerts: z.array(alert),
    /** The current plan of each site, when it is new. */
    plans: z.array(plan),
  })
  .openapi('LiveChanges')
