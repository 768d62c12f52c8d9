import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { failSafeShares, type FailSafeEvse } from './fail-safe.ts'
import { nodePaths, sumOverTree } from './limit-tree.ts'
import { limitFromPower } from './rate.ts'

const site = (roomW: number) => [{ id: 'site', parentId: null, roomW }]
const dc = (key: string, more: Partial<FailSafeEvse> = {}): FailSafeEvse => ({
  key,
  nodeId: 'site',
  currentType: 'DC',
  phases: 3,
  maxPowerW: 150_000,
  minPowerW: 10_000,
  ...more,
})
const ac = (key: string): FailSafeEvse => dc(key, { currentType: 'AC', maxPowerW: 22_080, minPowerW: 0 })

describe('fail-safe shares', () => {
  test('where nothing is oversubscribed the fallback is full power', () => {
    expect(Object.fromEntries(failSafeShares(site(300_000), [dc('a'), dc('b')]))).toEqual({ a: 150_000, b: 150_000 })
  })

  test('an oversubscribed site gives equal shares of the part set aside', () => {
    const shares = failSafeShares(site(300_000), [dc('a'), dc('b'), dc('c')])
    expect(Object.fromEntries(shares)).toEqual({ a: 30_000, b: 30_000, c: 30_000 })
  })

  test('the least power goes first: where it does not fit for all, some get none rather than all too little', () => {
    const shares = failSafeShares(site(25_000), [dc('a'), dc('b'), dc('c')])
    expect(Object.fromEntries(shares)).toEqual({ a: 12_500, b: 12_500, c: 0 })
  })

  test('alternating current is whole amps, and never between 0 and 6', () => {
    const shares = failSafeShares(site(20_000), [ac('a'), ac('b'), ac('c'), ac('d'), ac('e')])
    const amps = [...shares.values()].map((watts) => limitFromPower(ac('x'), watts, 'A'))
    expect(amps).toEqual([7, 7, 7, 7, 0])
  })

  test('a base load above the limit leaves nothing', () => {
    expect([...failSafeShares(site(-5000), [dc('a')]).values()]).toEqual([0])
  })

  test('under every node the sum stays within its room, for any tree', () => {
    fc.assert(
      fc.property(anyTree, ({ nodes, evses }) => {
        const shares = failSafeShares(nodes, evses)
        const sums = sumOverTree(nodes, nodePaths(nodes, evses), (key) => shares.get(key) ?? 0)
        for (const node of nodes) expect(sums.get(node.id)).toBeLessThanOrEqual(Math.max(0, node.roomW) + 1e-3)
        for (const evse of evses) {
          const share = shares.get(evse.key) ?? 0
          expect(share).toBeLessThanOrEqual(evse.maxPowerW)
          if (share > 0) expect(share).toBeGreaterThanOrEqual(evse.minPowerW)
        }
      }),
    )
  })
})

const anyTree = fc
  .record({
    rooms: fc.array(fc.integer({ min: -10_000, max: 900_000 }), { minLength: 1, maxLength: 5 }),
    parents: fc.array(fc.nat(), { minLength: 5, maxLength: 5 }),
    evses: fc.array(
      fc.record({
        node: fc.nat(),
        ac: fc.boolean(),
        maxPowerW: fc.integer({ min: 0, max: 200_000 }),
        minPowerW: fc.integer({ min: 0, max: 20_000 }),
      }),
      { maxLength: 12 },
    ),
  })
  .map(({ rooms, parents, evses }) => ({
    nodes: rooms.map((roomW, i) => ({ id: `n${i}`, parentId: i === 0 ? null : `n${(parents[i] ?? 0) % i}`, roomW })),
    evses: evses.map((one, i) =>
      dc(`e${i}`, {
        nodeId: `n${one.node % rooms.length}`,
        currentType: one.ac ? 'AC' : 'DC',
        maxPowerW: one.maxPowerW,
        minPowerW: Math.min(one.minPowerW, one.maxPowerW),
      }),
    ),
  }))
