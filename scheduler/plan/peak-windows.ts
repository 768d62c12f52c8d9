export interface PeakWindows {
  /** Which window each slot belongs to. */
  peakWindowOfSlot: Int32Array
  /** How many slots each window has. */
  peakWindowSlots: number[]
}

/** The 15-minute means that a peak charge counts: quarter hours by the clock; a slot that is longer than one, or does not divide it, counts by itself. */
export function peakWindows(startMs: number, slotMs: number, slots: number): PeakWindows {
  const quarterMs = 900_000
  const windowMs = slotMs < quarterMs && quarterMs % slotMs === 0 ? quarterMs : slotMs
  const offsetMs = windowMs === slotMs ? startMs : 0
  const first = Math.floor((startMs - offsetMs) / windowMs)
  const peakWindowSlots: number[] = []
  const peakWindowOfSlot = Int32Array.from({ length: slots }, (_, t) => {
    const window = Math.floor((startMs + t * slotMs - offsetMs) / windowMs) - first
    peakWindowSlots[window] = (peakWindowSlots[window] ?? 0) + 1
    return window
  })
  return { peakWindowOfSlot, peakWindowSlots }
}
