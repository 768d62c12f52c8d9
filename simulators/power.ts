import type { CentralLine } from './central-line.ts'

const REBOOT_MS = 45_000

/** Whether a station has power and its network cable is in, and what it forgets without power. */
export interface Power {
  readonly on: boolean
  /** When a station that is off comes back; past for one that is on. */
  readonly onFromMs: number
  /** There is power, and the network cable is in. */
  readonly lineAllowed: boolean
  /** Was let in at least once since power-up: it may work without the central system. */
  acceptedOnce: boolean
  /** Pulls the network cable until `untilMs`. */
  cutLine(untilMs: number): void
  /** About to reboot, once everything is sent. */
  planReboot(): void
  /** Does what `planReboot` announced, if it did. */
  rebootIfPlanned(): void
  switchOff(): void
}

export function createPower(now: () => number, line: Pick<CentralLine, 'cut' | 'powerDown'>): Power {
  let onFromMs = Number.NEGATIVE_INFINITY
  let cutUntilMs = Number.NEGATIVE_INFINITY
  let rebootPlanned = false
  return {
    acceptedOnce: false,
    get on() {
      return now() >= onFromMs
    },
    get onFromMs() {
      return onFromMs
    },
    get lineAllowed() {
      return this.on && now() >= cutUntilMs
    },
    cutLine(untilMs) {
      cutUntilMs = untilMs
      line.cut()
    },
    planReboot() {
      rebootPlanned = true
    },
    rebootIfPlanned() {
      if (!rebootPlanned) return
      rebootPlanned = false
      this.acceptedOnce = false
      onFromMs = now() + REBOOT_MS
      line.powerDown()
    },
    switchOff() {
      onFromMs = Number.POSITIVE_INFINITY
      line.cut()
    },
  }
}
