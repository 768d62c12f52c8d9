import { m } from '../parts/messages.ts'

/** Kinds of things that the audit log knows, as the API names them, in words. */
export const THINGS: Record<string, () => string> = {
  account: m.settings_thing_account,
  adHocTariff: m.settings_thing_ad_hoc_tariff,
  alert: m.settings_thing_alert,
  apiKey: m.settings_thing_api_key,
  bay: m.settings_thing_bay,
  block: m.settings_thing_block,
  carbonFactor: m.settings_thing_carbon_factor,
  driverLink: m.settings_thing_driver_link,
  evse: m.settings_thing_evse,
  faultReport: m.settings_thing_fault_report,
  import: m.settings_thing_import,
  limitNode: m.settings_thing_limit_node,
  link: m.settings_thing_link,
  passkey: m.settings_thing_passkey,
  placeKey: m.settings_thing_place_key,
  placeSource: m.settings_thing_place_source,
  reportSchedule: m.settings_thing_report_schedule,
  series: m.settings_thing_series,
  setting: m.settings_thing_setting,
  site: m.settings_thing_site,
  station: m.settings_thing_station,
  tariff: m.settings_thing_tariff,
  token: m.settings_thing_token,
  user: m.settings_thing_user,
  userSession: m.settings_thing_user_session,
  vehicle: m.settings_thing_vehicle,
  vehicleType: m.settings_thing_vehicle_type,
  webhook: m.settings_thing_webhook,
  wish: m.settings_thing_wish,
}

/** A kind in words; one that this page does not know by its own name. */
export function thingWord(kind: string): string {
  return THINGS[kind]?.() ?? kind
}

/** Who did something: their name, or what is known of them. */
export function actorWord({ actorKind, actorName }: { actorKind: string; actorName: string | null }): string {
  if (actorKind === 'open') return m.settings_actor_open()
  return actorName ?? (actorKind === 'none' ? m.settings_actor_none() : actorKind)
}

const HIDDEN = '(hidden)'

/** A value as it stands in the log; one that is secret is said to be. */
export function valueWord(value: string | null): string {
  return value === HIDDEN ? m.settings_hidden() : (value ?? '–')
}
