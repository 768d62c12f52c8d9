import type { ChargingProfile } from '../domain/charging-profile.ts'
import { changeAvailability } from './availability.ts'
import { plugIn, unplug } from './cable.ts'
import type { ChargerOptions } from './charger-options.ts'
import { createChargerParts } from './charger-parts.ts'
import type { ChargerParts } from './charger-parts.ts'
import type { Dialect, Nameplate, RemoteStartRequest, Station, StopReason, Trigger } from './dialect.ts'
import { letEnergyFlow } from './energy-flow.ts'
import { createEvse } from './evse.ts'
import type { PluggedVehicle } from './evse.ts'
import { takeSample } from './meter.ts'
import { nextStop } from './next-stop.ts'
import type { Outgoing } from './outbox.ts'
import { outletLimit } from './outlet-limit.ts'
import { createOutlet } from './outlet.ts'
import type { Outlet, Token, Transaction } from './outlet.ts'
import { presentToken } from './present-token.ts'
import { createProfileBook } from './profiles.ts'
import type { LimitInForce, ProfileBook, ProfileCapabilities, ProfileRejection } from './profiles.ts'
import { dropStaleRemoteStarts, remoteStart } from './remote-start.ts'

/**
 * One charging station of either OCPP version, driven by `advance`: it computes what happened up to that simulated instant and
 * sends what has to be sent. Its sockets are real; it has no timers.
 */
export class Charger implements Station {
  readonly options: ChargerOptions
  readonly dialect: Dialect
  readonly nameplate: Nameplate
  readonly capabilities: ProfileCapabilities
  readonly outlets: readonly Outlet[]
  readonly profiles: ProfileBook
  connectionTimeoutSeconds = 120
  readonly #parts: ChargerParts
  #atMs: number
  #answersPending = 0

  constructor(dialect: Dialect, options: ChargerOptions) {
    this.dialect = dialect
    this.options = options
    this.#atMs = options.startMs
    this.outlets = options.evses.map((spec) => createOutlet(createEvse(spec, options.registerWh?.(spec.evseId) ?? 0)))
    this.nameplate = options.nameplate
    this.capabilities = {
      maxPeriods: options.maxPeriods ?? 300,
      maxStackLevel: options.maxStackLevel ?? 8,
      maxProfiles: options.maxProfiles ?? 24,
      units: options.evses.some((spec) => spec.currentType === 'AC') ? ['A'] : ['W'],
      sameLevel: dialect.sameLevelProfiles,
    }
    this.profiles = createProfileBook(options.evses, this.capabilities)
    this.#parts = createChargerParts(this, dialect, options)
  }

  /** Simulated instant that has been computed. */
  get atMs(): number {
    return this.#atMs
  }

  get connected(): boolean {
    return this.#parts.line.up
  }

  get registered(): boolean {
    return this.#parts.line.registered
  }

  get queued(): number {
    return this.#parts.line.queued
  }

  get heartbeatSeconds(): number {
    return this.#parts.line.heartbeatSeconds
  }

  set heartbeatSeconds(seconds: number) {
    this.#parts.line.heartbeatSeconds = seconds
  }

  get sampleSeconds(): number {
    return this.#parts.sampling.sampleSeconds
  }

  get alignedSeconds(): number {
    return this.#parts.sampling.alignedSeconds
  }

  setSampleSeconds(seconds: number): void {
    this.#parts.sampling.setSampleSeconds(seconds)
  }

  setAlignedSeconds(seconds: number): void {
    this.#parts.sampling.setAlignedSeconds(seconds)
  }

  outlet(evseId: number): Outlet | undefined {
    return this.outlets.find((one) => one.evse.spec.evseId === evseId)
  }

  /** The limit in force at an outlet, from profiles and hardware. */
  limit(outlet: Outlet): LimitInForce {
    return outletLimit(this, outlet)
  }

  // — time —

