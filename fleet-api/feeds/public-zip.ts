const CENTRAL = 0x02014b50
const LOCAL = 0x04034b50
const END = 0x06054b50
const END_BYTES = 22
const LONGEST_COMMENT = 65_535

/** Files of GTFS Schedule. A feed that we hold may have others beside them (TODS: who drives what), and those are nobody else's business. */
const GTFS_FILES = new Set(
  `agency stops routes trips stop_times calendar calendar_dates fare_attributes fare_rules timeframes rider_categories fare_media fare_products
  fare_leg_rules fare_leg_join_rules fare_transfer_rules areas stop_areas networks route_networks shapes frequencies transfers pathways levels
  location_groups location_group_stops booking_rules translations feed_info attributions`
    .split(/\s+/)
    .map((name) => `${name}.txt`),
).add('locations.geojson')

interface Entry {
  name: string
  record: Uint8Array
  localOffset: number
  compressedSize: number
}

/**
 * The zip with only the files of GTFS Schedule in it, their compressed bytes as they are: nothing is unpacked, however large. Throws RangeError when it
 * is no zip that can be read so.
 */
export function publicZip(zip: Uint8Array): Uint8Array<ArrayBuffer> {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  const entries = readEntries(zip, view).filter(({ name }) => GTFS_FILES.has(name.split('/').at(-1) ?? ''))
  const parts: Uint8Array[] = []
  const records: Uint8Array[] = []
  let offset = 0
  for (const { record, localOffset, compressedSize } of entries) {
    const local = localPart(zip, view, { record, localOffset, compressedSize })
    const moved = record.slice()
    const movedView = new DataView(moved.buffer)
    // Sizes stand in the local header now, so no descriptor follows the data.
    movedView.setUint16(8, movedView.getUint16(8, true) & ~8, true)
    movedView.setUint32(42, offset, true)
    parts.push(local)
    records.push(moved)
    offset += local.byteLength
  }
  const directoryBytes = records.reduce((sum, one) => sum + one.byteLength, 0)
  const end = new DataView(new ArrayBuffer(END_BYTES))
  end.setUint32(0, END, true)
  end.setUint16(8, entries.length, true)
  end.setUint16(10, entries.length, true)
  end.setUint32(12, directoryBytes, true)
  end.setUint32(16, offset, true)
  return joined([...parts, ...records, new Uint8Array(end.buffer)])
}

function readEntries(zip: Uint8Array, view: DataView): Entry[] {
  let at = zip.byteLength - END_BYTES
  const first = Math.max(0, at - LONGEST_COMMENT)
  while (at >= first && view.getUint32(at, true) !== END) at -= 1
  if (at < first) throw new RangeError('no end of a zip')
  const count = view.getUint16(at + 10, true)
  let offset = view.getUint32(at + 16, true)
  const entries: Entry[] = []
  for (let i = 0; i < count; i += 1) {
    if (view.getUint32(offset, true) !== CENTRAL) throw new RangeError('a zip whose directory is damaged')
    const nameBytes = view.getUint16(offset + 28, true)
    const length = 46 + nameBytes + view.getUint16(offset + 30, true) + view.getUint16(offset + 32, true)
    entries.push({
      name: new TextDecoder().decode(zip.subarray(offset + 46, offset + 46 + nameBytes)),
      record: zip.subarray(offset, offset + length),
      compressedSize: view.getUint32(offset + 20, true),
      localOffset: view.getUint32(offset + 42, true),
    })
    offset += length
  }
  return entries
}

/** Header and data of one file, with checksum and sizes in the header. */
function localPart(zip: Uint8Array, view: DataView, entry: Omit<Entry, 'name'>): Uint8Array {
  const { record, localOffset, compressedSize } = entry
  if (view.getUint32(localOffset, true) !== LOCAL) throw new RangeError('a zip whose files are damaged')
  const headerBytes = 30 + view.getUint16(localOffset + 26, true) + view.getUint16(localOffset + 28, true)
  const part = zip.slice(localOffset, localOffset + headerBytes + compressedSize)
  if (part.byteLength !== headerBytes + compressedSize) throw new RangeError('a zip that ends too early')
  const header = new DataView(part.buffer)
  header.setUint16(6, header.getUint16(6, true) & ~8, true)
  part.set(record.subarray(16, 28), 14)
  return part
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0))
  let offset = 0
  for (const part of parts) {
    whole.set(part, offset)
    offset += part.byteLength
  }
  return whole
}
