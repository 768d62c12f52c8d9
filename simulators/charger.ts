import type { ChargingProfile } from '../domain/charging-profile.ts'
import { CentralLine } from './central-line.ts'
import type { Dialect, Nameplate, Station, StopReason, Trigger } from './dialect.ts'
import { advanceEvse, createEvse } from './evse.ts'
import type { EvseSpec, PluggedVehicle } from './evse.ts'
import type { BackOff } from './line.ts'
import { takeSample } from './meter.ts'
import type { Outgoing } from './outbox.ts'
import { connectorStatus, createOutlet } from './outlet.ts'
import type { Outlet, Token, Transaction } from './outlet.ts'
import { createProfileBook } from './profiles.ts'
import type { LimitInForce, ProfileBook, ProfileCapabilities, ProfileRejection } from './profiles.ts'
import type { Random } from './random.ts'
import { shareStationLimit } from './share-power.ts'
import { transactionBook } from './transactions.ts'
import type { TransactionBook } from './transactions.ts'

export interface ChargerOptions {
  /** Address of the central system without the station's identity. */
  url: string
  stationId: string
  password?: string
  evses: readonly EvseSpec[]
  nameplate: Nameplate
  /** Simulated instant at which the station is switched on. */
  startMs: number
  random: Random
  /** The meter's register at the start; 0 when left out. */
  registerWh?: (evseId: number) => number
  sampleSeconds?: number
  alignedSeconds?: number
  maxPeriods?: number
  maxStackLevel?: number
  maxProfiles?: number
  backOff?: BackOff
  /** Real time, for reconnecting only. */
  realNow?: () => number
  /** A line for the operator's log. */
  log?: (text: string) => void
}

