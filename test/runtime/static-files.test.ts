import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, expect, test } from 'vitest'
import { staticFiles } from '../../runtime/static-files.ts'

const root = mkdtempSync(join(tmpdir(), 'zaryad-pages-'))
mkdirSync(join(root, 'dist', 'assets'), { recursive: true })
writeFileSync(join(root, 'dist', 'index.html'), '<!doctype html><title>Depot</title>')
writeFileSync(join(root, 'dist', 'stop.html'), '<!doctype html><title>Stop</title>')
writeFileSync(join(root, 'dist', 'assets', 'app-1a2b.js'), 'export const depot = 1')
writeFileSync(join(root, 'secret.txt'), 'not for anyone')
afterAll(() => rmSync(root, { recursive: true }))

const serve = staticFiles(join(root, 'dist'), null)
const get = (path: string, init?: RequestInit) => serve(new Request(`http://depot${path}`, init))

test('the depot page is the application, and may not be kept', async () => {
  const response = await get('/')
  expect(response?.status).toBe(200)
  expect(response?.headers.get('cache-control')).toBe('no-cache')
  expect(response?.headers.get('content-security-policy')).not.toContain('unsafe')
  expect(await response?.text()).toContain('Depot')
})

test('pictures come from here, and from the host of the map tiles only where there is one', async () => {
  const pictures = (response: Response | null) =>
    /img-src ([^;]*);/.exec(response?.headers.get('content-security-policy') ?? '')?.[1]
  expect(pictures(await get('/'))).toBe("'self' data:")
  const tiles = { url: 'https://tile.example:8443/{z}/{x}/{y}.png?key=1', attribution: '© City', attributionUrl: null }
  const withTiles = await staticFiles(join(root, 'dist'), tiles)(new Request('http://depot/'))
  expect(pictures(withTiles)).toBe("'self' data: https://tile.example:8443")
  expect(withTiles?.headers.get('content-security-policy')).toContain("default-src 'self'")
})

test('the staff’s addresses open the application, a stop’s address its board, and the plain board is left to the server', async () => {
  for (const path of ['/plan', '/vehicles', '/vehicles/bus-1', '/chargers/CP%201', '/settings/people', '/energy/']) {
    expect(await (await get(path))?.text()).toContain('Depot')
  }
  expect(await (await get('/stop/1201%2F2'))?.text()).toContain('Stop')
  expect(await get('/stop/1201?plain')).toBeNull()
})

test('a file with a hash in its name may be kept for ever, and comes compressed to who can read that', async () => {
  const plain = await get('/assets/app-1a2b.js')
  expect(plain?.headers.get('cache-control')).toContain('immutable')
  expect(await plain?.text()).toBe('export const depot = 1')
  const small = await get('/assets/app-1a2b.js', { headers: { 'accept-encoding': 'gzip, br' } })
  expect(small?.headers.get('content-encoding')).toBe('gzip')
  expect(gunzipSync(new Uint8Array((await small?.arrayBuffer()) ?? new ArrayBuffer())).toString()).toBe(
    'export const depot = 1',
  )
})

test('everything else is left to others: the API, unknown paths, other methods, and files outside the folder', async () => {
  for (const path of [
    '/api/v1/stations',
    '/depot',
    '/vehicles/bus-1/more',
    '/stop/',
    '/assets/none.js',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%',
  ]) {
    expect({ path, response: await get(path) }).toEqual({ path, response: null })
  }
  expect(await get('/', { method: 'POST' })).toBeNull()
})

test('while the pages are not built, a page says how to build them', async () => {
  const response = await staticFiles(join(root, 'nowhere'), null)(new Request('http://depot/'))
  expect(response?.status).toBe(503)
  expect(await response?.text()).toContain('npm run build')
})
