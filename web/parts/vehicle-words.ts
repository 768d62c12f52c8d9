import type { Format } from './format.ts'
import { m } from './messages.ts'
import type { Reading, VehicleStatus } from './vehicle-view.ts'

/** `line 12`, `lines 12, 14`; without any known: on the line. */
export const lineWords = (routes: readonly string[]): string =>
  routes.length === 0
    ? m.vehicle_on_the_line()
    : m.vehicle_on_lines({ count: routes.length, routes: routes.join(', ') })

/** What a vehicle is doing, in a word or a figure; `time` writes an instant (epoch ms) as people at the site say it. */
export function statusWord(status: VehicleStatus, time: (at: number) => string, format: Format): string {
  switch (status.kind) {
    case 'charging':
      return status.powerW === null ? m.vehicle_charging() : m.unit_kw({ value: format.kw(status.powerW) })
    case 'waits':
      return m.vehicle_waits({ time: time(status.from) })
    case 'full':
      return m.vehicle_full()
    case 'pluggedIn':
      return m.vehicle_plugged_in()
    case 'notPluggedIn':
      return m.vehicle_not_plugged_in()
    case 'onTheLine':
      return lineWords(status.routes)
    case 'late':
      return m.vehicle_late()
    case 'chargerFaulted':
      return m.vehicle_charger_faulted()
    case 'chargerOffline':
      return m.vehicle_charger_offline()
    case 'outOfService':
      return m.vehicle_out_of_service()
    case 'unknown':
      return m.vehicle_place_unknown()
  }
}

/** The same, as short as a small tile needs it; the full wording belongs beside it, unseen. */
export function statusShortWord(status: VehicleStatus, time: (at: number) => string, format: Format): string {
  switch (status.kind) {
    case 'charging':
      return status.powerW === null ? m.vehicle_short_charging() : m.unit_kw({ value: format.kw(status.powerW) })
    case 'waits':
      return time(status.from)
    case 'full':
      return m.vehicle_short_full()
    case 'pluggedIn':
      return m.vehicle_short_plugged_in()
    case 'notPluggedIn':
      return m.vehicle_short_not_plugged_in()
    case 'onTheLine':
      return status.routes.length === 0 ? m.vehicle_short_away() : status.routes.join(', ')
    case 'late':
      return m.vehicle_short_late()
    case 'chargerFaulted':
      return m.vehicle_short_charger_faulted()
    case 'chargerOffline':
      return m.vehicle_short_charger_offline()
    case 'outOfService':
      return m.vehicle_short_out_of_service()
    case 'unknown':
      return m.vehicle_short_unknown()
  }
}

/** `82 %`, `~82 %` when it is an estimate, or that nobody knows. */
export function socWords(soc: Reading, format: Format): string {
  if (soc.kind === 'unknown') return m.vehicle_soc_unknown()
  const percent = format.percent(soc.percent)
  return soc.kind === 'estimated' ? m.vehicle_soc_estimated({ percent }) : m.unit_percent({ value: percent })
}

/** How old a state of charge is, when it is not of now: null for a current or an unknown one. */
export function socAgeWords(soc: Reading, time: (at: number) => string): string | null {
  if (soc.kind === 'old') return m.common_read_at({ time: time(soc.at) })
  return soc.kind === 'estimated' ? m.vehicle_soc_estimated_from({ time: time(soc.at) }) : null
}

const sources: Record<string, () => string> = {
  ocpp: m.vehicle_soc_from_charger,
  telemetry: m.vehicle_soc_from_bus,
  manual: m.vehicle_soc_by_hand,
}

/** Who said the state of charge. */
export const socSourceWords = (source: string): string => sources[source]?.() ?? source
