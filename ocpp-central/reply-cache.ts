import type { MessageId } from './frame.ts'

/** A station repeats the message that it had no answer to, and has one on its way at a time. */
const MOST_REPLIES = 4

/** The last answers of a connection: a message that comes again, letter by letter, gets the same one. */
export function createReplyCache() {
  const kept: { id: MessageId; hash: number; reply: string }[] = []
  return {
    find(id: MessageId, text: string): string | undefined {
      return kept.find((one) => one.id === id && one.hash === hashOf(text))?.reply
    },
    keep(id: MessageId, text: string, reply: string): void {
      if (kept.some((one) => one.id === id && one.reply === reply)) return
      kept.push({ id, hash: hashOf(text), reply })
      if (kept.length > MOST_REPLIES) kept.shift()
    },
  }
}

/** FNV-1a: a station that numbers its messages anew after a restart may use an id again for something else. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193)
  return hash >>> 0
}
