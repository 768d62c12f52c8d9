import { readFile } from 'node:fs/promises'
import { extname, join, normalize, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { MapTiles } from '../domain/map-tiles.ts'
import { pageFile, pageHeaders } from './pages.ts'

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.txt': 'text/plain; charset=utf-8',
}
const WORTH_COMPRESSING = new Set(['.html', '.js', '.css', '.json', '.svg', '.webmanifest'])
const compress = promisify(gzip)

/** Serves the built pages of `root`, which may show pictures of `tiles`; resolves null for a request that is not theirs. */
export function staticFiles(root: string, tiles: MapTiles | null): (request: Request) => Promise<Response | null> {
  const compressed = new Map<string, { of: Buffer; body: Buffer }>()

  async function respond(path: string, request: Request): Promise<Response | null> {
    const file = join(root, normalize(path))
    if (!file.startsWith(root + sep)) return null
    const body = await readFile(file).catch(() => null)
    if (body === null) return null
    const extension = extname(file)
    const headers: Record<string, string> = {
      ...pageHeaders(path, tiles),
      'content-type': TYPES[extension] ?? 'application/octet-stream',
    }
    if (!WORTH_COMPRESSING.has(extension)) return answer(body, headers, request)
    headers['vary'] = 'accept-encoding'
    if (!(request.headers.get('accept-encoding') ?? '').includes('gzip')) return answer(body, headers, request)
    let small = compressed.get(file)
    if (small === undefined || !small.of.equals(body)) {
      small = { of: body, body: await compress(body) }
      compressed.set(file, small)
    }
    return answer(small.body, { ...headers, 'content-encoding': 'gzip' }, request)
  }

  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return null
    const url = new URL(request.url)
    const page = pageFile(url)
    if (page !== null) return (await respond(page, request)) ?? notBuilt()
    const path = decodePath(url.pathname)
    return path === null ? null : respond(path, request)
  }
}

function answer(body: Buffer, headers: Record<string, string>, request: Request): Response {
  const bytes = new Uint8Array(body)
  return new Response(request.method === 'HEAD' ? null : bytes, {
    headers: { ...headers, 'content-length': String(bytes.byteLength) },
  })
}

function decodePath(path: string): string | null {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

function notBuilt(): Response {
  return new Response('The pages are not built yet. Run: npm run build\n', {
    status: 503,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
  })
}
