/** At most so many pieces of work at once, the others in the order in which they came. */
export interface Turns {
  inTurn<Result>(work: () => Promise<Result>): Promise<Result>
}

export function createTurns(mostAtOnce: number): Turns {
  const waiting: (() => void)[] = []
  let busy = 0
  return {
    async inTurn(work) {
      if (busy < mostAtOnce) busy += 1
      else await new Promise<void>((resolve) => waiting.push(resolve))
      try {
        return await work()
      } finally {
        // Whoever is next takes over the place.
        const next = waiting.shift()
        if (next === undefined) busy -= 1
        else next()
      }
    },
  }
}
