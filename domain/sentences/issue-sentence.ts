import type { z } from 'zod'
import { Sentence, say } from './sentence.ts'
import { SENTENCES, type SentenceCode } from './sentences.ts'

type Issue = z.core.$ZodIssue

/** What a refinement of ours says, for `refine` and `addIssue`: the issue carries the sentence, and its message is the same in English. */
export function refusing(said: Sentence): { message: string; params: { said: Sentence } } {
  return { message: said.in('en'), params: { said } }
}

/** Patterns that are worth words of their own. */
const PATTERNS: ReadonlyMap<string, SentenceCode> = new Map([
  ['letters, digits and _ . : - only', 'idLetters'],
  ['HH:MM', 'hourAndMinute'],
])

/**
 * What the checker found wrong with a value, as a sentence whose English is the checker's own. The value must have been parsed with
 * `reportInput`, so that it can be said what stands there instead.
 */
export function issueSentence(issue: Issue): Sentence {
  switch (issue.code) {
    case 'custom':
      return issue.params?.['said'] instanceof Sentence ? issue.params['said'] : say('issueInvalid')
    case 'invalid_type':
      return typeSentence(issue.expected, typeOf(issue.input))
    case 'invalid_value': {
      const values = issue.values.map((value) => JSON.stringify(value))
      return values.length === 1
        ? say('issueValue', { value: values[0] ?? '' })
        : say('issueOneOf', { values: values.join('|') })
    }
    case 'unrecognized_keys': {
      const keys = issue.keys.map((key) => `"${key}"`).join(', ')
      return say(issue.keys.length === 1 ? 'issueUnknownKey' : 'issueUnknownKeys', { keys })
    }
    case 'too_big':
      return tooBig(issue)
    case 'too_small':
      return tooSmall(issue)
    case 'invalid_format': {
      const known = PATTERNS.get(issue.message)
      if (known !== undefined) return new Sentence(known, {})
      if (issue.format === 'date') return say('issueDate')
      return issue.format === 'regex' ? say('issuePattern', { pattern: issue.pattern ?? '' }) : say('issueInvalid')
    }
    default:
      return say('issueInvalid')
  }
}

/** The same with its place in the file. */
export function issueAt(issue: Issue): Sentence {
  const problem = issueSentence(issue)
  const path = issue.path.join('.')
  return path === '' ? say('problemOfFile', { problem }) : say('problemAtPath', { path, problem })
}

function typeSentence(expected: string, received: string): Sentence {
  return received === 'undefined'
    ? say('issueMissing', { expected: typeWord(expected) })
    : say('issueType', { expected: typeWord(expected), received: typeWord(received) })
}

function typeOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}

function typeWord(type: string): Sentence | string {
  const code = `type_${type}`
  return Object.hasOwn(SENTENCES, code) ? new Sentence(code as SentenceCode, {}) : type
}

function tooBig({ origin, maximum, exact, inclusive }: Extract<Issue, { code: 'too_big' }>): Sentence {
  const n = Number(maximum)
  if (origin === 'string') return say('textAtMost', { n })
  if (origin === 'array') return say(exact === true ? 'listTooLong' : 'listAtMost', { n })
  return say(inclusive === false ? 'numberBelow' : 'numberAtMost', { what: typeWord(origin), n })
}

function tooSmall({ origin, minimum, exact, inclusive }: Extract<Issue, { code: 'too_small' }>): Sentence {
  const n = Number(minimum)
  if (origin === 'string') return say('textAtLeast', { n })
  if (origin === 'array') return say(exact === true ? 'listTooShort' : 'listAtLeast', { n })
  return say(inclusive === false ? 'numberAbove' : 'numberAtLeast', { what: typeWord(origin), n })
}
