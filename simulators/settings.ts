import type { Station } from './dialect.ts'

/** One configuration key (1.6) or variable (2.0.1). */
export interface Setting {
  name: string
  value: string
  /** False: it does not take this value. Missing: read-only. */
  set?(text: string): boolean
}

function seconds(name: string, value: number, change: (seconds: number) => void): Setting {
  return {
    name,
    value: String(value),
    set: (text) => {
      const wanted = Number(text)
      if (!Number.isInteger(wanted) || wanted < 0 || wanted > 86_400) return false
      change(wanted)
      return true
    },
  }
}

export interface SettingNames {
  heartbeat: string
  sample: string
  aligned: string
  connectionTimeout: string
}

/** The intervals that both versions can change, under the version's own names. */
export function intervalSettings(station: Station, names: SettingNames): Setting[] {
  return [
    seconds(names.heartbeat, station.heartbeatSeconds, (value) => {
      if (value > 0) station.heartbeatSeconds = value
    }),
    seconds(names.sample, station.sampleSeconds, (value) => station.setSampleSeconds(value)),
    seconds(names.aligned, station.alignedSeconds, (value) => station.setAlignedSeconds(value)),
    seconds(names.connectionTimeout, station.connectionTimeoutSeconds, (value) => {
      station.connectionTimeoutSeconds = value
    }),
  ]
}

/** Keys that never change. */
export function fixedSettings(values: Readonly<Record<string, string | number | boolean>>): Setting[] {
  return Object.entries(values).map(([name, value]) => ({ name, value: String(value) }))
}
