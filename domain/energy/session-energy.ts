import { isJitter, JITTER_WH } from './register-step.ts'

export interface RegisterState {
  startWh: number | null
  lastWh: number | null
  energyWh: number | null
}

/**
 * Follows an energy register through a session. Some count for ever, some from each boot, some from each plug-in: a register that falls has
 * begun again at zero, and what it shows then has flowed since.
 */
export function followRegister(state: RegisterState, registerWh: number): RegisterState {
  if (state.lastWh === null || state.energyWh === null) {
    const startWh = state.startWh ?? registerWh
    return { startWh, lastWh: registerWh, energyWh: Math.max(0, registerWh - startWh) }
  }
  const risenWh = registerWh - state.lastWh
  if (risenWh >= 0) return { ...state, lastWh: registerWh, energyWh: state.energyWh + risenWh }
  // Rounding: taken as it is, so that the sum stays the difference of the registers.
  if (isJitter(-risenWh, registerWh)) {
    return { ...state, lastWh: registerWh, energyWh: Math.max(0, state.energyWh + risenWh) }
  }
  return { ...state, lastWh: registerWh, energyWh: state.energyWh + registerWh }
}

/**
 * The energy of a session that stops at this register. Stations mix registers: one that counts for ever at start and stop, one per session in
 * between. So of the difference from start to stop, the samples added up, and the register itself, that is taken which agrees
 * best with what the samples had shown until then; the difference, which a meter reader would take, when it agrees.
 */
export function energyAtStop(state: RegisterState, stopWh: number | null): number | null {
  if (stopWh === null) return state.energyWh
  const directWh = state.startWh === null ? null : stopWh - state.startWh
  const shownWh = state.energyWh
  if (shownWh === null || state.lastWh === null) return directWh !== null && directWh >= 0 ? directWh : null
  if (directWh !== null && directWh >= 0 && Math.abs(directWh - shownWh) <= JITTER_WH) return directWh
  const addedUpWh = followRegister(state, stopWh).energyWh
  const candidates = [directWh, addedUpWh, stopWh < state.lastWh ? stopWh : null].filter(
    // What has been seen to flow does not flow back.
    (energyWh) => energyWh !== null && energyWh >= Math.max(0, shownWh - JITTER_WH),
  )
  return candidates.reduce<number | null>((best, energyWh) => {
    if (energyWh === null) return best
    return best === null || Math.abs(energyWh - shownWh) < Math.abs(best - shownWh) ? energyWh : best
  }, null)
}
