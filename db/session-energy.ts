/** A fall of the register smaller than this is rounding or a sample out of order, not a restart. */
const JITTER_WH = 100

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
  if (risenWh > -JITTER_WH) return state
  return { ...state, lastWh: registerWh, energyWh: state.energyWh + registerWh }
}

/**
 * The energy of a session that stops at this register. Stations mix registers: one that counts for ever at start and stop, one per session in
 * between. So of the difference from start to stop, the samples added up, and the register itself, that is taken which agrees
 * best with what the samples had shown until then.
 */
export function energyAtStop(state: RegisterState, stopWh: number | null): number | null {
  if (stopWh === null) return state.energyWh
  const directWh = state.startWh === null ? null : stopWh - state.startWh
  const shownWh = state.energyWh
  if (shownWh === null || state.lastWh === null) return directWh !== null && directWh >= 0 ? directWh : null
  const addedUpWh = followRegister(state, stopWh).energyWh
  const candidates = [directWh, addedUpWh, stopWh < state.lastWh ? stopWh : null].filter(
    (energyWh) => energyWh !== null && energyWh >= 0,
  )
  return candidates.reduce<number | null>((best, energyWh) => {
    if (energyWh === null) return best
    return best === null || Math.abs(energyWh - shownWh) < Math.abs(best - shownWh) ? energyWh : best
  }, null)
}
