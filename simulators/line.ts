import type { JsonObject } from '../domain/command.ts'
import { LinkLost } from './link.ts'
import type { Link } from './link.ts'
import { between } from './random.ts'
import type { Random } from './random.ts'

/** Real milliseconds between attempts to reach the central system: doubled each time, from half to one and a half of it by chance, so that a depot's stations do not come back in one moment. */
export interface BackOff {
  firstMs: number
  maxMs: number
}

export interface LineOptions {
  open(closed: () => void): Promise<Link>
  backOff: BackOff
  random: Random
  realNow(): number
  opened(): void
  lost(): void
}

/** A station's connection that comes back by itself. It has no timer of its own: `tick` looks whether an attempt is due. */
export class Line {
  /** False while the line is cut or the station has no power. */
  allowed = true
  readonly #options: LineOptions
  #link: Link | null = null
  #connecting = false
  #attempts = 0
  #nextAttemptMs = 0

  constructor(options: LineOptions) {
    this.#options = options
  }

  get up(): boolean {
    return this.#link !== null
  }

  get connecting(): boolean {
    return this.#connecting
  }

  /** Connects when that is allowed and due. */
  tick(): void {
    const realNowMs = this.#options.realNow()
    if (!this.allowed || this.#link !== null || this.#connecting || realNowMs < this.#nextAttemptMs) return
    this.#waitBeforeNext()
    void this.#connect()
  }

  #waitBeforeNext(): void {
    const { backOff, random, realNow } = this.#options
    const waitMs = Math.min(backOff.maxMs, backOff.firstMs * 2 ** Math.min(this.#attempts, 16))
    this.#attempts += 1
    this.#nextAttemptMs = realNow() + waitMs * between(random, 0.5, 1.5)
  }

  /** The central system lets the station work: the next outage starts with short waits again. */
  settled(): void {
    this.#attempts = 0
  }

  async call(action: string, payload: JsonObject): Promise<JsonObject> {
    if (this.#link === null) throw new LinkLost('the line is down')
    return await this.#link.call(action, payload)
  }

  cut(): void {
    this.#link?.cut()
    this.#drop(this.#link)
  }

  async #connect(): Promise<void> {
    this.#connecting = true
    let link: Link | null = null
    try {
      link = await this.#options.open(() => this.#drop(link))
    } catch {
      // Not reachable: the next attempt is already set.
      return
    } finally {
      this.#connecting = false
    }
    if (!this.allowed) {
      link.cut()
      return
    }
    this.#link = link
    this.#options.opened()
  }

  #drop(link: Link | null): void {
    if (link === null || this.#link !== link) return
    this.#link = null
    this.#waitBeforeNext()
    this.#options.lost()
  }
}
