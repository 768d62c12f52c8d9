import { expect, test } from 'vitest'
import { readMapTiles, tileOrigin } from './map-tiles.ts'

const OSM = 'https://tile.openstreetmap.org/{z}/{x}/{y}.png'

test('tiles are an address with three places to fill, and words that may end with a link', () => {
  const tiles = readMapTiles(OSM, '© OpenStreetMap contributors https://www.openstreetmap.org/copyright')
  expect(tiles).toEqual({
    url: OSM,
    attribution: '© OpenStreetMap contributors',
    attributionUrl: 'https://www.openstreetmap.org/copyright',
  })
  expect(tiles === null ? null : tileOrigin(tiles)).toBe('https://tile.openstreetmap.org')
  expect(readMapTiles(OSM, '© City')).toMatchObject({ attribution: '© City', attributionUrl: null })
})

test('what would widen the pages’ policy or shows no attribution is no address of tiles', () => {
  for (const url of [
    'https://{s}.tile.example/{z}/{x}/{y}.png',
    "https://tile.example;script-src 'unsafe-inline'/{z}/{x}/{y}.png",
    'https://*.example/{z}/{x}/{y}.png',
    'https://me:secret@tile.example/{z}/{x}/{y}.png',
    'javascript:alert(1)//{z}{x}{y}',
    'https://tile.example/map.png',
    'tiles',
  ])
    expect({ url, tiles: readMapTiles(url, '© City') }).toEqual({ url, tiles: null })
  expect(readMapTiles(OSM, ' ')).toBeNull()
  expect(readMapTiles(OSM, 'https://www.openstreetmap.org/copyright')).toMatchObject({ attributionUrl: null })
})