/** Between two looks at the physics. */
const LONGEST_STEP_MS = 30_000
const REBOOT_MS = 45_000
const DEFAULT_BACK_OFF: BackOff = { firstMs: 1_000, maxMs: 15_000 }

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
  readonly #line: CentralLine
  readonly #transactions: TransactionBook
  sampleSeconds: number
  alignedSeconds: number
  connectionTimeoutSeconds = 120
  #atMs: number
  /** Was let in at least once since power-up: it may work without the central system. */
  #acceptedOnce = false
  #nextAlignedMs: number
  #poweredFromMs = Number.NEGATIVE_INFINITY
  #cutUntilMs = Number.NEGATIVE_INFINITY
  #answersPending = 0
  /** About to reboot, once everything is sent. */
  #goingDown = false

  constructor(dialect: Dialect, options: ChargerOptions) {
    this.dialect = dialect
    this.options = options
    this.sampleSeconds = options.sampleSeconds ?? 60
    this.alignedSeconds = options.alignedSeconds ?? 900
    this.#atMs = options.startMs
    this.#nextAlignedMs = this.#alignedAfter(options.startMs)
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
    this.#line = new CentralLine({
      open: (closed) =>
        dialect.open({
          url: options.url,
          stationId: options.stationId,
          ...(options.password === undefined ? {} : { password: options.password }),
          handle: (action, payload) => dialect.handle(this, action, payload),
          closed,
        }),
      backOff: options.backOff ?? DEFAULT_BACK_OFF,
      random: options.random,
      realNow: options.realNow ?? Date.now,
      now: () => this.#atMs,
      bootMessage: (reason) => dialect.boot(this.nameplate, reason),
      letIn: (afterBoot) => this.#letIn(afterBoot),
      lost: () => {
        for (const outlet of this.outlets) outlet.reportedStatus = null
        if (this.#goingDown) this.#powerDown()
      },
      emptied: () => {
        if (this.#goingDown) this.#powerDown()
      },
      log: (text) => this.#say(text),
    })
    this.#transactions = transactionBook(this, dialect, options.random, (outgoing) => this.#line.push(outgoing))
  }

  /** Simulated instant that has been computed. */
  get atMs(): number {
    return this.#atMs
  }

  get connected(): boolean {
    return this.#line.up
  }

  get registered(): boolean {
    return this.#line.registered
  }

  get heartbeatSeconds(): number {
    return this.#line.heartbeatSeconds
  }

  set heartbeatSeconds(seconds: number) {
    this.#line.heartbeatSeconds = seconds
  }

  get queued(): number {
    return this.#line.queued
  }

  outlet(evseId: number): Outlet | undefined {
    return this.outlets.find((one) => one.evse.spec.evseId === evseId)
  }

  /** The limit in force at an outlet, from profiles and hardware. */
  limit(outlet: Outlet): LimitInForce {
    return this.profiles.limitAt(outlet.evse.spec.evseId, this.#atMs, outlet.transaction)
  }

  // — time —

  /** Lets simulated time pass up to `nowMs`. */
  advance(nowMs: number): void {
    while (this.#atMs < nowMs) {
      const nextMs = this.#nextStop(nowMs)
      this.#flow(this.#atMs, nextMs)
      this.#atMs = nextMs
      this.#takeDueSamples()
      this.#lookAtTimers()
    }
    this.#line.tick(this.#powered && this.#atMs >= this.#cutUntilMs)
  }

  /** Resolves when everything that can be sent has been answered. */
  async settled(): Promise<void> {
    while (this.#line.busy || this.#answersPending > 0) {
      await new Promise((resolve) => {
        setImmediate(resolve)
      })
    }
  }

  get #powered(): boolean {
    return this.#atMs >= this.#poweredFromMs
  }

  #nextStop(nowMs: number): number {
    let nextMs = Math.min(nowMs, this.#atMs + LONGEST_STEP_MS, this.#nextAlignedMs)
    if (this.#poweredFromMs > this.#atMs) nextMs = Math.min(nextMs, this.#poweredFromMs)
    for (const outlet of this.outlets) {
      nextMs = Math.min(nextMs, outlet.nextSampleMs)
      if (outlet.transaction !== null) nextMs = Math.min(nextMs, this.limit(outlet).untilMs)
      const energisedMs = outlet.evse.energisedFromMs ?? 0
      if (energisedMs > this.#atMs) nextMs = Math.min(nextMs, energisedMs)
    }
    return Math.max(nextMs, this.#atMs + 1)
  }

  #flow(fromMs: number, untilMs: number): void {
    const limits = this.outlets.map((outlet) => this.limit(outlet))
    shareStationLimit(this.outlets, limits, this.profiles.stationLimitAt(this.#atMs).limitW)
    this.outlets.forEach((outlet, i) => {
      const limit = limits[i]
      if (limit === undefined) return
      const flow = advanceEvse(outlet.evse, fromMs, untilMs, limit)
      if (flow === outlet.flow) return
      outlet.flow = flow
      if (outlet.transaction?.authorised !== true) return
      this.#reportStatus(outlet, untilMs)
      this.#transactions.update(outlet, untilMs, 'chargingStateChanged', null)
    })
  }

  #takeDueSamples(): void {
    for (const outlet of this.outlets) {
      if (this.#atMs < outlet.nextSampleMs) continue
      outlet.nextSampleMs += this.sampleSeconds * 1000
      this.#transactions.update(outlet, this.#atMs, 'sample', 'Sample.Periodic')
    }
    if (this.#atMs < this.#nextAlignedMs) return
    this.#nextAlignedMs = this.#alignedAfter(this.#atMs)
    if (!this.#powered) return
    for (const outlet of this.outlets) this.sendMeterValues(outlet, 'clock')
  }

  #alignedAfter(atMs: number): number {
    const stepMs = this.alignedSeconds * 1000
    return stepMs > 0 ? (Math.floor(atMs / stepMs) + 1) * stepMs : Number.POSITIVE_INFINITY
  }

  #lookAtTimers(): void {
    for (const outlet of this.outlets) {
      if (outlet.remoteStart !== null && this.#atMs >= outlet.remoteStart.untilMs) outlet.remoteStart = null
    }
  }

  setSampleSeconds(seconds: number): void {
    this.sampleSeconds = seconds
    for (const outlet of this.outlets) {
      if (outlet.transaction?.authorised === true) outlet.nextSampleMs = this.#sampleAfter(this.#atMs)
    }
  }

  setAlignedSeconds(seconds: number): void {
    this.alignedSeconds = seconds
    this.#nextAlignedMs = this.#alignedAfter(this.#atMs)
  }

  #sampleAfter(atMs: number): number {
    return this.sampleSeconds > 0 ? atMs + this.sampleSeconds * 1000 : Number.POSITIVE_INFINITY
  }

  // — at the outlet —

  /** The cable goes in. */
  plug(evseId: number, vehicle: PluggedVehicle): void {
    const outlet = this.#outletOrThrow(evseId)
    if (outlet.evse.vehicle !== null) throw new Error(`${this.options.stationId}/${evseId} is taken`)
    outlet.evse.vehicle = vehicle
    outlet.finished = false
    if (!this.#powered) return
    this.#reportStatus(outlet, this.#atMs)
    this.#beginAtPlug(outlet)
    const { remoteStart } = outlet
    if (remoteStart === null) return
    outlet.remoteStart = null
    this.#startCharging(outlet, remoteStart.token, remoteStart.remoteStartId, 'remoteStart')
  }

  /** A card, or the vehicle itself, shows its token. At a running transaction the same token ends it. Without a line, a station that has been let in once trusts the token. False: the station does not react, because it is not working (yet). */
  present(evseId: number, token: Token): boolean {
    const outlet = this.#outletOrThrow(evseId)
    if (!this.#powered || !this.#acceptedOnce || !this.#usable(outlet)) return false
    if (outlet.authorising) return true
    if (outlet.transaction?.authorised === true) {
      if (outlet.transaction.token?.value === token.value) this.endTransaction(outlet, 'local', 'stopAuthorized')
      return true
    }
    const decide = (accepted: boolean): void => {
      outlet.authorising = false
      if (accepted && this.#usable(outlet)) this.#startCharging(outlet, token, null, 'authorized')
      else if (!accepted) this.#say(`token ${token.value} refused at EVSE ${evseId}`)
    }
    if (!this.#line.up) {
      decide(true)
      return true
    }
    outlet.authorising = true
    const outgoing = this.dialect.authorize(token, decide)
    this.#line.push({ ...outgoing, lost: () => decide(!this.#line.up) })
    return true
  }

  /** The cable comes out. */
  unplug(evseId: number): void {
    const outlet = this.#outletOrThrow(evseId)
    if (outlet.evse.vehicle === null) return
    if (outlet.transaction !== null) this.endTransaction(outlet, 'evDisconnected', 'evDeparted')
    outlet.evse.vehicle = null
    outlet.finished = false
    if (this.#powered) this.#reportStatus(outlet, this.#atMs)
  }

  #usable(outlet: Outlet): boolean {
    return outlet.evse.vehicle !== null && outlet.operative && !outlet.faulted && !outlet.finished
  }

  #outletOrThrow(evseId: number): Outlet {
    const outlet = this.outlet(evseId)
    if (outlet === undefined) throw new RangeError(`${this.options.stationId} has no EVSE ${evseId}`)
    return outlet
  }

  // — transactions —

  #startCharging(outlet: Outlet, token: Token, remoteStartId: number | null, trigger: Trigger): void {
    this.#transactions.authorise(outlet, token, remoteStartId, trigger)
    outlet.nextSampleMs = this.#sampleAfter(this.#atMs)
    if (outlet.waitingProfile !== null) this.installProfile(outlet.evse.spec.evseId, outlet.waitingProfile)
    outlet.waitingProfile = null
    this.#reportStatus(outlet, this.#atMs)
  }

  #beginAtPlug(outlet: Outlet): void {
    if (!this.dialect.startsAtPlug || !this.#acceptedOnce || outlet.transaction !== null || !this.#usable(outlet))
      return
    this.#transactions.beginAtPlug(outlet)
  }

  endTransaction(outlet: Outlet, reason: StopReason, trigger: Trigger): void {
    const ended = this.#transactions.end(outlet, reason, trigger)
    // When the cable comes out too, the status that follows from that is told instead.
    if (ended && reason !== 'evDisconnected') this.#reportStatus(outlet, this.#atMs)
  }

  deauthorise(transaction: Transaction): void {
    const outlet = this.outlets.find((one) => one.transaction === transaction)
    if (outlet !== undefined) this.endTransaction(outlet, 'deauthorized', 'deauthorized')
  }

  #reportStatus(outlet: Outlet, atMs: number): void {
    const status = connectorStatus(outlet)
    const word = this.dialect.statusWord(status)
    // Without a line only the last status matters, and that is told after it is back.
    if (outlet.reportedStatus === word || !this.registered) return
    outlet.reportedStatus = word
    this.#line.push(this.dialect.status(outlet, status, atMs))
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

  remoteStart(request: {
    evseId?: number
    token: Token
    remoteStartId?: number
    profile?: ChargingProfile
  }): Outlet | null {
    const free = this.outlets.filter((one) => one.operative && !one.faulted && one.transaction?.authorised !== true)
    const waiting = free.find((one) => one.evse.vehicle !== null && !one.finished)
    const outlet =
      request.evseId === undefined ? (waiting ?? free[0]) : free.find((one) => one.evse.spec.evseId === request.evseId)
    if (outlet === undefined || !this.#acceptedOnce) return null
    outlet.waitingProfile = request.profile ?? null
    const remoteStartId = request.remoteStartId ?? null
    this.afterAnswer(() => {
      if (outlet.evse.vehicle === null) {
        const untilMs = this.#atMs + this.connectionTimeoutSeconds * 1000
        outlet.remoteStart = { token: request.token, remoteStartId, untilMs }
        return
      }
      outlet.finished = false
      this.#startCharging(outlet, request.token, remoteStartId, 'remoteStart')
    })
    return outlet
  }

  changeAvailability(evseId: number | undefined, operative: boolean): 'accepted' | 'scheduled' | 'rejected' {
    const meant = this.outlets.filter((one) => evseId === undefined || one.evse.spec.evseId === evseId)
    if (meant.length === 0) return 'rejected'
    let scheduled = false
    for (const outlet of meant) {
      const busy = !operative && outlet.transaction !== null
      outlet.inoperativeNext = busy
      if (busy) scheduled = true
      else outlet.operative = operative
    }
    this.afterAnswer(() => {
      for (const outlet of meant) this.#reportStatus(outlet, this.#atMs)
    })
    return scheduled ? 'scheduled' : 'accepted'
  }

  reboot(reason: StopReason): void {
    for (const outlet of this.outlets) {
      this.endTransaction(outlet, reason, 'reset')
      outlet.finished = false
      outlet.remoteStart = null
      outlet.authorising = false
    }
    this.#goingDown = true
    // A hard reset does not wait for what is still to be said; it is said after the boot.
    if (reason === 'hardReset' || !this.registered || this.queued === 0) this.#powerDown()
  }

  #powerDown(): void {
    this.#goingDown = false
    this.#acceptedOnce = false
    this.#poweredFromMs = this.#atMs + REBOOT_MS
    this.#line.powerDown()
  }

  // — messages on demand —

  sendBoot(): void {
    this.#line.sendBoot()
  }

  sendHeartbeat(): void {
    this.#line.sendHeartbeat()
  }

  sendStatus(outlet: Outlet): void {
    outlet.reportedStatus = null
    this.#reportStatus(outlet, this.#atMs)
  }

  sendMeterValues(outlet: Outlet, trigger: 'clock' | 'trigger'): void {
    const context = trigger === 'clock' ? 'Sample.Clock' : 'Trigger'
    if (outlet.transaction !== null) this.#transactions.update(outlet, this.#atMs, trigger, context)
    else if (this.registered) {
      this.#line.push(this.dialect.meterValues(outlet, takeSample(outlet.evse, this.#atMs, context)))
    }
  }

  send(outgoing: Outgoing): void {
    this.#line.push(outgoing)
  }

  // — troubles —

  /** The network cable is pulled until `untilMs`; charging goes on. */
  cutLine(untilMs: number): void {
    this.#cutUntilMs = untilMs
    this.#line.cut()
  }

  /** A power module fails: no outlet gives power, transactions end, the line stays. */
  setFault(faulted: boolean): void {
    for (const outlet of this.outlets) {
      if (outlet.faulted === faulted) continue
      if (faulted) this.endTransaction(outlet, 'other', 'fault')
      outlet.faulted = faulted
      if (!faulted) outlet.finished = false
      this.#reportStatus(outlet, this.#atMs)
    }
  }

  /** Switched off for good. */
  stop(): void {
    this.#poweredFromMs = Number.POSITIVE_INFINITY
    this.#line.cut()
  }

  // — the line —

  #letIn(afterBoot: boolean): void {
    this.#acceptedOnce = true
    for (const outlet of this.outlets) this.sendStatus(outlet)
    if (afterBoot) for (const outlet of this.outlets) this.#beginAtPlug(outlet)
  }

  #say(text: string): void {
    this.options.log?.(`${this.options.stationId}: ${text}`)
  }
}
