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

/** What an import adds or replaces: `vehicle bus-9`, `timetable city (feed.zip)`. */
export function thingName({ kind, id, fileName }: { kind: string; id: string; fileName?: string | undefined }): string {
  const word = kind === 'timetable' ? m.settings_thing_timetable() : thingWord(kind)
  return fileName === undefined ? `${word} ${id}` : `${word} ${id} (${fileName})`
}

/** A file's name; of an import that takes another one back, that it does. */
export function importTitle({
  fileName,
  options,
}: {
  fileName: string
  options: { undoOf?: number | undefined }
}): string {
  return options.undoOf === undefined ? fileName : m.settings_import_before({ file: fileName })
}
