import type { components } from '../generated/api.d.ts'
import { m } from './messages.ts'

type Flag = components['schemas']['ReportedSession']['flags'][number]

const words: Record<Flag, () => string> = {
  open: m.sessions_flag_open,
  meterReset: m.sessions_flag_meter_reset,
  meterBreak: m.sessions_flag_meter_break,
  meterUnknown: m.sessions_flag_meter_unknown,
  energyDiffersFromMeter: m.sessions_flag_energy_differs,
  gapBetweenParts: m.sessions_flag_gap,
  lowEfficiency: m.sessions_flag_low_efficiency,
  impossibleEfficiency: m.sessions_flag_impossible_efficiency,
  withoutStart: m.sessions_flag_without_start,
  presumedEnded: m.sessions_flag_presumed_ended,
  withoutPrice: m.sessions_flag_without_price,
}

/** What an auditor should look at in a session. */
export const flagWord = (flag: Flag): string => words[flag]()
