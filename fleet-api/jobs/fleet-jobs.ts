import { deliverWebhooks, pruneWebhookDeliveries } from './deliver-webhooks.ts'
import type { FleetJob } from './fleet-job.ts'
import { pushReports } from './push-reports.ts'

/** What the API does again and again, on every platform. */
export const fleetJobs: readonly FleetJob[] = [
  { name: 'deliverWebhooks', schedule: 'tick', run: deliverWebhooks },
  { name: 'pruneWebhookDeliveries', schedule: { everyMinutes: 60 }, run: pruneWebhookDeliveries },
  { name: 'pushReports', schedule: { everyMinutes: 5 }, run: pushReports },
]
