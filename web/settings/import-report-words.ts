import { m } from '../parts/messages.ts'
import { thingWord } from './audit-words.ts'

const COUNTED: Record<string, () => string> = {
  stops: m.settings_count_stops,
  routes: m.settings_count_routes,
  services: m.settings_count_services,
  trips: m.settings_count_trips,
  stopTimes: m.settings_count_stop_times,
  stopTimesRead: m.settings_count_stop_times_read,
  stopTimesPastMidnight: m.settings_count_past_midnight,
  blocks: m.settings_count_blocks,
  tripsWithoutBlock: m.settings_count_trips_without_block,
  shapes: m.settings_count_shapes,
  vehicleRules: m.settings_count_vehicle_rules,
  sites: m.settings_count_sites,
  stations: m.settings_count_stations,
  evses: m.settings_count_evses,
  vehicles: m.settings_count_vehicles,
  places: m.settings_count_places,
  rows: m.settings_count_rows,
}

/** What was counted in a file, in words; what this page does not know by the API's own name. */
export function countWord(name: string): string {
  return COUNTED[name]?.() ?? name
}

/** `vehicle bus-9`, as an import names what it adds or replaces, with its kind in the reader's language. */
export function thingName(named: string): string {
  const space = named.indexOf(' ')
  const kind = named.slice(0, space)
  const word = kind === 'timetable' ? m.settings_thing_timetable() : thingWord(kind)
  return `${word}${named.slice(space)}`
}

const BEFORE = 'before '

/** A file's name; of an import that takes another one back, that it does. */
export function importTitle({
  fileName,
  options,
}: {
  fileName: string
  options: { undoOf?: number | undefined }
}): string {
  return options.undoOf !== undefined && fileName.startsWith(BEFORE)
    ? m.settings_import_before({ file: fileName.slice(BEFORE.length) })
    : fileName
}
