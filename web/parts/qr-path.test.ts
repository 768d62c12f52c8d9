import { expect, test } from 'vitest'
import { qrPath } from './qr-path.ts'

test('a code has its three corner marks and a light rim', () => {
  const { d, size } = qrPath('https://depot.example/driver#1797968520.cTJuWjdkUDBhUjRrVDh3WA.c2lnbmF0dXJl', 'Q')
  // 17 + 4 × version, and four light modules on each side.
  expect((size - 8 - 17) % 4).toBe(0)
  const count = size - 8
  for (const [x, y] of [
    [4, 4],
    [4 + count - 7, 4],
    [4, 4 + count - 7],
  ])
    expect(d).toContain(`M${x} ${y}h7v1h-7z`)
  const starts = [...d.matchAll(/M(\d+) (\d+)h(\d+)/g)].map(([, x, y, width]) => [x, y, width].map(Number))
  for (const [x = 0, y = 0, width = 0] of starts) {
    expect(Math.min(x, y)).toBeGreaterThanOrEqual(4)
    expect(x + width).toBeLessThanOrEqual(size - 4)
  }
})
