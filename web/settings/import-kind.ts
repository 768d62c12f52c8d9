export const KINDS = ['gtfs', 'tods', 'fleet', 'tariff', 'prices', 'carbon', 'weather', 'places'] as const
export type ImportKind = (typeof KINDS)[number]

const LOOKED_AT_BYTES = 200_000

/** What a file seems to be, by what it holds; undefined: a person must say. */
export async function guessKind(file: Blob & { name: string }): Promise<ImportKind | undefined> {
  const head = await file.slice(0, LOOKED_AT_BYTES).text()
  // Names stand readable in a zip's directory, at its end.
  if (head.startsWith('PK')) {
    const names = head + (await file.slice(Math.max(0, file.size - LOOKED_AT_BYTES)).text())
    if (names.includes('trips.txt')) return 'gtfs'
    return /_supplement\.txt|vehicle_assignments\.txt/.test(names) ? 'tods' : undefined
  }
  const text = head.replace(/^\u{FEFF}/u, '').trimStart()
  if (text.startsWith('{') || text.startsWith('[')) {
    if (/"FeatureCollection"/.test(text)) return 'places'
    if (/"vehicleTypes"|"sites"/.test(text)) return 'fleet'
    if (/"validFrom"/.test(text)) return 'tariff'
    return /"temperature_2m"/.test(text) ? 'weather' : undefined
  }
  if (text.startsWith('<')) {
    if (/<(?:\w+:)?type>A44</.test(text)) return 'prices'
    return /<(?:\w+:)?type>A75</.test(text) ? 'carbon' : undefined
  }
  const header = text.split('\n', 1)[0] ?? ''
  if (/eurPerKwh/i.test(header)) return 'prices'
  if (/gPerKwh/i.test(header)) return 'carbon'
  return /temperatureC/i.test(header) ? 'weather' : undefined
}
