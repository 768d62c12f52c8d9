import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { documentedSchemas } from './schemas.ts'

test('the documented file formats are those that the code checks (else: node runtime/generate/schemas.ts)', () => {
  for (const [file, text] of documentedSchemas()) {
    const committed = readFileSync(new URL(`../../docs/schema/${file}`, import.meta.url), 'utf8')
    expect(JSON.parse(committed)).toEqual(JSON.parse(text))
  }
})
