import type { JsonObject } from '../domain/command.ts'
import { CallRefused } from './link.ts'

/** A call that waits to be sent. */
export interface Outgoing {
  action: string
  /** Built when it is sent where it needs what an earlier answer brings (1.6: the transaction's number). */
  payload: JsonObject | (() => JsonObject)
  /** A transaction message: kept through outages and sent until it is answered. */
  keep: boolean
  /** May be thrown away first when the store is full: a meter sample between start and end. */
  expendable?: boolean
  answered?(response: JsonObject): void
  /** Nobody will answer any more: refused for good, or dropped with the line. */
  lost?(): void
}

export interface OutboxOptions {
  ready(): boolean
  call(action: string, payload: JsonObject): Promise<JsonObject>
  /** No answer came: the line is not to be trusted any more. */
  cut(): void
  now(): number
  refused(outgoing: Outgoing, error: CallRefused): void
  emptied(): void
}

/** Attempts and waits for a transaction message that the central system refuses (1.6 TransactionMessageAttempts, TransactionMessageRetryInterval). */
const ATTEMPTS = 3
const RETRY_MS = 60_000
const CAPACITY = 5_000

interface Entry {
  readonly outgoing: Outgoing
  attempts: number
  notBeforeMs: number
}

/** The calls of one station, sent one at a time and in order (OCPP-J §4.1.1). */
export class Outbox {
  readonly #options: OutboxOptions
  readonly #queue: Entry[] = []
  #busy = false
  droppedSamples = 0

  constructor(options: OutboxOptions) {
    this.#options = options
  }

  get busy(): boolean {
    return this.#busy
  }

  get length(): number {
    return this.#queue.length
  }

  push(outgoing: Outgoing): void {
    this.#queue.push({ outgoing, attempts: 0, notBeforeMs: 0 })
    if (this.#queue.length > CAPACITY) this.#thinOut()
    void this.pump()
  }

  /** Forgets what is worth nothing after an outage. */
  keepOnlyTransactions(): void {
    const worthless = this.#queue.filter((one) => !one.outgoing.keep)
    for (const one of worthless) this.#giveUp(one)
  }

  /** True when a call could be sent now. */
  get due(): boolean {
    const head = this.#queue[0]
    return head !== undefined && this.#options.ready() && head.notBeforeMs <= this.#options.now()
  }

  async pump(): Promise<void> {
    if (this.#busy) return
    this.#busy = true
    while (this.due) await this.#sendHead()
    this.#busy = false
    if (this.#queue.length === 0) this.#options.emptied()
  }

  async #sendHead(): Promise<void> {
    const head = this.#queue[0]
    if (head === undefined) return
    const { action, payload } = head.outgoing
    let response: JsonObject
    try {
      response = await this.#options.call(action, typeof payload === 'function' ? payload() : payload)
    } catch (error) {
      this.#failed(head, error)
      return
    }
    this.#remove(head)
    head.outgoing.answered?.(response)
  }

  #failed(head: Entry, error: unknown): void {
    if (!(error instanceof CallRefused)) {
      this.#options.cut()
      return
    }
    head.attempts += 1
    head.notBeforeMs = this.#options.now() + RETRY_MS * head.attempts
    if (head.outgoing.keep && head.attempts < ATTEMPTS) return
    this.#giveUp(head)
    this.#options.refused(head.outgoing, error)
  }

  #giveUp(entry: Entry): void {
    if (this.#remove(entry)) entry.outgoing.lost?.()
  }

  #remove(entry: Entry): boolean {
    const at = this.#queue.indexOf(entry)
    if (at >= 0) this.#queue.splice(at, 1)
    return at >= 0
  }

  /** Every second sample goes, as 2.0.1 E04.FR.07 allows; starts and ends stay. */
  #thinOut(): void {
    let odd = true
    for (let i = this.#queue.length - 1; i > 0; i -= 1) {
      if (this.#queue[i]?.outgoing.expendable !== true) continue
      odd = !odd
      if (odd) continue
      this.#queue.splice(i, 1)
      this.droppedSamples += 1
    }
  }
}
