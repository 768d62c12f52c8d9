import { advanceBus, lateness, plugWish, settleBus, soc, tokenAt, weaken } from './bus.ts'
import type { Bus, BusBlock } from './bus.ts'
import type { Charger } from './charger.ts'
import type { Fault, FaultRequest } from './faults.ts'
import { connectorStatus } from './outlet.ts'
import type { Outlet } from './outlet.ts'

const MINUTE_MS = 60_000
const LONGEST_STEP_MS = MINUTE_MS
/** A dispatcher passes lateness on when it has changed by more than this. */
const TELL_LATENESS_MS = 2 * MINUTE_MS

export interface WorldOptions {
  buses: Bus[]
  chargers: Charger[]
  seed: number
  startMs: number
  /** Passes on what a dispatcher or a driver would say; failures are its own business. */
  report(vehicleId: string, change: { delaySeconds?: number; socPercent?: number }): void
  /** What the units in the buses know. Left out, or answering null: only people tell how late a bus is and what its battery shows. */
  telematics?: { lateMs(bus: Bus, atMs: number): number | null }
  log(atMs: number, text: string): void
}

/** Buses and chargers of a city, moved together through simulated time. */
export class World {
  readonly buses: readonly Bus[]
  readonly chargers: readonly Charger[]
  temperatureC = 8
  readonly #options: WorldOptions
  readonly #toldLateMs = new Map<string, number>()
  #faults: Fault[] = []
  #lastFaultId = 0
  #atMs: number

  constructor(options: WorldOptions) {
    this.#options = options
    this.buses = options.buses
    this.chargers = options.chargers
    this.#atMs = options.startMs
  }

  get atMs(): number {
    return this.#atMs
  }

  get faults(): readonly Fault[] {
    return this.#faults
  }

  /** Takes over a new timetable; a block that is being driven is driven to its end. */
  setBlocks(blocks: ReadonlyMap<string, BusBlock[]>): void {
    for (const bus of this.buses) bus.blocks = blocks.get(bus.spec.vehicleId) ?? []
  }

