/** Length of the planning and settlement slot. The European day-ahead market has settled in quarters of an hour since 1 October 2025. */
export const SLOT_MINUTES = 15
export const SLOT_MS = SLOT_MINUTES * 60_000

/** The start of the slot that holds `at`. */
export function slotStart(at: Date, slotMs = SLOT_MS): Date {
  return new Date(Math.floor(at.getTime() / slotMs) * slotMs)
}
