import type { JsonObject } from '../domain/command.ts'
import type { BootReason } from './dialect.ts'
import { Line } from './line.ts'
import type { LineOptions } from './line.ts'
import { CallRefused } from './link.ts'
import { Outbox } from './outbox.ts'
import type { Outgoing } from './outbox.ts'

export interface CentralLineOptions extends Pick<LineOptions, 'open' | 'backOff' | 'random' | 'realNow'> {
  /** Simulated instant. */
  now(): number
  bootMessage(reason: BootReason): { action: string; payload: JsonObject }
  /** The central system lets the station work, after a boot or after an outage. */
  letIn(afterBoot: boolean): void
  lost(): void
  /** Nothing is left to send. */
  emptied(): void
  log(text: string): void
}

const BOOT_RETRY_MS = 60_000

/** A station's dealings with its central system: connects, boots until it is let in (a boot is not repeated after a mere outage), keeps the heartbeat, and sends one message after the other. */
export class CentralLine {
  heartbeatSeconds = 300
  readonly #options: CentralLineOptions
  readonly #line: Line
  readonly #outbox: Outbox
  #bootReason: BootReason | null = 'powerUp'
  #bootDueMs = 0
  #booting = false
  #nextHeartbeatMs = Number.POSITIVE_INFINITY
  #letIn = false

  constructor(options: CentralLineOptions) {
    this.#options = options
    this.#line = new Line({
      open: options.open,
      backOff: options.backOff,
      random: options.random,
      realNow: options.realNow,
      opened: () => {
        options.log('connected')
        if (this.#bootReason === null) this.#work(false)
        else void this.#boot()
      },
      lost: () => {
        options.log('line lost')
        options.lost()
        this.#outbox.keepOnlyTransactions()
      },
    })
    this.#outbox = new Outbox({
      ready: () => this.registered,
      call: (action, payload) => this.#line.call(action, payload),
      cut: () => this.#line.cut(),
      now: options.now,
      refused: (outgoing, error) => options.log(`${outgoing.action} refused: ${error.code} ${error.message}`),
      emptied: options.emptied,
    })
  }

  get up(): boolean {
    return this.#line.up
  }

  /** The line is up and the central system has let the station in. */
  get registered(): boolean {
    return this.#line.up && this.#letIn
  }

  get queued(): number {
    return this.#outbox.length
  }

  /** Something is on its way, or could be sent now. */
  get busy(): boolean {
    return this.#line.connecting || this.#booting || this.#outbox.busy || this.#outbox.due
  }

  /** Does what is due. `allowed`: the station has power and its cable is in. */
  tick(allowed: boolean): void {
    const nowMs = this.#options.now()
    this.#line.allowed = allowed
    this.#line.tick()
    if (this.#line.up && this.#bootReason !== null && nowMs >= this.#bootDueMs) void this.#boot()
    if (this.registered && nowMs >= this.#nextHeartbeatMs) this.sendHeartbeat()
    void this.#outbox.pump()
  }

  push(outgoing: Outgoing): void {
    this.#outbox.push(outgoing)
  }

  cut(): void {
    this.#line.allowed = false
    this.#line.cut()
  }

  /** Without power nothing is remembered of having been let in; transaction messages are. */
  powerDown(): void {
    this.#bootReason = 'remoteReset'
    this.#bootDueMs = 0
    this.#letIn = false
    this.cut()
  }

  sendBoot(): void {
    this.#bootReason ??= 'triggered'
    this.#bootDueMs = 0
    void this.#boot()
  }

  sendHeartbeat(): void {
    this.#nextHeartbeatMs = this.#options.now() + this.heartbeatSeconds * 1000
    this.#outbox.push({ action: 'Heartbeat', payload: {}, keep: false })
  }

  async #boot(): Promise<void> {
    if (this.#booting || this.#bootReason === null) return
    this.#booting = true
    try {
      const { action, payload } = this.#options.bootMessage(this.#bootReason)
      this.#bootAnswered(await this.#line.call(action, payload))
    } catch (error) {
      this.#bootDueMs = this.#options.now() + BOOT_RETRY_MS
      if (error instanceof CallRefused) this.#options.log(`boot refused: ${error.code} ${error.message}`)
      else this.#line.cut()
    } finally {
      this.#booting = false
    }
  }

  #bootAnswered({ status, interval }: JsonObject): void {
    const seconds = typeof interval === 'number' && interval > 0 ? interval : BOOT_RETRY_MS / 1000
    if (status !== 'Accepted') {
      this.#letIn = false
      this.#bootDueMs = this.#options.now() + seconds * 1000
      this.#options.log(`boot answered ${String(status)}`)
      return
    }
    this.heartbeatSeconds = seconds
    this.#bootReason = null
    this.#letIn = true
    this.#work(true)
  }

  #work(afterBoot: boolean): void {
    this.#line.settled()
    this.#nextHeartbeatMs = this.#options.now() + this.heartbeatSeconds * 1000
    this.#options.letIn(afterBoot)
    void this.#outbox.pump()
  }
}
