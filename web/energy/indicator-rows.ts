import type { IndicatorReport } from '../parts/api-types.ts'
import type { Format } from '../parts/format.ts'
import { m } from '../parts/messages.ts'
import type { Column } from '../parts/table/column.ts'

export interface IndicatorRow {
  key: string
  label: string
  value: number | null
  digits: number
  unit: string
  /** Why there is no value. */
  why: string | null
  note: string | null
}

/** The figures by which a depot is judged, each with why it has none when it has none. */
export function indicatorRows(
  report: IndicatorReport,
  format: Format,
  vehicle: (vehicleId: string) => string,
): IndicatorRow[] {
  const { performance, lowestSoc, carbonPerPassengerKm } = report
  const perKm = m.symbol_kwh_km()
  const noBaseline =
    performance.kWhPerKm.value === null ? m.energy_nothing_known_of_driving() : m.energy_why_no_baseline()
  const row = (
    key: string,
    label: string,
    value: number | null,
    digits: number,
    unit: string,
    why: string,
    note: string | null = null,
  ): IndicatorRow => ({ key, label, value, digits, unit, why: value === null ? why : null, note })
  return [
    row('perKm', m.energy_per_km_battery(), performance.kWhPerKm.value, 3, perKm, m.energy_nothing_known_of_driving()),
    row('expected', m.energy_baseline_expected(), performance.expectedKWhPerKm.value, 3, perKm, noBaseline),
    row('ratio', m.energy_baseline_ratio(), performance.ratio.value, 3, '', noBaseline, m.energy_baseline_ratio_note()),
    row('savedKWh', m.energy_baseline_saved(), performance.savedKWh.value, 0, m.symbol_kwh(), noBaseline),
    row('grid', m.energy_per_km_grid(), report.gridKWhPerKm.value, 3, perKm, m.energy_no_distance()),
    row(
      'cheap',
      m.energy_cheapest_share(),
      percent(report.cheapestQuartileShare.value),
      0,
      '%',
      m.energy_no_price(),
      m.energy_cheapest_note(),
    ),
    row('pullOut', m.energy_soc_pull_out(), report.socAtPullOutPercent.value, 0, '%', m.energy_no_soc()),
    row('pullIn', m.energy_soc_pull_in(), report.socAtPullInPercent.value, 0, '%', m.energy_no_soc()),
    row(
      'lowest',
      m.energy_soc_lowest(),
      lowestSoc.value,
      0,
      '%',
      m.energy_no_soc(),
      lowestSoc.at === null
        ? null
        : `${lowestSoc.vehicleId === null ? '' : `${vehicle(lowestSoc.vehicleId)}, `}${format.dateTime(Date.parse(lowestSoc.at))}`,
    ),
    row(
      'passenger',
      m.energy_per_passenger(),
      carbonPerPassengerKm.value,
      1,
      m.symbol_g_pkm(),
      m.energy_no_passengers(),
    ),
  ]
}

const percent = (share: number | null): number | null => (share === null ? null : share * 100)

export function indicatorColumns(): Column<IndicatorRow>[] {
  return [
    { key: 'label', label: m.energy_indicator(), kind: 'text', value: (row) => row.label },
    { key: 'value', label: m.energy_value(), kind: 'number', digits: 3, value: (row) => row.value },
    { key: 'unit', label: m.energy_unit(), kind: 'text', value: (row) => row.unit },
    { key: 'why', label: m.energy_remark(), kind: 'text', wraps: true, value: (row) => row.why ?? row.note },
  ]
}
