import { noteFirmwareStatus } from '../../db/stations.ts'
import { action } from '../action.ts'

/** OCPP 1.6 security extension §5.21. */
export const signedFirmwareStatusNotification = action(
  'ocpp1.6',
  'SignedFirmwareStatusNotification',
  async (context, request) => {
    await noteFirmwareStatus(context.db, context.stationId, request.status)
    return {}
  },
)
