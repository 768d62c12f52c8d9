import { action } from '../action.ts'
import { AUTHORIZATION_STATUS, authorize as authorizeToken } from '../authorization.ts'

/** OCPP 1.6 §4.1. */
export const authorize = action('ocpp1.6', 'Authorize', async (context, request) => {
  const { authorization, expiresAt } = await authorizeToken(context, request.idTag)
  return {
    idTagInfo: {
      status: AUTHORIZATION_STATUS[authorization],
      ...(expiresAt === null ? {} : { expiryDate: expiresAt.toISOString() }),
    },
  }
})
