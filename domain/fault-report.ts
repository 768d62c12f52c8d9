/** What can be wrong, in the few words that fit on a phone's buttons. */
export const FAULT_CATEGORIES = ['cable', 'noCharge', 'damage', 'blocked', 'display', 'vehicle', 'other'] as const
export type FaultCategory = (typeof FAULT_CATEGORIES)[number]

/** What is reported. `evseId` null: the charger as a whole. */
export type FaultSubject =
  | { kind: 'station'; stationId: string; evseId: number | null }
  | { kind: 'vehicle'; vehicleId: string }
  | { kind: 'bay'; siteId: string; bayId: string }

/** A fault that somebody has seen and told. */
export interface FaultReport {
  reportId: string
  siteId: string | null
  subjectKind: FaultSubject['kind']
  /** What it is about, as it was called then. */
  subjectLabel: string
  stationId: string | null
  evseId: number | null
  vehicleId: string | null
  bayId: string | null
  category: FaultCategory
  /** Whether it can still be used; null: not said. */
  usable: boolean | null
  text: string
  reportedAt: Date
  receivedAt: Date
  reportedBy: string
  state: 'open' | 'done'
  doneAt: Date | null
  doneBy: string | null
  answer: string | null
  hasPhoto: boolean
}

const WHAT: Record<FaultCategory, string> = {
  cable: 'cable or plug is damaged',
  noCharge: 'it does not charge',
  damage: 'something is broken',
  blocked: 'it is blocked',
  display: 'display or card reader does not work',
  vehicle: 'the vehicle has a fault',
  other: 'something is wrong',
}

const SUBJECT = { station: 'charger', vehicle: 'vehicle', bay: 'bay' } as const

/** A report as an alert says it. */
export function describeFault(report: FaultReport): { sentence: string; cause: string; remedy: string } {
  const outlet = report.evseId === null ? '' : `, outlet ${report.evseId}`
  const told = report.text === '' ? '' : ` “${report.text}”`
  const photo = report.hasPhoto ? ' There is a photo.' : ''
  return {
    sentence: `${report.subjectLabel}${outlet}: reported that ${WHAT[report.category]}${report.usable === false ? ', and that it cannot be used' : ''}.`,
    cause: `${report.reportedBy} reported it.${told}${photo}`,
    remedy: `Look at the ${SUBJECT[report.subjectKind]}; when it is well again, set the report to done, at /settings/faults.`,
  }
}
