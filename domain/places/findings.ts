import type { Said } from '../sentences/said.ts'
import type { Sentence } from '../sentences/sentence.ts'
import type { PlaceFinding } from './source-place.ts'

const EXAMPLES = 5

export interface Findings {
  add(code: string, message: Sentence, example: Said): void
  list(): PlaceFinding[]
}

/** Collects what is wrong, so that one mistake made 10,000 times is one line. */
export function createFindings(): Findings {
  const found = new Map<string, PlaceFinding>()
  return {
    add(code, message, example) {
      const finding = found.get(code) ?? { code, message, count: 0, examples: [] }
      finding.count += 1
      if (finding.examples.length < EXAMPLES) finding.examples.push(example)
      found.set(code, finding)
    },
    list: () => [...found.values()],
  }
}
