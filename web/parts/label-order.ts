const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Labels as people count: Bus 9 before Bus 10. */
export const byLabel = (a: { label: string }, b: { label: string }): number => collator.compare(a.label, b.label)

/**
 * Sorts things by label, again and again: comparing words is dear, so the order is found anew only when a thing comes, goes or is renamed. Keep the
 * function for as long as the things.
 */
export function createLabelOrder<Thing extends { label: string }>(idOf: (thing: Thing) => string) {
  let names = ''
  let rank = new Map<string, number>()
  return (things: readonly Thing[]): Thing[] => {
    const now = things.map((thing) => `${idOf(thing)} ${thing.label}`).join('\n')
    if (now !== names) {
      names = now
      rank = new Map(things.toSorted(byLabel).map((thing, index) => [idOf(thing), index]))
    }
    return things.toSorted((a, b) => (rank.get(idOf(a)) ?? 0) - (rank.get(idOf(b)) ?? 0))
  }
}
