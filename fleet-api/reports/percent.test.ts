import { expect, test } from 'vitest'
import { percent } from './percent.ts'

test('a share too small to be told is not told as nothing', () => {
  expect(percent(1, 1_000_000).in('en')).toBe('less than 0.1 %')
  expect(percent(0, 5).in('en')).toBe('0 %')
})
