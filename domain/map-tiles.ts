/** Where maps take their pictures from, and what must be shown with them. */
export interface MapTiles {
  /** With `{z}`, `{x}` and `{y}` in it. */
  url: string
  attribution: string
  /** Where the attribution leads; null: nowhere. */
  attributionUrl: string | null
}

/**
 * Reads the address of map tiles and the words that go with them, which may end with an address: `© OpenStreetMap contributors
 * https://www.openstreetmap.org/copyright`. null: it is no address of tiles. The host is to be spelled out, because the pages' policy
 * lets the browser load pictures from that one host only.
 */
export function readMapTiles(url: string, attribution: string): MapTiles | null {
  const parsed = URL.parse(url)
  if (parsed === null || !/^https?:$/.test(parsed.protocol) || parsed.username !== '' || parsed.password !== '')
    return null
  if (/[{}\s;,*']|%7b|%7d/i.test(parsed.host)) return null
  if (!['{z}', '{x}', '{y}'].every((part) => url.includes(part))) return null
  const [, words = '', link = null] = /^(.*?)(?:\s+(https?:\/\/\S+))?$/.exec(attribution.trim()) ?? []
  if (words === '') return null
  return { url, attribution: words, attributionUrl: link }
}

/** The origin that pictures of tiles come from, as a Content-Security-Policy names it. */
export function tileOrigin(tiles: MapTiles): string {
  return new URL(tiles.url).origin
}
