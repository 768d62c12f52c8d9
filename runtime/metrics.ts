import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'
import type { Db } from '../db/database.ts'
import { operatingFigures, type OperatingFigures } from '../db/views/operating-figures.ts'
import type { Now } from '../domain/ports.ts'
import type { Metrics } from '../fleet-api/context.ts'

/** Figures of this process and of the installation in the text format of Prometheus. Those of the installation are read at each look. */
export function createMetrics(db: Db, now: Now): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  const requests = new Histogram({
    name: 'zaryad_http_request_seconds',
    help: 'Time until an answer began, by route and status.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.01, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers,
  })
  const failures = new Counter({
    name: 'zaryad_metrics_failures_total',
    help: 'Looks at the database for metrics that failed.',
    registers,
  })
  const up = new Gauge({ name: 'zaryad_database_up', help: 'Whether the database answered this look.', registers })
  const write = installationGauges(registry)

  return {
    contentType: registry.contentType,
    observe: (request) =>
      requests.observe({ method: request.method, route: request.route, status: request.status }, request.seconds),
    async text() {
      try {
        write(await operatingFigures(db, now()), now())
        up.set(1)
      } catch {
        // A monitor must still see that the process lives, and that its database does not answer.
        failures.inc()
        up.set(0)
      }
      return registry.metrics()
    },
  }
}

/** Registers what is told of the installation, and returns how to write it. */
function installationGauges(registry: Registry): (figures: OperatingFigures, now: Date) => void {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge<Label>({ name: `zaryad_${name}`, help, labelNames, registers: [registry] })
  const stations = gauge('stations', 'Charging stations.', ['protocol', 'registration', 'connected'])
  const sessions = gauge('open_sessions', 'Charging sessions that are going on.')
  const charging = gauge('site_charging_watts', 'Power that the chargers of a site draw, as metered.', ['site'])
  const limit = gauge('site_limit_watts', 'Limit of the grid connection of a site.', ['site'])
  const alerts = gauge('open_alerts', 'Open alerts.', ['kind', 'severity'])
  const unconfirmed = gauge('unconfirmed_states', 'Wanted states that stations have not confirmed.')
  const vehicles = gauge('vehicles', 'Vehicles.')
  const withSoc = gauge('vehicles_with_fresh_soc', 'Vehicles with a state of charge of the last five minutes.')
  const located = gauge('vehicles_with_fresh_position', 'Vehicles with a position of the last five minutes.')
  const planAge = gauge('plan_age_seconds', 'Age of the current plan of a site.', ['site'])
  const planGap = gauge('plan_gap_ratio', 'Certified gap of the current plan to the optimum.', ['site'])
  const jobAge = gauge('job_age_seconds', 'Time since a job last ended.', ['job'])
  const jobFailed = gauge('job_failed', 'Whether the last run of a job failed.', ['job'])
  const deliveries = gauge('webhook_deliveries', 'Webhook deliveries that wait or were given up.', ['status'])

  return (figures, now) => {
    const seconds = (at: Date): number => (now.getTime() - at.getTime()) / 1000
    for (const each of [stations, charging, limit, alerts, planAge, planGap, jobAge, jobFailed]) each.reset()
    for (const { protocol, registration, connected, count } of figures.stations)
      stations.set({ protocol, registration, connected: String(connected) }, count)
    for (const { siteId, chargingW, limitW } of figures.sites) {
      charging.set({ site: siteId }, chargingW)
      limit.set({ site: siteId }, limitW)
    }
    for (const { kind, severity, count } of figures.alerts) alerts.set({ kind, severity }, count)
    for (const { siteId, createdAt, gap } of figures.plans) {
      planAge.set({ site: siteId }, seconds(createdAt))
      if (gap !== null) planGap.set({ site: siteId }, gap)
    }
    for (const { job, finishedAt, failed } of figures.jobs) {
      if (finishedAt !== null) jobAge.set({ job }, seconds(finishedAt))
      jobFailed.set({ job }, failed ? 1 : 0)
    }
    sessions.set(figures.openSessions)
    unconfirmed.set(figures.unconfirmedStates)
    vehicles.set(figures.vehicles.known)
    withSoc.set(figures.vehicles.soc)
    located.set(figures.vehicles.position)
    deliveries.set({ status: 'pending' }, figures.webhooks.pending)
    deliveries.set({ status: 'dead' }, figures.webhooks.dead)
  }
}
