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

const SECURITY = {
  // 'data:' for the small icons that the build puts into its style sheets.
  'content-security-policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
}

/** Response headers for a page or one of its files. The build puts a hash into the names under assets/, so those never change. */
export function pageHeaders(path: string): Record<string, string> {
  return {
    ...SECURITY,
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
  }
}
