import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromHex, toHex, utf8 } from './bytes.ts'

test('hexadecimal digits are those that Node writes, and lead back to the bytes', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
      expect(fromHex(toHex(bytes).toUpperCase())).toEqual(bytes)
    }),
  )
})

test('a text has the bytes of UTF-8', () => {
  expect(toHex(utf8('заряд €'))).toBe('d0b7d0b0d180d18fd0b420e282ac')
})
