import { retryConflicts, sqlState } from './retry.ts'

const MOST_AT_ONCE = 250

interface Waiting<Item, Result> {
  item: Item
  resolve(result: Result): void
  reject(reason: unknown): void
}

/**
 * Does the work of many callers together. What comes while one run is under way is gathered for the next, so a lone caller never waits and
 * a thousand at once need a handful of transactions over one connection. `run` answers in the order of its items, is all or nothing, and never gets
 * two items of one key. When a value is at fault the items are tried one by one, so that only those at fault fail.
 */
export function grouped<Item, Result>(
  keyOf: (item: Item) => string,
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
): (item: Item) => Promise<Result> {
  let waiting: Waiting<Item, Result>[] = []
  let running = false

  /** The oldest of what waits, the first of each key. */
  function take(): Waiting<Item, Result>[] {
    const taken = new Map<string, Waiting<Item, Result>>()
    const left: Waiting<Item, Result>[] = []
    for (const one of waiting) {
      const key = keyOf(one.item)
      if (taken.size < MOST_AT_ONCE && !taken.has(key)) taken.set(key, one)
      else left.push(one)
    }
    waiting = left
    return [...taken.values()]
  }

  async function runAll(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    const results = await retryConflicts(() => run(batch.map((one) => one.item)))
    for (const [i, one] of batch.entries()) one.resolve(results[i] as Result)
  }

  async function drain(): Promise<void> {
    running = true
    while (waiting.length > 0) {
      const batch = take()
      try {
        await runAll(batch)
      } catch (error) {
        const tellsOfValue = batch.length > 1 && /^2[23]/.test(sqlState(error))
        for (const one of batch) {
          if (!tellsOfValue) one.reject(error)
          else await runAll([one]).catch(one.reject)
        }
      }
    }
    running = false
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject })
      if (!running) void drain()
    })
}
