export type MarketFetchKind = 'price' | 'carbon' | 'weather'

/**
 * What came of asking for one day: `incomplete` has slots missing; `noData` was answered and is empty (not published yet); `refused` will not come by asking again (a wrong
 * key); `throttled` asked too often; `failed` may come the next time.
 */
export const MARKET_FETCH_OUTCOMES = ['stored', 'incomplete', 'noData', 'refused', 'throttled', 'failed'] as const
export type MarketFetchOutcome = (typeof MARKET_FETCH_OUTCOMES)[number]

/** The bidding zone (EIC code) that a series named `entsoe:ZONE` is fetched for; null: it comes from elsewhere. */
export function entsoeZone(series: string): string | null {
  return /^entsoe:([A-Z0-9-]{16})$/.exec(series)?.[1] ?? null
}
