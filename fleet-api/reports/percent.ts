import { say, type Sentence } from '../../domain/sentences/sentence.ts'

/** `12.3 %` of the whole; what is too little to be told is not told as nothing. */
export function percent(part: number, whole: number): Sentence {
  const share = (part / whole) * 100
  return share > 0 && share < 0.1 ? say('underTenth') : say('percent', { n: Math.round(share * 10) / 10 })
}
