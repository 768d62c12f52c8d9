import type { ChargingPlan } from '../../domain/charging-plan.ts'
import { localTime } from '../../scheduler/plan/local-time.ts'
import type { PlanInput } from './plan-input.ts'

/** A plan as a depot manager reads it in a terminal: a line for each stay, then power, money, what is short and why. */
export function planTable(input: PlanInput, plan: ChargingPlan): string {
  const { instance } = input
  const clock = localTime(instance.timeZone)
  const startMs = Date.parse(instance.start)
  const endMs = startMs + instance.slots * instance.slotMinutes * 60_000
  const head = `${input.title} · ${clock.withDay(startMs)} to ${clock.withDay(endMs)} (${instance.timeZone})`
  const short = plan.visits.filter((visit) => visit.shortKwh > 0)
  return [
    head,
    '',
    ...columns(
      ['Vehicle', 'Arrives', 'Leaves', 'Needs', 'Has then', 'Point', 'kWh', 'EUR', 'For'],
      visitRows(input, plan),
    ),
    ...(plan.visits.some((visit) => leavesAfter(input, visit, endMs))
      ? [`+ at the plan’s end, ${clock.withDay(endMs)}; it leaves later and goes on charging`]
      : []),
    '',
    ...summary(input, plan).map(([name, value]) => `${name.padEnd(9)} ${value}`),
    ...section(
      'Short',
      short.map((visit) => shortLine(input, visit)),
    ),
    ...section('Cannot be kept', plan.violations),
    ...section('Why', plan.explain.slice(short.length === 0 ? 0 : Math.min(short.length, 13))),
    ...section('Taken for granted', input.notes),
  ].join('\n')
}

function leavesAfter({ instance }: PlanInput, visit: ChargingPlan['visits'][number], endMs: number): boolean {
  const given = instance.vehicles.find((vehicle) => vehicle.id === visit.vehicle)?.visits[visit.visit]
  return given !== undefined && Date.parse(given.depart) > endMs
}

function visitRows(input: PlanInput, plan: ChargingPlan): string[][] {
  const { instance } = input
  const clock = localTime(instance.timeZone)
  const hours = instance.slotMinutes / 60
  const endMs = Date.parse(instance.start) + instance.slots * instance.slotMinutes * 60_000
  const vehicles = new Map(instance.vehicles.map((vehicle) => [vehicle.id, vehicle]))
  return plan.visits.map((visit) => {
    const given = vehicles.get(visit.vehicle)?.visits[visit.visit]
    const kwh = visit.kw.reduce((sum, kw) => sum + kw * hours, 0)
    const eur = visit.kw.reduce((sum, kw, t) => sum + kw * hours * priceAt(instance.price, t), 0)
    return [
      input.labels.get(visit.vehicle) ?? visit.vehicle,
      clock.withDay(Date.parse(given?.arrive ?? instance.start)),
      clock.withDay(Date.parse(given?.depart ?? instance.start)),
      percent(given?.needSoc ?? 0),
      hasThen(visit, Date.parse(given?.depart ?? instance.start) > endMs),
      visit.point,
      kwh.toFixed(1),
      eur.toFixed(2),
      input.leavesFor.get(`${visit.vehicle}/${visit.visit}`) ?? '',
    ]
  })
}

/** `!` short, `+` not at departure but at the plan's end, before which it does not leave. */
function hasThen(visit: ChargingPlan['visits'][number], leavesLater: boolean): string {
  if (visit.shortKwh > 0) return `${percent(visit.socAtDepart)} !`
  return leavesLater ? `${percent(visit.socAtDepart)} +` : `${percent(visit.socAtDepart)}  `
}

function shortLine(input: PlanInput, visit: ChargingPlan['visits'][number]): string {
  const vehicle = input.instance.vehicles.find((one) => one.id === visit.vehicle)
  const given = vehicle?.visits[visit.visit]
  const when = localTime(input.instance.timeZone).withDay(Date.parse(given?.depart ?? input.instance.start))
  const name = input.labels.get(visit.vehicle) ?? visit.vehicle
  return `${name}, ${when}: ${percent(visit.socAtDepart)} of ${percent(given?.needSoc ?? 0)}, ${visit.shortKwh.toFixed(1)} kWh short, because ${visit.shortCause ?? ''}. ${visit.shortRemedy ?? ''}`
}

function summary({ instance }: PlanInput, plan: ChargingPlan): [string, string][] {
  const root = instance.nodes.find((node) => node.parent === null)
  const limit = root?.limitKw ?? 0
  const limitText = Array.isArray(limit) ? `${Math.min(...limit)} to ${Math.max(...limit)}` : `${limit}`
  const { uncontrolled } = plan
  const soFar = instance.peak?.soFarKw ?? 0
  return [
    [
      'Peak',
      `${plan.peakKw.toFixed(0)} kW of ${limitText} kW; charging at will ${uncontrolled.peakKw.toFixed(0)} kW (${change(plan.peakKw, uncontrolled.peakKw)})`,
    ],
    [
      'Cost',
      `${plan.totalCostEur.toFixed(2)} EUR; charging at will ${uncontrolled.totalCostEur.toFixed(2)} EUR (${change(plan.totalCostEur, uncontrolled.totalCostEur)})`,
    ],
    [
      '',
      `energy ${plan.energyCostEur.toFixed(2)} EUR, peak charge ${plan.peakCostEur.toFixed(2)} EUR above the ${soFar.toFixed(0)} kW of the month so far; base load included`,
    ],
    ...(plan.carbonKg === null || uncontrolled.carbonKg === null
      ? []
      : [
          [
            'Carbon',
            `${plan.carbonKg.toFixed(0)} kg CO₂; charging at will ${uncontrolled.carbonKg.toFixed(0)} kg (${change(plan.carbonKg, uncontrolled.carbonKg)})`,
          ] satisfies [string, string],
        ]),
    [
      'Gap',
      `at most ${(plan.gap * 100).toFixed(2)} % above the best possible plan (lower bound ${plan.lowerBoundEur.toFixed(2)} EUR)`,
    ],
    [
      'Solved',
      `${plan.status}, ${plan.visits.length} stays of ${instance.vehicles.length} vehicles in ${(plan.solveMs / 1000).toFixed(2)} s`,
    ],
  ]
}

function change(planned: number, atWill: number): string {
  if (atWill <= 0) return 'nothing to compare'
  const percentChange = Math.round((planned / atWill - 1) * 100)
  return percentChange === 0 ? 'the same' : `${percentChange > 0 ? '+' : '−'}${Math.abs(percentChange)} %`
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => `  ${line}`)]
}

function columns(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = head.map((name, c) => Math.max(name.length, ...rows.map((row) => (row[c] ?? '').length)))
  const numeric = new Set(['Needs', 'Has then', 'kWh', 'EUR'])
  const line = (cells: readonly string[]): string =>
    cells
      .map((cell, c) => (numeric.has(head[c] ?? '') ? cell.padStart(widths[c] ?? 0) : cell.padEnd(widths[c] ?? 0)))
      .join('  ')
      .trimEnd()
  return [line(head), widths.map((width) => '─'.repeat(width)).join('  '), ...rows.map(line)]
}

function priceAt(price: number | number[], t: number): number {
  return Array.isArray(price) ? (price[t] ?? 0) : price
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`
}
