import { action } from '../action.ts'
import { authorizeIdToken, idTokenInfo } from './id-token.ts'

/** OCPP 2.0.1 C01. */
export const authorize = action('ocpp2.0.1', 'Authorize', async (context, request) => ({
  idTokenInfo: idTokenInfo(await authorizeIdToken(context, request.idToken)),
}))
