import { concerns, type LiveDocument } from './document.ts'

interface Kept {
  document: LiveDocument
  /** The look that found it changed. */
  look: number
  minute: number
}

/** The documents as they are now, each with when it last changed. */
export interface LiveStore {
  /** Takes what was read anew and returns what is really different. */
  put(documents: readonly LiveDocument[], look: number, minute: number): LiveDocument[]
  all(): Iterable<LiveDocument>
  snapshot(siteId: string | null): Iterable<LiveDocument>
  /** What changed after a look. */
  changedAfter(look: number): Iterable<LiveDocument>
  /** Forgets what was over before a minute. */
  forgetOver(minute: number): void
  clear(): void
}

export function createLiveStore(): LiveStore {
  const kept = new Map<string, Kept>()
  return {
    put(documents, look, minute) {
      const different: LiveDocument[] = []
      for (const document of documents) {
        const before = kept.get(document.key)?.document
        if (before?.text === document.text) continue
        const moved = before !== undefined && before.siteId !== document.siteId
        const current = moved ? { ...document, leftSiteId: before.siteId } : document
        kept.set(document.key, { document: current, look, minute })
        different.push(current)
      }
      return different
    },
    all: () => kept.values().map(({ document }) => document),
    snapshot: (siteId) =>
      kept
        .values()
        .map(({ document }) => document)
        .filter((document) => !document.over && concerns({ ...document, leftSiteId: null }, siteId)),
    changedAfter: (look) =>
      kept
        .values()
        .filter((one) => one.look > look)
        .map(({ document }) => document),
    forgetOver(minute) {
      for (const [key, one] of kept) if (one.document.over && one.minute < minute) kept.delete(key)
    },
    clear: () => kept.clear(),
  }
}
