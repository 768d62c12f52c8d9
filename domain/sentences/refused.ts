import type { Sentence } from './sentence.ts'
import { kept, type KeptSaid } from './said.ts'

/** What was given cannot be used, and nothing has changed. `message` is all of it in English, for logs and the terminal. */
export class Refused extends Error {
  readonly said: Sentence
  /** What is wrong one by one, where `said` only leads in. */
  readonly problems: readonly Sentence[]

  constructor(said: Sentence, problems: readonly Sentence[] = []) {
    super([said.in('en'), ...problems.map((problem) => `  ${problem.in('en')}`)].join('\n'))
    this.said = said
    this.problems = problems
  }
}

/** A refusal as it is kept. */
export interface KeptRefusal {
  said: KeptSaid
  problems: KeptSaid[]
}

export function keptRefusal({ said, problems }: Pick<Refused, 'said' | 'problems'>): KeptRefusal {
  return { said: kept(said), problems: problems.map(kept) }
}
