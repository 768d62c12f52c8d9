import { describe, expect, test } from 'vitest'
import { nodePaths, shareFairly } from './limit-tree.ts'

const tree = [
  { id: 'site', parentId: null, roomW: 300 },
  { id: 'feeder', parentId: 'site', roomW: 100 },
]

describe('sharing over the limit tree', () => {
  test('a full feeder holds its own back and leaves the rest to the others', () => {
    const shares = shareFairly(tree, [
      { key: 'a', nodeId: 'feeder', floorW: 0, wantW: 150 },
      { key: 'b', nodeId: 'feeder', floorW: 0, wantW: 150 },
      { key: 'c', nodeId: 'site', floorW: 0, wantW: 500 },
    ])
    expect(Object.fromEntries(shares)).toEqual({ a: 50, b: 50, c: 200 })
  })

  test('who wants little gets it, and the others share what it leaves', () => {
    const shares = shareFairly(tree, [
      { key: 'a', nodeId: 'site', floorW: 0, wantW: 20 },
      { key: 'b', nodeId: 'site', floorW: 0, wantW: 500 },
      { key: 'c', nodeId: 'site', floorW: 0, wantW: 500 },
    ])
    expect(Object.fromEntries(shares)).toEqual({ a: 20, b: 140, c: 140 })
  })

  test('a floor is kept, and rises only when the others have come up to it', () => {
    const shares = shareFairly(tree, [
      { key: 'a', nodeId: 'feeder', floorW: 60, wantW: 150 },
      { key: 'b', nodeId: 'feeder', floorW: 0, wantW: 150 },
    ])
    expect(Object.fromEntries(shares)).toEqual({ a: 60, b: 40 })
  })

  test('an EVSE without a known node counts at the grid connection', () => {
    expect(nodePaths(tree, [{ key: 'a', nodeId: 'gone' }]).get('a')).toEqual(['site'])
  })
})
