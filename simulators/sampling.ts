import type { Station } from './dialect.ts'
import type { Outlet } from './outlet.ts'
import type { Power } from './power.ts'
import type { TransactionBook } from './transactions.ts'

/** When a station reads its meters: at intervals from the start of each transaction, and at round times of the clock. */
export interface Sampling {
  readonly sampleSeconds: number
  readonly alignedSeconds: number
  /** The next round time; `Infinity` when there are none. */
  readonly nextAlignedMs: number
  setSampleSeconds(seconds: number): void
  setAlignedSeconds(seconds: number): void
  /** Starts the intervals of the transaction at this outlet. */
  begin(outlet: Outlet): void
  /** Reads what is due by now, and tells the central system. */
  takeDue(): void
}

/** Intervals in seconds; 0 for never. */
export function createSampling(
  station: Pick<Station, 'atMs' | 'outlets' | 'sendMeterValues'>,
  power: Power,
  transactions: TransactionBook,
  intervals: { sampleSeconds: number; alignedSeconds: number },
): Sampling {
  let { sampleSeconds, alignedSeconds } = intervals
  let nextAlignedMs = alignedAfter(station.atMs)

  function alignedAfter(atMs: number): number {
    const stepMs = alignedSeconds * 1000
    return stepMs > 0 ? (Math.floor(atMs / stepMs) + 1) * stepMs : Number.POSITIVE_INFINITY
  }

  function begin(outlet: Outlet): void {
    outlet.nextSampleMs = sampleSeconds > 0 ? station.atMs + sampleSeconds * 1000 : Number.POSITIVE_INFINITY
  }

  return {
    get sampleSeconds() {
      return sampleSeconds
    },
    get alignedSeconds() {
      return alignedSeconds
    },
    get nextAlignedMs() {
      return nextAlignedMs
    },
    setSampleSeconds(seconds) {
      sampleSeconds = seconds
      for (const outlet of station.outlets) if (outlet.transaction?.authorised === true) begin(outlet)
    },
    setAlignedSeconds(seconds) {
      alignedSeconds = seconds
      nextAlignedMs = alignedAfter(station.atMs)
    },
    begin,
    takeDue() {
      for (const outlet of station.outlets) {
        if (station.atMs < outlet.nextSampleMs) continue
        outlet.nextSampleMs += sampleSeconds * 1000
        transactions.update(outlet, station.atMs, 'sample', 'Sample.Periodic')
      }
      if (station.atMs < nextAlignedMs) return
      nextAlignedMs = alignedAfter(station.atMs)
      if (!power.on) return
      for (const outlet of station.outlets) station.sendMeterValues(outlet, 'clock')
    },
  }
}
