import { marketDay } from '../../prices/entsoe/market-day.ts'
import type { MarketSources } from './market-sources.ts'

/** The question for one market day: A44 is day-ahead prices, A75 actual generation per type. */
export function entsoeQuery(
  market: MarketSources & { entsoeToken: string },
  kind: 'price' | 'carbon',
  zone: string,
  date: string,
): URL {
  const { from, to } = marketDay(date)
  const url = new URL(market.entsoeUrl)
  const parameters = {
    ...(kind === 'price'
      ? { documentType: 'A44', in_Domain: zone, out_Domain: zone }
      : { documentType: 'A75', processType: 'A16', in_Domain: zone }),
    periodStart: stamp(from),
    periodEnd: stamp(to),
    securityToken: market.entsoeToken,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url
}

/** `yyyymmddHHMM` in UTC. */
function stamp(at: Date): string {
  return at.toISOString().replace(/\D/g, '').slice(0, 12)
}
