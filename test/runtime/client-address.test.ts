import { expect, test } from 'vitest'
import { forwardedAddress } from '../../runtime/client-address.ts'
import { startServer } from '../support/server.ts'

const KEY = 'a-key-for-this-test-only'

test('behind as many proxies as are ours, the address is what the outermost of them wrote', () => {
  const header = '10.9.9.9, 203.0.113.7, 198.51.100.2'
  expect(forwardedAddress(header, 0)).toBeNull()
  expect(forwardedAddress(header, 1)).toBe('198.51.100.2')
  expect(forwardedAddress(header, 2)).toBe('203.0.113.7')
  expect(forwardedAddress('2001:db8::1', 1)).toBe('2001:db8::1')
})

test('what is no address, or was never written, is not believed', () => {
  for (const header of [undefined, '', 'unknown', 'me', '203.0.113.7:99, evil'])
    expect([header, forwardedAddress(header, 1)]).toEqual([header, null])
  expect(forwardedAddress('203.0.113.7', 2)).toBeNull()
})

test.each([
  { trustedProxies: 1, others: 200 },
  { trustedProxies: 0, others: 429 },
])(
  'behind $trustedProxies proxies that the server is told of, wrong keys of one client leave others $others',
  async ({ trustedProxies, others }) => {
    const server = await startServer({ adminKey: KEY, trustedProxies })
    try {
      const ask = (address: string, key: string) =>
        fetch(`${server.url}/api/v1/sites`, {
          headers: { authorization: `Bearer ${key}`, 'x-forwarded-for': `192.0.2.1, ${address}` },
        })
      for (let time = 0; time < 21; time += 1) await ask('203.0.113.7', 'wrong')
      expect((await ask('203.0.113.7', KEY)).status).toBe(429)
      expect((await ask('198.51.100.2', KEY)).status).toBe(others)
    } finally {
      await server.close()
    }
  },
)