  /** Puts every bus where the timetable has it at the start, in its bay with the cable in where it should be, and tells each one's state of charge as drivers would have noted it. */
  settle(): void {
    for (const bus of this.buses) {
      settleBus(bus, this.#atMs, this.#options.seed, this.temperatureC)
      this.#options.report(bus.spec.vehicleId, { socPercent: Math.round(soc(bus)), delaySeconds: 0 })
    }
    this.#fulfilWishes()
  }

  /** Lets simulated time pass up to `nowMs`. */
  advance(nowMs: number): void {
    do {
      this.#atMs = Math.max(this.#atMs, Math.min(nowMs, this.#atMs + LONGEST_STEP_MS))
      for (const charger of this.chargers) charger.advance(this.#atMs)
      for (const bus of this.buses) this.#drive(bus)
      this.#endFaults()
      this.#fulfilWishes()
    } while (this.#atMs < nowMs)
  }

  bus(vehicleId: string): Bus | undefined {
    return this.buses.find((one) => one.spec.vehicleId === vehicleId)
  }

  charger(stationId: string): Charger | undefined {
    return this.chargers.find((one) => one.options.stationId === stationId)
  }

  /** How late a bus is: as its unit has it, else as a dispatcher would judge. 0 in the depot. */
  lateMs(bus: Bus): number {
    if (bus.driving === null) return 0
    return this.#options.telematics?.lateMs(bus, this.#atMs) ?? lateness(bus, this.#atMs)
  }

  /** Makes something go wrong; null when there is no such bus or station. */
  addFault(request: FaultRequest): Fault | null {
    const lengthMs = request.minutes * MINUTE_MS
    let untilMs: number | null = this.#atMs + lengthMs
    if (request.kind === 'cutLine' || request.kind === 'deadCharger') {
      const charger = this.charger(request.stationId)
      if (charger === undefined) return null
      if (request.kind === 'cutLine') charger.cutLine(untilMs)
      else charger.setFault(true)
    } else {
      const bus = this.bus(request.vehicleId)
      if (bus === undefined) return null
      if (request.kind === 'lateBus') bus.extraLateMs += lengthMs
      else if (request.kind === 'telemetrySilent') untilMs = this.#atMs + lengthMs
      else if (request.kind === 'lowBattery') weaken(bus, request.socPercent)
      else if (bus.driving === null) bus.leaveUnpluggedUntilMs = untilMs
      else untilMs = null
    }
    this.#lastFaultId += 1
    const fault: Fault = { faultId: this.#lastFaultId, request, sinceMs: this.#atMs, untilMs }
    this.#faults.push(fault)
    this.#options.log(this.#atMs, `fault ${JSON.stringify(request)}`)
    return fault
  }

  /** Everything works again. */
  clearFaults(): void {
    for (const fault of this.#faults) this.#endFault(fault)
    this.#faults = []
  }

  #endFaults(): void {
    this.#faults = this.#faults.filter((fault) => {
      if (fault.untilMs === null || this.#atMs < fault.untilMs) return true
      this.#endFault(fault)
      return false
    })
  }

  #endFault({ request }: Fault): void {
    if (request.kind === 'cutLine') this.charger(request.stationId)?.cutLine(this.#atMs)
    else if (request.kind === 'deadCharger') this.charger(request.stationId)?.setFault(false)
    else {
      const bus = this.bus(request.vehicleId)
      if (bus === undefined) return
      if (request.kind === 'notPluggedIn') bus.leaveUnpluggedUntilMs = this.#atMs
      // Lateness ends with the pull-in; before it, the bus has caught up only when the fault is cleared by hand.
    }
  }

  #drive(bus: Bus): void {
    for (const { kind, block, socPercent } of advanceBus(bus, this.#atMs, this.#options.seed, this.temperatureC)) {
      const name = bus.spec.vehicleId
      if (kind === 'pulledOut') {
        const late = this.#atMs - block.startMs > TELL_LATENESS_MS ? ', late' : ''
        this.#options.log(this.#atMs, `${name} pulls out on ${block.blockId} with ${socPercent.toFixed(0)} %${late}`)
        continue
      }
      this.#options.log(this.#atMs, `${name} pulls in from ${block.blockId} with ${socPercent.toFixed(0)} %`)
      this.#toldLateMs.set(name, 0)
      // The unit in the bus tells its charge as it switches off.
      const told = this.#options.telematics?.lateMs(bus, this.#atMs) ?? null
      this.#options.report(name, {
        delaySeconds: 0,
        ...(told === null ? { socPercent: Math.round(socPercent) } : {}),
      })
      for (const fault of this.#faults) {
        if (fault.untilMs !== null || !('vehicleId' in fault.request) || fault.request.vehicleId !== name) continue
        fault.untilMs = this.#atMs + fault.request.minutes * MINUTE_MS
        bus.leaveUnpluggedUntilMs = fault.untilMs
      }
    }
    const lateMs = this.lateMs(bus)
    const toldMs = this.#toldLateMs.get(bus.spec.vehicleId) ?? 0
    if (Math.abs(lateMs - toldMs) <= TELL_LATENESS_MS) return
    this.#toldLateMs.set(bus.spec.vehicleId, lateMs)
    this.#options.report(bus.spec.vehicleId, { delaySeconds: Math.round(lateMs / 1000) })
  }

  #fulfilWishes(): void {
    for (const bus of this.buses) {
      const { plug } = bus.spec
      const charger = plug === null ? undefined : this.charger(plug.stationId)
      const outlet = plug === null ? undefined : charger?.outlet(plug.evseId)
      if (plug === null || charger === undefined || outlet === undefined) continue
      const wish = plugWish(bus, this.#atMs, this.#options.seed, outlet.transaction?.authorised === true)
      if (wish === 'plug') {
        if (outlet.evse.vehicle !== null) continue
        charger.plug(plug.evseId, bus.battery)
        bus.plugged = true
        bus.presentedMs = Number.NEGATIVE_INFINITY
      } else if (wish === 'present' || wish === 'stop') {
        const noticed = charger.present(plug.evseId, tokenAt(bus, charger.dialect.protocol === 'ocpp2.0.1'))
        if (noticed) bus.presentedMs = this.#atMs
        bus.stopping = wish === 'stop'
      } else if (wish === 'unplug') {
        charger.unplug(plug.evseId)
        bus.plugged = false
        bus.stopping = false
      }
    }
  }

  /** What is going on, for people and tests. */
  state(): object {
    return {
      now: new Date(this.#atMs).toISOString(),
      temperatureC: this.temperatureC,
      buses: this.buses.map((bus) => ({
        vehicleId: bus.spec.vehicleId,
        place: bus.driving === null ? 'depot' : 'line',
        socPercent: Math.round(soc(bus) * 10) / 10,
        plugged: bus.plugged,
        delaySeconds: Math.round(this.lateMs(bus) / 1000),
        block: bus.driving?.block.blockId ?? null,
      })),
      stations: this.chargers.map((charger) => ({
        stationId: charger.options.stationId,
        protocol: charger.dialect.protocol,
        connected: charger.connected,
        registered: charger.registered,
        queuedMessages: charger.queued,
        outlets: charger.outlets.map((outlet) => outletState(charger, outlet)),
      })),
      faults: this.#faults.map(({ faultId, request, sinceMs, untilMs }) => ({
        faultId,
        ...request,
        since: new Date(sinceMs).toISOString(),
        until: untilMs === null ? null : new Date(untilMs).toISOString(),
      })),
    }
  }
}

function outletState(charger: Charger, outlet: Outlet): object {
  const { evse, transaction } = outlet
  return {
    evseId: evse.spec.evseId,
    status: connectorStatus(outlet),
    vehicleId: evse.vehicle?.vehicleId ?? null,
    powerW: Math.round(evse.powerW),
    offeredW: Math.round(evse.offeredW),
    limitW: Math.round(charger.limit(outlet).limitW),
    registerWh: Math.floor(evse.registerWh),
    transactionId: transaction?.transactionId ?? null,
  }
}
