import { inflateSync } from 'fflate'
import { say, type Sentence } from '../../domain/sentences/sentence.ts'
import { FeedRefused } from './feed-report.ts'

export interface ZipLimits {
  maxFiles: number
  maxFileBytes: number
  maxTotalBytes: number
}

/** Room for the largest national feeds, and far from what would bring a small computer down. */
export const ZIP_LIMITS: ZipLimits = { maxFiles: 500, maxFileBytes: 1_500_000_000, maxTotalBytes: 2_000_000_000 }

const END_OF_DIRECTORY = 0x06054b50
const DIRECTORY_ENTRY = 0x02014b50
const LOCAL_ENTRY = 0x04034b50
const UNKNOWN_SIZE = 0xffffffff

/**
 * The text files of a zip, by name, all in its root or all in one folder. Throws FeedRefused when it is broken (each file's length and
 * checksum are checked) or would unpack to more than `limits`; declared sizes are never believed beyond that, so a zip bomb costs nothing.
 */
export function unzip(bytes: Uint8Array, limits = ZIP_LIMITS): Map<string, Uint8Array> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const end = findEnd(view)
  const count = view.getUint16(end + 10, true)
  if (count > limits.maxFiles) throw new FeedRefused(say('zipTooMany', { n: count, most: limits.maxFiles }))
  let at = view.getUint32(end + 16, true)
  let total = 0
  const files = new Map<string, Uint8Array>()
  for (let entry = 0; entry < count; entry += 1) {
    if (at + 46 > bytes.length || view.getUint32(at, true) !== DIRECTORY_ENTRY) throw broken(say('zipDirectoryDamaged'))
    const flags = view.getUint16(at + 8, true)
    const method = view.getUint16(at + 10, true)
    const checksum = view.getUint32(at + 16, true)
    const packed = view.getUint32(at + 20, true)
    const size = view.getUint32(at + 24, true)
    const nameLength = view.getUint16(at + 28, true)
    const name = new TextDecoder().decode(bytes.subarray(at + 46, at + 46 + nameLength))
    const local = view.getUint32(at + 42, true)
    at += 46 + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true)
    if (name.endsWith('/') || isLitter(name)) continue
    if ((flags & 1) !== 0) throw new FeedRefused(say('zipEncrypted', { file: name }))
    if (size === UNKNOWN_SIZE || packed === UNKNOWN_SIZE) throw new FeedRefused(say('zipOver4Gb', { file: name }))
    total += size
    if (size > limits.maxFileBytes || total > limits.maxTotalBytes) {
      throw new FeedRefused(say('zipTooLarge', { file: name, mb: Math.round(total / 1_000_000) }))
    }
    if (local + 30 > bytes.length || view.getUint32(local, true) !== LOCAL_ENTRY)
      throw broken(say('zipFileMissing', { file: name }))
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true)
    if (start + packed > bytes.length) throw broken(say('zipFileCut', { file: name }))
    const content = unpack(bytes.subarray(start, start + packed), method, size, name)
    if (content.length !== size || crc32(content) !== checksum) throw broken(say('zipChecksum', { file: name }))
    files.set(name, content)
  }
  return withoutFolder(files)
}

function findEnd(view: DataView): number {
  // The end record is followed by a comment of at most 65,535 bytes.
  for (let at = view.byteLength - 22; at >= Math.max(0, view.byteLength - 22 - 65_535); at -= 1) {
    if (view.getUint32(at, true) === END_OF_DIRECTORY) return at
  }
  throw broken(say('zipNoDirectory'))
}

function unpack(packed: Uint8Array, method: number, size: number, name: string): Uint8Array {
  if (method === 0) return packed
  if (method !== 8) throw new FeedRefused(say('zipPacking', { file: name, method }))
  try {
    // A buffer of the declared size: what inflates to more is cut there, and then fails its checksum.
    return inflateSync(packed, { out: new Uint8Array(size) })
  } catch (error) {
    throw broken(say('zipUnpack', { file: name, why: unpackFault(error) }))
  }
}

function withoutFolder(files: Map<string, Uint8Array>): Map<string, Uint8Array> {
  const folders = new Set([...files.keys()].map((name) => name.slice(0, name.lastIndexOf('/') + 1)))
  if (folders.size > 1 && !folders.has('')) {
    throw new FeedRefused(say('zipFolders', { folders: [...folders].join(', ') }))
  }
  const folder = folders.has('') ? '' : ([...folders][0] ?? '')
  return new Map(
    [...files]
      .filter(([name]) => !name.slice(folder.length).includes('/'))
      .map(([name, content]) => [name.slice(folder.length), content]),
  )
}

function isLitter(name: string): boolean {
  return name.startsWith('__MACOSX/') || name.endsWith('.DS_Store')
}

function broken(what: Sentence): FeedRefused {
  return new FeedRefused(say('zipBroken', { what }))
}

/** Those that inflating alone can meet, in the order of the library's codes. */
const UNPACK_FAULTS = ['unpackEnds', 'unpackBlock', 'unpackLength', 'unpackDistance'] as const

function unpackFault(error: unknown): Sentence {
  const code = error instanceof Error && 'code' in error ? Number(error.code) : Number.NaN
  return say(UNPACK_FAULTS[code] ?? 'unpackInvalid')
}

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
  return value >>> 0
})

function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff
  for (const byte of bytes) crc = (CRC_TABLE[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8)
  return (crc ^ 0xffffffff) >>> 0
}
