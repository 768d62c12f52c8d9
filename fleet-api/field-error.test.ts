import { expect, test } from 'vitest'
import { z } from '@hono/zod-openapi'
import { say, type Sentence } from '../domain/sentences/sentence.ts'
import { fieldErrors } from './field-error.ts'
import { refusing } from '../domain/sentences/issue-sentence.ts'
import { matching } from './matching.ts'

function told(schema: z.ZodType, value: unknown): string[] {
  return fieldErrors('body', schema.safeParse(value).error?.issues ?? [], value).map(({ message }) => message.code)
}

const CASES: [string, z.ZodType, unknown][] = [
  // invalid_type
  ['field_notText', z.string(), 3],
  ['field_notText', z.string(), null],
  ['field_notNumber', z.number(), 'three'],
  ['field_notNumber', z.coerce.number().int(), 'three'],
  ['field_notNumber', z.bigint(), 'three'],
  ['field_notInteger', z.int(), 1.5],
  ['field_notBoolean', z.boolean(), 'yes'],
  ['field_notDate', z.date(), 'today'],
  ['field_notList', z.array(z.string()), 'one'],
  ['field_notList', z.tuple([z.string()]), 'one'],
  ['field_notList', z.set(z.string()), 'one'],
  ['field_notObject', z.object({}), 'one'],
  ['field_notObject', z.record(z.string(), z.string()), 'one'],
  ['field_notObject', z.map(z.string(), z.string()), 'one'],
  ['field_notFile', z.file(), 'one'],
  ['field_notEmpty', z.never(), 'one'],
  ['field_notEmpty', z.null(), 'one'],
  ['field_wrongKind', z.symbol(), 'one'],
  ['field_missing', z.string(), undefined],
  ['field_missing', z.enum(['a', 'b']), undefined],
  ['field_missing', z.union([z.string(), z.number()]), undefined],
  // too_big, too_small
  ['field_tooLong', z.string().max(2), 'abc'],
  ['field_tooShort', z.string().min(2), 'a'],
  ['field_empty', z.string().min(1), ''],
  ['field_notLength', z.string().length(2), 'abc'],
  ['field_notLength', z.string().length(1), ''],
  ['field_tooMany', z.array(z.int()).max(1), [1, 2]],
  ['field_tooFew', z.array(z.int()).min(2), [1]],
  ['field_empty', z.array(z.int()).min(1), []],
  ['field_notCount', z.array(z.int()).length(2), [1]],
  ['field_tooMany', z.set(z.int()).max(1), new Set([1, 2])],
  ['field_aboveMost', z.number().max(2), 3],
  ['field_aboveMost', z.int(), 1e300],
  ['field_notBelow', z.number().lt(2), 2],
  ['field_belowLeast', z.number().min(2), 1],
  ['field_notAbove', z.number().positive(), 0],
  ['field_outOfRange', z.date().max(new Date(0)), new Date(1)],
  ['field_outOfRange', z.date().min(new Date(1)), new Date(0)],
  // invalid_format
  ['field_notEmail', z.email(), 'nobody'],
  ['field_notUrl', z.url(), 'nowhere'],
  ['field_notInstant', z.iso.datetime({ offset: true }), 'now'],
  ['field_notDate', z.iso.date(), 'today'],
  ['field_notTime', z.iso.time(), 'noon'],
  ['field_notDuration', z.iso.duration(), 'long'],
  ['field_notId', z.uuid(), 'mine'],
  ['field_notStart', z.string().startsWith('a'), 'b'],
  ['field_notEnd', z.string().endsWith('a'), 'b'],
  ['field_lacks', z.string().includes('a'), 'b'],
  ['field_wrongForm', z.string().regex(/^a$/), 'b'],
  ['field_wrongForm', z.jwt(), 'b'],
  // the others
  ['field_notMultiple', z.number().multipleOf(5), 3],
  ['field_unknownNames', z.strictObject({}), { colour: 1 }],
  ['field_notOneOf', z.enum(['a', 'b']), 'c'],
  ['field_notThis', z.literal(true), false],
  ['field_notOneOf', z.stringbool(), 'perhaps'],
  ['field_noForm', z.union([z.number(), z.boolean()]), 'one'],
  ['field_noForm', z.xor([z.string(), z.string().min(1)]), 'one'],
  ['field_notDate', z.union([z.iso.date(), z.iso.datetime()]), 'today'],
  ['field_tooShort', z.record(z.string().min(3), z.string()), { a: 'b' }],
  ['field_notNumber', z.map(z.object({}), z.number()), new Map([[{}, 'b']])],
  ['field_wrong', z.string().refine(() => false), 'one'],
  ['notTimeZone', z.string().refine(() => false, refusing(say('notTimeZone'))), 'one'],
  ['plainName', matching(z.string(), /^\w$/, say('plainName')), '+'],
]

test.each(CASES)('%s', (code, schema, value) => {
  expect(told(schema, value)).toEqual([code])
})

test('every kind of issue that zod has is among them', () => {
  const kinds = CASES.flatMap(([, schema, value]) => schema.safeParse(value).error?.issues.map((one) => one.code) ?? [])
  expect([...new Set(kinds)].toSorted()).toEqual(Object.values(z.ZodIssueCode as Record<string, string>).toSorted())
})

test('a value within the body is found by its path, and its kind told apart from its absence', () => {
  const schema = z.object({
    legs: z.array(
      z.object({
        from: z.string(),
        kind: z.discriminatedUnion('of', [z.object({ of: z.literal('a') }), z.object({ of: z.literal('b') })]),
      }),
    ),
  })
  const given = { legs: [{ kind: { of: 'c' } }, { from: 4, kind: {} }] }
  const errors = fieldErrors('body', schema.safeParse(given).error?.issues ?? [], given)
  expect(errors.map(({ path, message }) => `${path}: ${message.in('en')}`)).toEqual([
    'body.legs.0.from: A value is missing.',
    'body.legs.0.kind.of: One of these is expected: a, b.',
    'body.legs.1.from: A text is expected.',
    'body.legs.1.kind.of: A value is missing.',
  ])
})

test('what is said of a value holds no English in another language', () => {
  for (const [, schema, value] of CASES)
    for (const { message } of fieldErrors('body', schema.safeParse(value).error?.issues ?? [], value))
      for (const language of ['bg', 'uk'] as const)
        expect(withoutValues(message.in(language), message).replace('Europe/Sofia', '')).not.toMatch(/[a-z]{2}/)
})

function withoutValues(text: string, { values }: Sentence): string {
  return Object.values(values).reduce<string>((rest, value) => rest.replace(String(value), ''), text)
}
