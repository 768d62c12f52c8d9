/** What both platforms say about the pages of web/dist. */

/** Only pages that exist: an address that shows some other page would be worse than none. */
const PAGE_PATHS = new Set(['/'])

/** Whether a path is one of the application's pages, which all begin as index.html. */
export function isPagePath(path: string): boolean {
  return PAGE_PATHS.has(path)
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
