import type { Sentence } from './sentence.ts'

/** An error whose message is for people; in a log it is English. */
export class SaidError extends RangeError {
  override readonly name: string = 'SaidError'
  readonly sentence: Sentence

  constructor(sentence: Sentence) {
    super(sentence.in('en'))
    this.sentence = sentence
  }
}