  /** Lets simulated time pass up to `nowMs`. */
  advance(nowMs: number): void {
    const { line, power, sampling } = this.#parts
    while (this.#atMs < nowMs) {
      const nextMs = nextStop(this.#parts, nowMs)
      letEnergyFlow(this.#parts, nextMs)
      this.#atMs = nextMs
      sampling.takeDue()
      dropStaleRemoteStarts(this.outlets, nextMs)
    }
    line.tick(power.lineAllowed)
  }

  /** Resolves when everything that can be sent has been answered. */
  async settled(): Promise<void> {
    while (this.#parts.line.busy || this.#answersPending > 0) {
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    }
  }

  // — at the outlet —

  /** The cable goes in. */
  plug(evseId: number, vehicle: PluggedVehicle): void {
    const outlet = this.#outletOrThrow(evseId)
    if (outlet.evse.vehicle !== null) throw new Error(`${this.options.stationId}/${evseId} is taken`)
    plugIn(this.#parts, outlet, vehicle)
  }

  /** A card, or the vehicle itself, shows its token. At a running transaction the same token ends it. Without a line, a station that has been let in once trusts the token. False: the station does not react, because it is not working (yet). */
  present(evseId: number, token: Token): boolean {
    return presentToken(this.#parts, this.#outletOrThrow(evseId), token)
  }

  /** The cable comes out. */
  unplug(evseId: number): void {
    unplug(this.#parts, this.#outletOrThrow(evseId))
  }

  #outletOrThrow(evseId: number): Outlet {
    const outlet = this.outlet(evseId)
    if (outlet === undefined) throw new RangeError(`${this.options.stationId} has no EVSE ${evseId}`)
    return outlet
  }

  // — commands of the central system —

  afterAnswer(act: () => void): void {
    this.#answersPending += 1
    setImmediate(() => {
      this.#answersPending -= 1
      act()
    })
  }

  installProfile(evseId: number, profile: ChargingProfile): ProfileRejection | null {
    return this.profiles.install(evseId, profile, this.outlet(evseId)?.transaction ?? null)
  }

  remoteStart(request: RemoteStartRequest): Outlet | null {
    return remoteStart(this.#parts, request)
  }

  endTransaction(outlet: Outlet, reason: StopReason, trigger: Trigger): void {
    this.#parts.charging.end(outlet, reason, trigger)
  }

  deauthorise(transaction: Transaction): void {
    const outlet = this.outlets.find((one) => one.transaction === transaction)
    if (outlet !== undefined) this.endTransaction(outlet, 'deauthorized', 'deauthorized')
  }

  changeAvailability(evseId: number | undefined, operative: boolean): 'accepted' | 'scheduled' | 'rejected' {
    return changeAvailability(this.#parts, evseId, operative)
  }

  reboot(reason: StopReason): void {
    for (const outlet of this.outlets) {
      this.endTransaction(outlet, reason, 'reset')
      outlet.finished = false
      outlet.remoteStart = null
      outlet.authorising = false
    }
    const { power } = this.#parts
    power.planReboot()
    // A hard reset does not wait for what is still to be said; it is said after the boot.
    if (reason === 'hardReset' || !this.registered || this.queued === 0) power.rebootIfPlanned()
  }

  // — messages on demand —

  sendBoot(): void {
    this.#parts.line.sendBoot()
  }

  sendHeartbeat(): void {
    this.#parts.line.sendHeartbeat()
  }

  sendStatus(outlet: Outlet): void {
    outlet.reportedStatus = null
    this.#parts.reportStatus(outlet, this.#atMs)
  }

  sendMeterValues(outlet: Outlet, trigger: 'clock' | 'trigger'): void {
    const context = trigger === 'clock' ? 'Sample.Clock' : 'Trigger'
    if (outlet.transaction !== null) this.#parts.transactions.update(outlet, this.#atMs, trigger, context)
    else if (this.registered) this.send(this.dialect.meterValues(outlet, takeSample(outlet.evse, this.#atMs, context)))
  }

  send(outgoing: Outgoing): void {
    this.#parts.line.push(outgoing)
  }

  // — troubles —

  /** The network cable is pulled until `untilMs`; charging goes on. */
  cutLine(untilMs: number): void {
    this.#parts.power.cutLine(untilMs)
  }

  /** A power module fails: no outlet gives power, transactions end, the line stays. */
  setFault(faulted: boolean): void {
    for (const outlet of this.outlets) {
      if (outlet.faulted === faulted) continue
      if (faulted) this.endTransaction(outlet, 'other', 'fault')
      outlet.faulted = faulted
      if (!faulted) outlet.finished = false
      this.#parts.reportStatus(outlet, this.#atMs)
    }
  }

  /** Switched off for good. */
  stop(): void {
    this.#parts.power.switchOff()
  }
}
