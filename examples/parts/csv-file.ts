import { mkdirSync, writeFileSync } from 'node:fs'

/** Writes a table of a GTFS or TODS folder, quoting where it must. */
export function writeCsv(
  folder: string,
  file: string,
  header: string,
  rows: readonly (readonly (string | number)[])[],
): void {
  const cell = (value: string | number): string =>
    /[",\n]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value)
  mkdirSync(folder, { recursive: true })
  writeFileSync(`${folder}/${file}`, `${[header, ...rows.map((row) => row.map(cell).join(','))].join('\n')}\n`)
}

/** A time of the service day, given in minutes after its midnight, as `HH:MM:SS`. */
export function clock(minutes: number): string {
  const seconds = Math.round(minutes * 60)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
}

/** Minutes after midnight. */
export function at(hours: number, minutes: number): number {
  return hours * 60 + minutes
}
