import type { VehicleStatus } from '../depot/vehicle-view.ts'

const plurals = new Intl.PluralRules('en')
const plural = (count: number, one: string, other: string): string => (plurals.select(count) === 'one' ? one : other)
const buses = (count: number): string => plural(count, 'bus', 'buses')
const lines = (routes: readonly string[]): string =>
  routes.length === 0 ? 'on the line' : `${plural(routes.length, 'line', 'lines')} ${routes.join(', ')}`

/** Every word of the pages, in English. Another language is another object of this type. Figures and times arrive already formatted. */
export const en = {
  language: 'en',
  locale: 'en-GB',
  product: 'Zaryad',
  separator: ' · ',
  upTo: (value: string) => `up to ${value}`,

  verdict: {
    allMade: (total: number) =>
      total === 1 ? 'The bus will make its pull-out.' : `All ${total} ${buses(total)} will make their pull-out.`,
    someMade: (made: number, total: number) =>
      `${made} of ${total} ${buses(total)} will make ${total === 1 ? 'its' : 'their'} pull-out.`,
    someUnknown: (made: number, total: number, unknown: number) =>
      `${made} of ${total} ${buses(total)} will make their pull-out; too little is known of ${unknown}.`,
    someMissed: (missed: number, total: number, unknown: number) =>
      `${missed} of ${total} ${buses(total)} will miss ${missed === 1 ? 'its' : 'their'} pull-out; too little is known of ${unknown}.`,
    nothingAhead: 'No pull-out ahead.',
    noPlan: 'No charging plan yet.',
    noPlanText: 'One is made as soon as the timetable, the chargers and the vehicles are known.',
    noVehicles: 'No vehicle at this depot yet.',
    next: (label: string, time: string) => `Next out: ${label} at ${time}`,
    ready: (time: string) => `ready at ${time}`,
    readyNow: 'ready now',
    notReady: 'not ready by then',
    updated: (age: string) => `Updated ${age} ago.`,
    documentTitle: (made: number, total: number, site: string) => `${made}/${total} ready · ${site}`,
  },

  alerts: {
    title: 'What needs doing',
    act: 'Act',
    look: 'Look',
    show: (label: string) => `Look at ${label}`,
    later: 'Later',
    laterHint: (time: string) => `Hide until ${time}`,
    more: (count: number) => `${count} more ${plural(count, 'alert', 'alerts')}`,
    fewer: 'Show fewer',
    snoozed: (count: number) => `${count} ${plural(count, 'alert', 'alerts')} put off`,
    snoozedUntil: (time: string) => `until ${time}`,
    wake: 'Show again',
    since: (time: string) => `since ${time}`,
    raised: (sentence: string) => `New alert: ${sentence}`,
    cleared: (sentence: string) => `Cleared: ${sentence}`,
    assignBlock: (vehicle: string) => `Give the block to ${vehicle}`,
    approveStation: (station: string) => `Approve ${station}`,
    resetStation: (station: string) => `Restart ${station}`,
    replan: 'Plan again',
  },

  actions: {
    assigned: (block: string, vehicle: string) => `Block ${block} now goes to ${vehicle}.`,
    unassigned: (block: string) => `Block ${block} has no vehicle again.`,
    approved: (station: string) => `${station} is approved; it may charge now.`,
    replanned: 'A new plan is being made.',
    snoozed: (time: string) => `Put off until ${time}.`,
    woken: 'Back on the list.',
    failed: (reason: string) => `Not done: ${reason}`,
    unreachable: 'Not done: the server was not reached.',
    noServer: 'the server was not reached.',
    noToken: 'this vehicle has no token.',
    undo: 'Undo',
    dismiss: 'Dismiss',
    undone: 'Undone.',
    saved: 'Saved.',
    answer: {
      accepted: (command: string, status: string) => `${command}: the charger answered “${status}”.`,
      notAccepted: (command: string, status: string) =>
        `${command}: the charger answered “${status}” and did not do it.`,
      refused: (command: string, code: string, text: string) =>
        `${command}: the charger refused it (${code}${text === '' ? '' : `, ${text}`}).`,
      notAsked: (command: string, reason: string) => `${command}: ${reason}`,
    },
  },

  yard: {
    title: 'Yard',
    view: 'Show the vehicles as',
    asYard: 'Yard',
    asList: 'List',
    legendSoc: 'charge now',
    legendNeed: 'needed at pull-out',
    bay: (label: string) => (/\p{L}/u.test(label) ? label : `Bay ${label}`),
    free: 'free',
    stranger: 'plugged in, vehicle unknown',
    standsElsewhere: (vehicle: string) => `${vehicle} is elsewhere`,
    withoutBay: 'Without a bay',
    looseChargers: 'Chargers without a bay',
    pending: 'New chargers that wait for approval',
    approve: 'Approve',
    pendingText: (vendor: string) => `${vendor} has introduced itself and may not charge yet.`,
    empty: 'No bay, charger or vehicle is known at this depot yet.',
    percent: (value: string) => `${value} %`,
    needs: (percent: string) => `needs ${percent} %`,
    needsBy: (percent: string, time: string) => `needs ${percent} % by ${time}`,
    ready: (time: string) => `ready ${time}`,
    readyNow: 'ready',
    out: (time: string) => `out ${time}`,
    noPullOut: 'no pull-out ahead',
    notPlanned: 'not in the plan',
    oldReading: (time: string) => `read at ${time}`,
    estimatedSoc: (percent: string) => `~${percent} %`,
    estimatedFrom: (time: string) => `estimated, last read at ${time}`,
    estimatedBetween: (low: string, high: string) => `between ${low} and ${high} %`,
    unknownSoc: 'charge unknown',
    powerUnknown: 'power unknown',
    openDetails: 'details',
    charger: {
      connected: 'connected',
      offline: 'offline',
      faulted: 'fault',
      pending: 'waits for approval',
      rejected: 'rejected',
      inoperative: 'out of use',
    },
    outlets: (count: number, kw: string) => (count === 1 ? `${kw} kW` : `${count} × ${kw} kW`),
    outletsMixed: (count: number) => `${count} outlets`,
    protocol: (protocol: string) => protocol.replace(/^ocpp/, 'OCPP '),
  },

  status: {
    word: (status: VehicleStatus, time: (at: number) => string, kw: (watts: number) => string): string => {
      switch (status.kind) {
        case 'charging':
          return status.powerW === null ? 'charging' : `${kw(status.powerW)} kW`
        case 'waits':
          return `starts ${time(status.from)}`
        case 'full':
          return 'charged'
        case 'pluggedIn':
          return 'plugged in'
        case 'notPluggedIn':
          return 'not plugged in'
        case 'onTheLine':
          return lines(status.routes)
        case 'late':
          return 'late'
        case 'chargerFaulted':
          return 'charger fault'
        case 'chargerOffline':
          return 'charger offline'
        case 'outOfService':
          return 'out of service'
        case 'unknown':
          return 'place unknown'
      }
    },
    /** The same in a word or a figure, for a small tile; the full wording stands beside it, unseen. */
    short: (status: VehicleStatus, time: (at: number) => string, kw: (watts: number) => string): string => {
      switch (status.kind) {
        case 'charging':
          return status.powerW === null ? 'on' : `${kw(status.powerW)} kW`
        case 'waits':
          return time(status.from)
        case 'full':
          return 'ready'
        case 'pluggedIn':
          return 'plugged'
        case 'notPluggedIn':
          return 'no plug'
        case 'onTheLine':
          return status.routes.length === 0 ? 'away' : status.routes.join(', ')
        case 'late':
          return 'late'
        case 'chargerFaulted':
          return 'fault'
        case 'chargerOffline':
          return 'offline'
        case 'outOfService':
          return 'out'
        case 'unknown':
          return 'where?'
      }
    },
    charging: 'charging',
    back: (time: string) => `back ${time}`,
    delayed: (minutes: string) => `+${minutes} min`,
    due: (time: string) => `was due ${time}`,
    arrivesWith: (percent: string) => `arrives with ${percent} %`,
  },

  list: {
    caption: 'Vehicles by time to spare before their pull-out',
    search: 'Find a vehicle',
    none: 'No vehicle matches.',
    vehicle: 'Vehicle',
    charge: 'Charge',
    state: 'State',
    ready: 'Ready',
    out: 'Out',
    margin: 'To spare',
    groups: {
      missed: 'Will not make it',
      tight: 'Less than an hour to spare',
      made: 'On schedule',
      unknown: 'Not known',
      none: 'No pull-out ahead',
    },
  },

  grid: {
    title: 'Grid connection, now',
    ofLimit: (limit: string) => `of ${limit} kW`,
    meter: (building: string, charging: string, limit: string) =>
      `${building} kW building, ${charging} kW buses, limit ${limit} kW`,
    building: (kw: string) => `building ${kw}`,
    buses: (kw: string) => `buses ${kw}`,
    overLimit: (kw: string) => `${kw} kW above the limit`,
    plannedPeak: 'Planned peak',
    at: (value: string, time: string) => `${value} at ${time}`,
    priceNow: 'Price now',
    cheapest: 'Cheapest hours ahead',
    samePrice: 'the same all day',
    peakThisMonth: 'Peak this month',
    temperature: 'Outdoors',
    carbon: 'Carbon now',
    withoutReading: (count: number) =>
      `${count} ${plural(count, 'outlet', 'outlets')} without a fresh reading, counted as 0`,
    unknown: 'unknown',
    kw: (value: string) => `${value} kW`,
    eurPerKwh: (value: string) => `${value} €/kWh`,
    gPerKwh: (value: string) => `${value} g/kWh`,
    celsius: (value: string) => `${value} °C`,
    limits: 'Limits inside the depot',
  },

  timeline: {
    title: 'Plan',
    made: (time: string, reason: string) => `Planned at ${time}: ${reason}`,
    noPlan: 'No plan yet. What was measured is shown; a plan appears here as soon as one is made.',
    noVehicles: 'No vehicle to plan for.',
    historyFailed: 'The past could not be loaded.',
    zoom: 'Hours to show',
    hours: (hours: number) => `${hours} h`,
    allHours: 'All',
    now: 'Now',
    view: 'Show the plan as',
    asChart: 'Chart',
    asTable: 'Table',
    legend: {
      block: 'on the line',
      charge: 'will charge, darker is more',
      charged: 'has charged',
      measured: 'measured',
      planned: 'planned',
      uncontrolled: 'without a plan',
      limit: 'limit',
    },
    power: 'Power',
    kw: 'kW',
    price: 'Price',
    eurPerKwh: '€/kWh',
    chartLabel: 'Charging plan. Arrow keys move over the bars, Enter opens the bus.',
    showAll: (count: number) => `Show all ${count} vehicles`,
    showFewer: 'Show fewer',
    blockBar: (label: string, blockId: string, routes: readonly string[], from: string, to: string) =>
      `${label}: ${routes.length === 0 ? `block ${blockId}` : `${lines(routes)}, block ${blockId}`}, out ${from}, back ${to}`,
    chargeBar: (label: string, from: string, to: string, kwh: string, most: string, depart: string) =>
      `${label}: will charge ${from} to ${to}, ${kwh} kWh, up to ${most} kW; leaves with ${depart} %`,
    chargedBar: (label: string, from: string, to: string, kwh: string) =>
      `${label}: charged ${kwh} kWh, ${from} to ${to}`,
    at: (time: string) => time,
    readSite: (kw: string, limit: string) => `site ${kw} of ${limit} kW`,
    readMeasured: (kw: string) => `measured ${kw} kW`,
    readPlanned: (kw: string, limit: string) => `planned ${kw} of ${limit} kW`,
    readUncontrolled: (kw: string) => `without a plan ${kw} kW`,
    readPrice: (price: string) => `${price} €/kWh`,
    short: 'short of charge',
    table: {
      vehicles: 'The plan for each vehicle',
      vehicle: 'Vehicle',
      arrive: 'Arrives',
      arriveSoc: 'with',
      charging: 'Charges',
      energy: 'Energy',
      depart: 'Leaves',
      departSoc: 'with',
      need: 'needs',
      short: 'short by',
      site: 'The site hour by hour',
      hour: 'Hour',
      planned: 'Planned power',
      uncontrolled: 'Without a plan',
      limit: 'Limit',
      price: 'Price',
      kwh: (value: string) => `${value} kWh`,
      kw: (value: string) => `${value} kW`,
      percent: (value: string) => `${value} %`,
      span: (from: string, to: string) => `${from}–${to}`,
      nothing: '–',
    },
  },

  worth: {
    title: 'What the plan is worth',
    cost: (hours: string) => `energy and peak for the next ${hours} h, building included`,
    lessThan: (uncontrolled: string) => `against plugging in at will (${uncontrolled})`,
    saved: 'saved',
    moreCost: 'more than at will, so that every bus is ready',
    peak: (uncontrolled: string) => `planned peak, instead of ${uncontrolled} kW`,
    gap: (percent: string) => `${percent} %`,
    gapBelow: (percent: string) => `< ${percent} %`,
    gapText: 'at most, from the best possible plan',
    charged: 'into the buses',
    carbon: (percent: string) => `CO₂ of the charging, ${percent}`,
    carbonLess: (percent: string) => `${percent} % less than at will`,
    carbonMore: (percent: string) => `${percent} % more than at will`,
    carbonSame: 'as much as at will',
    kg: (value: string) => `${value} kg`,
    change: (percent: string) => `${percent} %`,
    solved: (ms: string) => `worked out in ${ms} ms`,
  },

  detail: {
    close: 'Close',
    pullOut: 'Next pull-out',
    noPullOut: 'No pull-out ahead.',
    block: 'Block',
    distance: 'Distance',
    km: (value: string) => `${value} km`,
    need: 'Needed',
    planned: 'Planned',
    ready: 'Ready',
    spare: 'To spare',
    leaves: 'Leaves',
    returns: 'Returns',
    shortBy: (kwh: string) => `${kwh} kWh short`,
    give: 'Give the block to',
    giveSubmit: 'Give',
    chooseVehicle: 'choose a vehicle',
    now: 'Now',
    charge: 'Charge',
    battery: 'Battery',
    state: 'State',
    power: 'Power',
    delay: 'Delay',
    minutes: (value: string) => `${value} min`,
    plan: 'Plan for this stay',
    planNext: 'Plan for the next stay',
    noVisit: 'The plan has no stay at a charger for this bus.',
    planText: (kwh: string, from: string, to: string) => `${kwh} kWh between ${from} and ${to}`,
    assumed: (assumptions: readonly string[]) => `Assumed: ${assumptions.join('; ')}.`,
    planNothing: 'Needs no charging here.',
    planPicture: 'Planned power over time',
    charger: 'Charger',
    outlet: (label: string, evseId: number) => `${label}, outlet ${evseId}`,
    noCharger: 'At no charger.',
    connection: 'Connection',
    since: (time: string) => `since ${time}`,
    connector: (id: number) => `Connector ${id}`,
    limitNow: 'Limit now',
    profile: 'Charging profile',
    profileNone: 'none wanted',
    profileConfirmed: (time: string) => `confirmed ${time}`,
    profileWanted: (time: string) => `sent ${time}, not yet confirmed`,
    profileOutcome: (outcome: string) => `the charger says ${outcome}`,
    model: 'Model',
    firmware: 'Firmware',
    lastMessage: 'Last message',
    clockSkew: 'Its clock is off by',
    failSafe: 'When the line is cut',
    sessions: 'Charging sessions',
    noSessions: 'None yet.',
    running: 'running',
    soc: (from: string, to: string) => `${from} → ${to} %`,
    kwh: (value: string) => `${value} kWh`,
    commands: 'Ask the charger',
    asking: 'asking…',
    sure: 'Really?',
    cancel: 'No',
    command: {
      startCharging: 'Start charging',
      stopCharging: 'Stop charging',
      unlock: 'Unlock the plug',
      takeOut: 'Take out of use',
      putBack: 'Put back into use',
      status: 'Ask for its state',
      reset: 'Restart',
      approve: 'Approve',
      reject: 'Reject',
    },
    sureText: {
      stopCharging: 'Stop charging? The bus keeps what it has.',
      unlock: 'Unlock the plug? Charging ends.',
      takeOut: 'Take this outlet out of use?',
      reset: 'Restart the charger? Its sessions end.',
      reject: 'Reject this charger?',
    },
    corrections: 'Correct what is known',
    setSoc: 'Charge, read from the dashboard',
    setSocSubmit: 'Save',
    inService: 'In service',
    status: {
      available: 'free',
      preparing: 'plugged in',
      charging: 'charging',
      suspendedEv: 'vehicle pauses',
      suspendedEvse: 'paused by the plan',
      finishing: 'finishing',
      occupied: 'occupied',
      reserved: 'reserved',
      unavailable: 'out of use',
      faulted: 'fault',
      unknown: 'unknown',
    },
    socSource: { ocpp: 'from the charger', telemetry: 'from the bus', manual: 'by hand' } as Record<string, string>,
    unknown: 'unknown',
  },
}

export type Messages = typeof en
