import type { z } from 'zod'
import { say, Sentence } from './sentence.ts'

type Issue = z.core.$ZodIssue
type OfCode<Code extends Issue['code']> = Extract<Issue, { code: Code }>
type FieldKind =
  | `field_not${'Text' | 'Number' | 'Integer' | 'Boolean' | 'Date' | 'List' | 'Object' | 'File' | 'Empty'}`
  | 'field_wrongKind'
type FieldFormat = `field_not${'Email' | 'Url' | 'Instant' | 'Date' | 'Time' | 'Duration' | 'Id'}` | 'field_wrongForm'

/** What a refinement of ours says, for `refine` and `addIssue`: the issue carries the sentence, and its message is the same in English. */
export function refusing(said: Sentence): { message: string; params: { said: Sentence } } {
  return { message: said.in('en'), params: { said } }
}

/**
 * What zod found wrong with a value, in a request or in a file. zod's own texts name types as programs do, in every language, so ours are said instead. `given` is the whole that was
 * checked: issues do not say what they met.
 */
export function issueSentence(issue: Issue, given: unknown): Sentence {
  return sentenceOf(issue, valueAt(given, issue.path))
}

/** The same with its place in the file. */
export function issueAt(issue: Issue, given: unknown): Sentence {
  const problem = issueSentence(issue, given)
  const path = issue.path.join('.')
  return path === '' ? say('problemOfFile', { problem }) : say('problemAtPath', { path, problem })
}

function sentenceOf(issue: Issue, value: unknown): Sentence {
  if (value === undefined && issue.code !== 'custom') return say('field_missing')
  switch (issue.code) {
    case 'invalid_type':
      return say(EXPECTED[issue.expected] ?? 'field_wrongKind')
    case 'too_big':
      return tooBig(issue)
    case 'too_small':
      return tooSmall(issue)
    case 'invalid_format':
      return wrongFormat(issue)
    case 'not_multiple_of':
      return say('field_notMultiple', { n: Number(issue.divisor) })
    case 'unrecognized_keys':
      return say('field_unknownNames', { names: issue.keys.join(', ') })
    case 'invalid_value':
      return oneOf(issue.values)
    case 'invalid_union':
      return unionSentence(issue, value)
    case 'invalid_key':
      return nestedSentence(issue.issues, value) ?? say('field_wrongName')
    case 'invalid_element':
      return nestedSentence(issue.issues, value) ?? say('field_wrongPart')
    default:
      return issue.params?.['said'] instanceof Sentence ? issue.params['said'] : say('field_wrong')
  }
}

const EXPECTED: Partial<Record<string, FieldKind>> = {
  string: 'field_notText',
  number: 'field_notNumber',
  bigint: 'field_notNumber',
  int: 'field_notInteger',
  boolean: 'field_notBoolean',
  date: 'field_notDate',
  array: 'field_notList',
  tuple: 'field_notList',
  set: 'field_notList',
  object: 'field_notObject',
  record: 'field_notObject',
  map: 'field_notObject',
  file: 'field_notFile',
  never: 'field_notEmpty',
  null: 'field_notEmpty',
  undefined: 'field_notEmpty',
}

function tooBig({ origin, maximum, inclusive, exact }: OfCode<'too_big'>): Sentence {
  const n = Number(maximum)
  if (origin === 'string') return say(exact === true ? 'field_notLength' : 'field_tooLong', { n })
  if (COUNTED.has(origin)) return say(exact === true ? 'field_notCount' : 'field_tooMany', { n })
  if (!NUMBERS.has(origin)) return say('field_outOfRange')
  return say(inclusive === false ? 'field_notBelow' : 'field_aboveMost', { n })
}

function tooSmall({ origin, minimum, inclusive, exact }: OfCode<'too_small'>): Sentence {
  const n = Number(minimum)
  if (exact !== true && n === 1 && (origin === 'string' || COUNTED.has(origin))) return say('field_empty')
  if (origin === 'string') return say(exact === true ? 'field_notLength' : 'field_tooShort', { n })
  if (COUNTED.has(origin)) return say(exact === true ? 'field_notCount' : 'field_tooFew', { n })
  if (!NUMBERS.has(origin)) return say('field_outOfRange')
  return say(inclusive === false ? 'field_notAbove' : 'field_belowLeast', { n })
}

const COUNTED: ReadonlySet<string> = new Set(['array', 'set', 'map', 'record'])
const NUMBERS: ReadonlySet<string> = new Set(['number', 'int', 'bigint'])

const FORMATS: Partial<Record<string, FieldFormat>> = {
  email: 'field_notEmail',
  url: 'field_notUrl',
  datetime: 'field_notInstant',
  date: 'field_notDate',
  time: 'field_notTime',
  duration: 'field_notDuration',
  uuid: 'field_notId',
}

function wrongFormat(issue: OfCode<'invalid_format'>): Sentence {
  const text = (name: 'prefix' | 'suffix' | 'includes'): string => (name in issue ? String(issue[name as never]) : '')
  switch (issue.format) {
    case 'starts_with':
      return say('field_notStart', { text: text('prefix') })
    case 'ends_with':
      return say('field_notEnd', { text: text('suffix') })
    case 'includes':
      return say('field_lacks', { text: text('includes') })
    default:
      return say(PATTERNS[issue.message] ?? FORMATS[issue.format] ?? 'field_wrongForm')
  }
}

/** A union says what its options are, or what the first of its forms that is of the right kind has against the value. */
function unionSentence(issue: OfCode<'invalid_union'>, value: unknown): Sentence {
  if ('options' in issue && issue.options !== undefined && issue.options.length > 0) return oneOf(issue.options)
  const telling = issue.errors.flat().find(({ code, path }) => path.length === 0 && !KIND_ONLY.has(code))
  return telling === undefined ? say('field_noForm') : sentenceOf(telling, value)
}

const KIND_ONLY: ReadonlySet<string> = new Set(['invalid_type', 'invalid_value', 'invalid_union'])

function nestedSentence([first]: readonly Issue[], value: unknown): Sentence | null {
  return first === undefined ? null : sentenceOf(first, value ?? null)
}

function oneOf(values: readonly unknown[]): Sentence {
  return values.length === 1
    ? say('field_notThis', { value: String(values[0]) })
    : say('field_notOneOf', { values: values.map(String).join(', ') })
}

/** Patterns that are worth words of their own, by the message that their schemas give them. */
const PATTERNS: Partial<Record<string, 'idLetters' | 'hourAndMinute'>> = {
  'letters, digits and _ . : - only': 'idLetters',
  'HH:MM': 'hourAndMinute',
}

function valueAt(given: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key) ? value[key as never] : undefined,
    given,
  )
}
