import { isIP } from 'node:net'

/**
 * Where a request came from by its X-Forwarded-For header, when `proxies` proxies of ours stand in front: each adds to the end by whom it was reached, so the address stands so
 * many places from the end, and whatever stands before it can be made up. null: there are none, or it is no address.
 */
export function forwardedAddress(header: string | undefined, proxies: number): string | null {
  if (header === undefined || proxies === 0) return null
  const address = header.split(',').at(-proxies)?.trim() ?? ''
  return isIP(address) === 0 ? null : address
}
