import { ApiError } from './errors.ts'

/** Ends the request with 400 when slots of a body do not ascend without overlap. */
export function checkSlots(slots: readonly { startAt: Date; endAt: Date }[]): void {
  let end = -Infinity
  slots.forEach((slot, i) => {
    if (slot.startAt.getTime() < end || slot.endAt <= slot.startAt) {
      const message = 'slots must ascend without overlap, and end after they start'
      throw new ApiError('invalid-request', { errors: [{ path: `body.slots.${i}`, message }] })
    }
    if (slot.endAt.getTime() - slot.startAt.getTime() > 86_400_000) {
      throw new ApiError('invalid-request', {
        errors: [{ path: `body.slots.${i}`, message: 'a slot lasts a day at most' }],
      })
    }
    end = slot.endAt.getTime()
  })
}
