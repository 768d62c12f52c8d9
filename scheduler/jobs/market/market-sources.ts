/** The API of the ENTSO-E Transparency Platform. */
export const ENTSOE_URL = 'https://web-api.tp.entsoe.eu/api'

/** Outside services that jobs ask, as configured. The token is never logged and never stored. */
export interface MarketSources {
  /** The ENTSO-E Transparency Platform's API. */
  entsoeUrl: string
  /** null: nothing is asked of it. */
  entsoeToken: string | null
  /** Open-Meteo or one that answers alike; null: nothing is asked of it. */
  openMeteoUrl: string | null
}
