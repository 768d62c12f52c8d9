import { decodeCursor } from './cursor.ts'
import { wrongField } from './errors.ts'
import { say } from '../domain/sentences/sentence.ts'

/** The slot that a cursor of such a list names: series and start. */
export function slotAfter(cursor: string | undefined): { series: string; startAt: Date } | undefined {
  if (cursor === undefined) return undefined
  const [series, startAt] = decodeCursor(cursor, ['string', 'instant'])
  return { series: String(series), startAt: new Date(Number(startAt)) }
}

/** Ends the request with 400 when slots of a body do not ascend without overlap. */
export function checkSlots(slots: readonly { startAt: Date; endAt: Date }[]): void {
  let end = -Infinity
  slots.forEach((slot, i) => {
    if (slot.startAt.getTime() < end || slot.endAt <= slot.startAt) {
      throw wrongField(`body.slots.${i}`, say('slotsAscend'))
    }
    if (slot.endAt.getTime() - slot.startAt.getTime() > 86_400_000) {
      throw wrongField(`body.slots.${i}`, say('slotTooLong'))
    }
    end = slot.endAt.getTime()
  })
}
