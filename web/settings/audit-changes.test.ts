import { expect, test } from 'vitest'
import { changesOf } from './audit-changes.ts'

test('only what changed is listed, field by field', () => {
  expect(changesOf({ limit_w: 300_000, label: 'Grid' }, { limit_w: 250_000, label: 'Grid' })).toEqual([
    { key: 'limit_w', before: '300000', after: '250000' },
  ])
})

test('what was made has nothing before it, and what was removed nothing after it', () => {
  expect(changesOf(null, { role: 'viewer' })).toEqual([{ key: 'role', before: null, after: 'viewer' }])
  expect(changesOf({ role: 'viewer' }, null)).toEqual([{ key: 'role', before: 'viewer', after: null }])
})

test('a value that is no object stands by itself, and one inside another as JSON', () => {
  expect(changesOf(1, 2)).toEqual([{ key: '', before: '1', after: '2' }])
  expect(changesOf({ at: { evse: 1 } }, { at: null })).toEqual([{ key: 'at', before: '{"evse":1}', after: null }])
})
