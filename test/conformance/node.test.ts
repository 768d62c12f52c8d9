import { startCentral } from '../support/central.ts'
import { describeConversation } from './conversation.ts'

describeConversation('Node', async () => {
  const central = await startCentral({ policy: 'known' })
  return { ...central, command: (stationId, command) => central.gateway.send(stationId, command) }
})
