// Keeps the driver's page and the stop board, so that they open without the network. The build writes this file's constants (app-shell.ts):
// what those pages are made of, and a version that changes with any of it. It answers for nothing else: no page of the staff, and never the API.

/** @type {{ version: string, pages: { pattern: string, document: string }[], files: string[] }} */
const SHELL = '__SHELL__'

const CACHE = `zaryad-shell-${SHELL.version}`
/** A line this slow is no line: the page that is kept comes instead. */
const PATIENCE_MS = 4000
const kept = new Set(SHELL.files)

self.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      // Past the browser's own cache: a document that it still holds may be of another build.
      .then((cache) => cache.addAll(SHELL.files.map((file) => new Request(file, { cache: 'reload' }))))
      .then(() => self.skipWaiting()),
  )
})

self.addEventListener('activate', (event) => {
  event.waitUntil(
    caches
      .keys()
      .then((names) =>
        Promise.all(
          names.filter((name) => name.startsWith('zaryad-shell-') && name !== CACHE).map((name) => caches.delete(name)),
        ),
      )
      .then(() => self.clients.claim()),
  )
})

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || url.origin !== self.location.origin) return
  if (request.mode === 'navigate') {
    // The plain board is the server's own.
    if (url.searchParams.has('plain')) return
    const page = SHELL.pages.find(({ pattern }) => new RegExp(pattern).test(url.pathname))
    if (page !== undefined) event.respondWith(networkFirst(request, page.document))
  } else if (kept.has(url.pathname)) event.respondWith(keptFirst(request, url.pathname))
})

/** The page from the network, or, when that fails or takes too long, the one that was kept. An error that the server itself tells is not hidden. */
async function networkFirst(request, document) {
  const own = () => caches.match(document, { cacheName: CACHE })
  const answer = fetch(request)
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS)).then(own)
  try {
    return (await Promise.race([answer, slow])) ?? (await answer)
  } catch (error) {
    const page = await own()
    if (page === undefined) throw error
    return page
  }
}

/** Names of these files change with their content, or they change with the version. */
async function keptFirst(request, path) {
  return (await caches.match(path, { cacheName: CACHE })) ?? fetch(request)
}
