import { CentralLine } from './central-line.ts'
import type { ChargerOptions } from './charger-options.ts'
import { createCharging } from './charging.ts'
import type { Charging } from './charging.ts'
import type { Dialect, Station } from './dialect.ts'
import type { BackOff } from './line.ts'
import { createPower } from './power.ts'
import type { Power } from './power.ts'
import { createSampling } from './sampling.ts'
import type { Sampling } from './sampling.ts'
import { statusReporter } from './status-reporter.ts'
import type { ReportStatus } from './status-reporter.ts'
import { transactionBook } from './transactions.ts'
import type { TransactionBook } from './transactions.ts'

const DEFAULT_BACK_OFF: BackOff = { firstMs: 1_000, maxMs: 15_000 }

/** One station and the parts it is made of. */
export interface ChargerParts {
  readonly station: Station
  readonly dialect: Dialect
  readonly line: CentralLine
  readonly power: Power
  readonly transactions: TransactionBook
  readonly sampling: Sampling
  readonly charging: Charging
  readonly reportStatus: ReportStatus
  /** A line for the operator's log. */
  say(text: string): void
}

/** Makes the parts and connects them to each other. `station` must have its clock and its outlets already. */
export function createChargerParts(station: Station, dialect: Dialect, options: ChargerOptions): ChargerParts {
  const say = (text: string): void => options.log?.(`${options.stationId}: ${text}`)
  const line = new CentralLine({
    open: (closed) =>
      dialect.open({
        url: options.url,
        stationId: options.stationId,
        ...(options.password === undefined ? {} : { password: options.password }),
        handle: (action, payload) => dialect.handle(station, action, payload),
        closed,
      }),
    backOff: options.backOff ?? DEFAULT_BACK_OFF,
    random: options.random,
    realNow: options.realNow ?? Date.now,
    now: () => station.atMs,
    bootMessage: (reason) => dialect.boot(options.nameplate, reason),
    letIn: (afterBoot) => {
      power.acceptedOnce = true
      for (const outlet of station.outlets) station.sendStatus(outlet)
      if (afterBoot) for (const outlet of station.outlets) charging.beginAtPlug(outlet)
    },
    lost: () => {
      for (const outlet of station.outlets) outlet.reportedStatus = null
      power.rebootIfPlanned()
    },
    emptied: () => power.rebootIfPlanned(),
    log: say,
  })
  const power = createPower(() => station.atMs, line)
  const transactions = transactionBook(station, dialect, options.random, (outgoing) => line.push(outgoing))
  const sampling = createSampling(station, power, transactions, {
    sampleSeconds: options.sampleSeconds ?? 60,
    alignedSeconds: options.alignedSeconds ?? 900,
  })
  const reportStatus = statusReporter(dialect, line)
  const charging = createCharging(station, dialect, power, transactions, sampling, reportStatus)
  return { station, dialect, line, power, transactions, sampling, charging, reportStatus, say }
}
