import type { OcppProtocol } from '../domain/status.ts'
import type { Action } from './action.ts'
import { authorize as authorize16 } from './v16/authorize.ts'
import { bootNotification as bootNotification16 } from './v16/boot-notification.ts'
import { dataTransfer as dataTransfer16 } from './v16/data-transfer.ts'
import { diagnosticsStatusNotification } from './v16/diagnostics-status-notification.ts'
import { firmwareStatusNotification as firmwareStatusNotification16 } from './v16/firmware-status-notification.ts'
import { heartbeat as heartbeat16 } from './v16/heartbeat.ts'
import { logStatusNotification as logStatusNotification16 } from './v16/log-status-notification.ts'
import { meterValues as meterValues16 } from './v16/meter-values.ts'
import { securityEventNotification as securityEventNotification16 } from './v16/security-event-notification.ts'
import { signedFirmwareStatusNotification } from './v16/signed-firmware-status-notification.ts'
import { startTransaction } from './v16/start-transaction.ts'
import { statusNotification as statusNotification16 } from './v16/status-notification.ts'
import { stopTransaction } from './v16/stop-transaction.ts'
import { authorize as authorize201 } from './v201/authorize.ts'
import { bootNotification as bootNotification201 } from './v201/boot-notification.ts'
import { dataTransfer as dataTransfer201 } from './v201/data-transfer.ts'
import { firmwareStatusNotification as firmwareStatusNotification201 } from './v201/firmware-status-notification.ts'
import { heartbeat as heartbeat201 } from './v201/heartbeat.ts'
import { logStatusNotification as logStatusNotification201 } from './v201/log-status-notification.ts'
import { meterValues as meterValues201 } from './v201/meter-values.ts'
import { notifyEvent } from './v201/notify-event.ts'
import { notifyReport } from './v201/notify-report.ts'
import { reportChargingProfiles } from './v201/report-charging-profiles.ts'
import { securityEventNotification as securityEventNotification201 } from './v201/security-event-notification.ts'
import { statusNotification as statusNotification201 } from './v201/status-notification.ts'
import { transactionEvent } from './v201/transaction-event.ts'

const OF_16: readonly Action[] = [
  authorize16,
  bootNotification16,
  dataTransfer16,
  diagnosticsStatusNotification,
  firmwareStatusNotification16,
  heartbeat16,
  logStatusNotification16,
  meterValues16,
  securityEventNotification16,
  signedFirmwareStatusNotification,
  startTransaction,
  statusNotification16,
  stopTransaction,
]

const OF_201: readonly Action[] = [
  authorize201,
  bootNotification201,
  dataTransfer201,
  firmwareStatusNotification201,
  heartbeat201,
  logStatusNotification201,
  meterValues201,
  notifyEvent,
  notifyReport,
  reportChargingProfiles,
  securityEventNotification201,
  statusNotification201,
  transactionEvent,
]

const byName = (actions: readonly Action[]) => new Map(actions.map((action) => [action.name, action]))

/** What stations may ask, by version. 2.1 only adds fields to these messages; its own schemas check them. */
export const ACTIONS: Record<OcppProtocol, ReadonlyMap<string, Action>> = {
  'ocpp1.6': byName(OF_16),
  'ocpp2.0.1': byName(OF_201),
  'ocpp2.1': byName(OF_201),
}
