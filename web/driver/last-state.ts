import type { Bay, Info, Station, Vehicle } from '../parts/api-types.ts'

/** What the page last knew, as it stays in the phone for when the line is cut. */
export interface LastState {
  vehicle: Vehicle
  /** Of the vehicle's site. */
  stations: Station[]
  bays: Bay[]
  site: Info['sites'][number]
  /** The product's clock when it was heard, epoch ms, and how fast that runs. */
  asOf: number
  speed: number
  /** This device's clock then, so that an age can be told after the page was closed. */
  heardAt: number
}

const KEY = 'zaryad.driver.last'

export function keepLastState(state: LastState): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(state))
  } catch {
    // Storage may be forbidden or full: the page then knows what it knows only as long as it is open.
  }
}

/** Null: none was kept, or it is not readable any more. */
export function readLastState(): LastState | null {
  try {
    const text = localStorage.getItem(KEY)
    if (text === null) return null
    const state = JSON.parse(text) as Partial<LastState>
    const whole = typeof state.asOf === 'number' && typeof state.heardAt === 'number' && state.vehicle !== undefined
    return whole && state.site !== undefined && state.stations !== undefined && state.bays !== undefined
      ? (state as LastState)
      : null
  } catch {
    return null
  }
}

export function forgetLastState(): void {
  try {
    localStorage.removeItem(KEY)
  } catch {
    // There is none to forget, then.
  }
}
