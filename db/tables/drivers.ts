import type { Generated } from 'kysely'

/** Tables of what drivers come by and what they tell (migration 0013). */
export interface DriverTables {
  driver_link: DriverLinkTable
  fault_report: FaultReportTable
  fault_photo: FaultPhotoTable
}

export interface DriverLinkTable {
  id: string
  label: string
  /** Either this, or the bay. */
  vehicle_id: string | null
  site_id: string | null
  bay_id: string | null
  made_by: string
  created_at: Date
  expires_at: Date
  revoked_at: Date | null
  /** To the minute. */
  last_used_at: Date | null
}

export interface FaultReportTable {
  /** Chosen by whoever reports, so that a report that is sent again is the same one. */
  id: string
  site_id: string | null
  station_id: string | null
  evse_id: number | null
  vehicle_id: string | null
  bay_id: string | null
  /** What it is about, as it was called then. */
  subject_label: string
  category: string
  /** null: not said. */
  usable: boolean | null
  text: string
  /** When it was seen, by the reporter's own clock as far as that can be. */
  reported_at: Date
  received_at: Date
  reported_by: string
  /** Who it was, to count by: a user, a key, a link, an address. */
  reporter_key: string
  state: Generated<'open' | 'done'>
  done_at: Date | null
  done_by: string | null
  /** What was done, in the depot's words. */
  answer: string | null
  has_photo: Generated<boolean>
}

export interface FaultPhotoTable {
  report_id: string
  type: 'image/jpeg' | 'image/png' | 'image/webp'
  sha256: string
  bytes: Uint8Array
  received_at: Date
}
