import { tileOrigin, type MapTiles } from '../domain/map-tiles.ts'

/** What both platforms say about the pages of web/dist. */

/** Pages of the staff: one document, which reads from its address what to show. */
const STAFF = /^\/(?:(?:plan|vehicles|chargers|energy|settings)(?:\/[^/]+)?)?\/?$/
/** Every other page has a document of its own, so that it stays small. */
const PAGES: readonly [RegExp, string][] = [
  [STAFF, '/index.html'],
  [/^\/driver\/?$/, '/driver.html'],
  [/^\/stops\/?$/, '/stops.html'],
  [/^\/stop\/[^/]+\/?$/, '/stop.html'],
  [/^\/map\/?$/, '/map.html'],
  [/^\/city\/?$/, '/city.html'],
]

/**
 * The document behind a page's address; null for what is no page. Only pages that exist: an address that shows some other page would be worse than none.
 * `?plain` asks for the form that the server writes, without script.
 */
export function pageFile(url: URL): string | null {
  if (url.searchParams.has('plain')) return null
  return PAGES.find(([pattern]) => pattern.test(url.pathname))?.[1] ?? null
}

/** 'data:' for the small icons that the build puts into its style sheets. */
function policy(tiles: MapTiles | null): string {
  const pictures = ["'self'", 'data:', ...(tiles === null ? [] : [tileOrigin(tiles)])].join(' ')
  return `default-src 'self'; img-src ${pictures}; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'`
}

const SECURITY = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
}

/** Response headers for a page or one of its files; pictures may come from the host of `tiles` too. The build puts a hash into the names under assets/, so those never change. */
export function pageHeaders(path: string, tiles: MapTiles | null): Record<string, string> {
  return {
    'content-security-policy': policy(tiles),
    ...SECURITY,
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
}
