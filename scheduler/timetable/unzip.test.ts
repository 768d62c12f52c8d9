import { zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { unzip } from './unzip.ts'

const text = (value: string): Uint8Array => new TextEncoder().encode(value)
const plain = { 'agency.txt': text('a'), 'stops.txt': text('stop_id\n'.repeat(1000)) }

test('a zip gives its files, packed or stored, in its root or in one folder', () => {
  expect([...unzip(zipSync(plain)).keys()]).toEqual(['agency.txt', 'stops.txt'])
  expect(unzip(zipSync(plain, { level: 0 })).get('stops.txt')?.length).toBe(8000)
  expect([...unzip(zipSync({ feed: plain, __MACOSX: { 'x.txt': text('x') } })).keys()]).toEqual([
    'agency.txt',
    'stops.txt',
  ])
})

test('what is no zip, is cut off or has a flipped bit is refused', () => {
  const zip = zipSync(plain)
  expect(() => unzip(text('this is no zip at all, only some words'))).toThrow(/broken/)
  expect(() => unzip(zip.subarray(0, zip.length - 30))).toThrow(/broken/)
  const flipped = zip.slice()
  flipped[40] = (flipped[40] ?? 0) ^ 0xff
  expect(() => unzip(flipped)).toThrow(/broken/)
})

test('a bomb is refused by its declared size, and one that lies about its size by its checksum', () => {
  const limits = { maxFiles: 10, maxFileBytes: 1_000_000, maxTotalBytes: 1_500_000 }
  const bomb = zipSync({ 'stops.txt': new Uint8Array(5_000_000) })
  expect(bomb.length).toBeLessThan(20_000)
  expect(() => unzip(bomb, limits)).toThrow(/unpacks to too much/)
  const lying = bomb.slice()
  const directory = lying.length - 22 - (46 + 'stops.txt'.length)
  new DataView(lying.buffer).setUint32(directory + 24, 1000, true)
  expect(() => unzip(lying, limits)).toThrow(/checksum/)
  const many = zipSync(Object.fromEntries(Array.from({ length: 11 }, (_, i) => [`${i}.txt`, text('x')])))
  expect(() => unzip(many, limits)).toThrow(/11 files/)
})
