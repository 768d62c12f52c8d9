import * as fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { arrayParameter } from '../../db/array-parameter.ts'
import { emptyDatabase } from '../support/database.ts'

test('texts and numbers come through as they were given, whatever signs they hold', async () => {
  const db = await emptyDatabase()
  const sign = fc.constantFrom('"', '\\', '{', '}', ',', ' ', 'NULL', 'null', '\n', '\t', '\u0001', '\u007f', 'я', '🚌')
  // PostgreSQL knows no text with a NUL.
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(sign).map((signs) => signs.join('')),
  )
  const column = fc.array(fc.option(text.map((one) => one.replaceAll('\0', ''))), { maxLength: 8 })
  await fc.assert(
    fc.asyncProperty(column, fc.array(fc.integer()), async (texts, numbers) => {
      const { rows } = await sql<{ texts: unknown; numbers: unknown }>`
        select ${arrayParameter(texts)}::text[] as texts, ${arrayParameter(numbers)}::int[] as numbers`.execute(db)
      expect(rows).toEqual([{ texts, numbers }])
    }),
    { numRuns: 200 },
  )
})
