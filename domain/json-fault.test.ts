import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonFault } from './json-fault.ts'

test.each([
  ['{"a": 1,\n "b": tru}', { line: 2, column: 7, found: 'tru}' }],
  ['{"a": 1,}', { line: 1, column: 9, found: '}' }],
  ["{'a': 1}", { line: 1, column: 2, found: "'a': 1}" }],
  ['[1 2]', { line: 1, column: 4, found: '2]' }],
  ['{"a" 1}', { line: 1, column: 6, found: '1}' }],
  ['[1]\r\nrest', { line: 2, column: 1, found: 'rest' }],
  ['{"a": "open\n', { line: 1, column: 7, found: '"open' }],
  ['[01]', { line: 1, column: 3, found: '1]' }],
  ['[1}', { line: 1, column: 3, found: '}' }],
  ['{"a": [1,\n', { line: 2, column: 1, found: '' }],
  ['', { line: 1, column: 1, found: '' }],
])('%j goes wrong where a person would point at', (text, fault) => {
  expect(jsonFault(text)).toEqual(fault)
})

test('it finds a fault where the engine does, and none where it does not', () => {
  const isJson = (text: string): boolean => {
    try {
      JSON.parse(text)
      return true
    } catch {
      return false
    }
  }
  fc.assert(
    fc.property(
      fc.json(),
      fc.nat(),
      fc.string({ unit: 'binary-ascii', maxLength: 2 }),
      fc.nat(3),
      (json, at, put, gone) => {
        expect(jsonFault(json)).toBeNull()
        const where = at % (json.length + 1)
        const broken = json.slice(0, where) + put + json.slice(where + gone)
        expect([broken, jsonFault(broken) === null]).toEqual([broken, isJson(broken)])
      },
    ),
    { numRuns: 2000 },
  )
})

test('brackets without end are a text that ends too early', () => {
  expect(jsonFault('['.repeat(200_000))).toMatchObject({ line: 1, found: '' })
})
